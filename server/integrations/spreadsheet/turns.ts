import { availableParallelism } from 'node:os';
import { type TurnLimits, Turns } from '@/server/platform/turns';
import { SheetError } from './port';

const usualLimits: TurnLimits = {
  // Each reads in a process of its own with its own memory.
  together: Math.max(2, Math.min(4, availableParallelism())),
  perOwner: 2,
  waitingPerOwner: 8,
  waitMs: 120_000,
};

/** The turns of reading sheets. */
export const sheetTurns = (limits: TurnLimits = usualLimits): Turns =>
  new Turns(limits, (limit) => new SheetError('busy', { limit }));
