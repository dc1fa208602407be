import type { RunStep } from '@/server/modules/core/operations/schema';

/** Where a step stands between a run's start and its end, in percent. */
export type Span = { left: number; width: number };

type Timed = Pick<RunStep, 'startedAt' | 'endedAt'>;

/** A step of a millisecond among steps of minutes is still seen. */
const LEAST_PERCENT = 1;

/** From when to when the timeline goes: what has not ended goes on until `now`. Milliseconds of the epoch. */
export function timelineRange(run: Timed, steps: readonly Timed[], now: number): { from: number; to: number } {
  const starts = [run.startedAt, ...steps.map((step) => step.startedAt)].map((at) => at.getTime());
  const ends = [run, ...steps].map((timed) => timed.endedAt?.getTime() ?? now);
  const from = Math.min(...starts);
  return { from, to: Math.max(from + 1, ...ends) };
}

export function spanOf(step: Timed, { from, to }: { from: number; to: number }, now: number): Span {
  const length = to - from;
  const start = step.startedAt.getTime();
  const end = Math.max(start, step.endedAt?.getTime() ?? now);
  const width = Math.min(100, Math.max(LEAST_PERCENT, ((end - start) / length) * 100));
  const left = Math.min(100 - width, Math.max(0, ((start - from) / length) * 100));
  return { left, width };
}
