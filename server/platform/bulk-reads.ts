import { PortalError } from './errors';
import { FairQueue } from './fair-queue';

/**
 * Files that are made of many thousand rows while they are sent are read part by part, and few parts at once for all who ask: between
 * them stands whoever waits for a screen or a sale.
 */
const limits = { together: 2, perOwner: 1, waitingPerOwner: 20, waitMs: 60_000 };
const queue = new FairQueue(limits, () => new PortalError('limited', 'reads_busy'));

/** Reads one part of a file in its owner's turn. Throws `reads_busy` (limited) where that does not come within a minute. */
export const readPart = queue.run;
