import { availableParallelism } from 'node:os';
import { FairQueue, type QueueLimits } from '@/server/platform/fair-queue';
import { SheetError } from './port';

const usualLimits: QueueLimits = {
  // Each reads in a process of its own with its own memory.
  together: Math.max(2, Math.min(4, availableParallelism())),
  perOwner: 2,
  waitingPerOwner: 8,
  waitMs: 120_000,
};

/** The turns of reading sheets. */
export const sheetQueue = (limits: QueueLimits = usualLimits): FairQueue =>
  new FairQueue(limits, (limit) => new SheetError('busy', { limit }));
