import { PortalError } from '@/server/platform/errors';
import { FairQueue } from '@/server/platform/fair-queue';

/**
 * What one person asks at once: a screen with all its parts waits a moment at most, and whoever asks hundreds of expensive things
 * takes a part of the connections, never all. A query whose caller has gone keeps its slot until the database is done.
 */
const limits = { together: Number.POSITIVE_INFINITY, perOwner: 6, waitingPerOwner: 60, waitMs: 20_000 };

/** Answers questions of the staff in turn, person by person. Throws `reads_busy` (limited) where too many wait. */
export const readQueue = new FairQueue(limits, () => new PortalError('limited', 'reads_busy'));

/** Most live connections of one person: a few browsers with many windows. */
const MOST_LIVE = 30;
const live = new Map<string, number>();

/** Throws `reads_busy` (limited) where a person has as many live connections as one may. */
export function refuseMoreLive(owner: string): void {
  if ((live.get(owner) ?? 0) >= MOST_LIVE) throw new PortalError('limited', 'reads_busy');
}

/** Passes on what a live connection sends, and counts it as one of its owner's as long as somebody listens. */
export async function* countedLive(owner: string, source: AsyncIterable<unknown>): AsyncGenerator<unknown, void> {
  refuseMoreLive(owner);
  live.set(owner, (live.get(owner) ?? 0) + 1);
  try {
    yield* source;
  } finally {
    const left = (live.get(owner) ?? 1) - 1;
    if (left > 0) live.set(owner, left);
    else live.delete(owner);
  }
}
