import type { CellProblem, Placed } from './problems';

/** From when until when something is in force; the end is the first day without. */
export type Force = { valid_from: string; valid_to: string | null };

const DAY_MS = 86_400_000;
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/**
 * Ends that leave out one day before the next begins: what ends on 31/10 is not in force on that day, and people who write it mean
 * the whole month. Right as it is read, and perhaps meant otherwise. `keyOf` names what follows each other; `stored` are those
 * that are there already, with their keys.
 */
export function dayGaps<Row extends Force>(
  rows: readonly Placed<Row>[],
  keyOf: (value: Row) => string,
  stored: readonly (Force & { key: string })[] = [],
): CellProblem[] {
  const begins = new Map<string, number>();
  const ends = new Map<string, { row: number; day: string; next: string }>();
  const take = (row: number, key: string, { valid_from: from, valid_to: to }: Force) => {
    const start = `${key}|${from}`;
    begins.set(start, begins.get(start) || row);
    if (to === null) return;
    const next = `${key}|${dayAfter(to)}`;
    ends.set(next, { row: ends.get(next)?.row || row, day: to, next: dayAfter(to) });
  };
  for (const one of stored) take(0, one.key, one);
  for (const { row, value } of rows) take(row, keyOf(value), value);
  return [...ends].flatMap(([start, { row: end, day, next }]): CellProblem[] => {
    const begin = begins.get(start);
    const row = end || begin;
    if (begin === undefined || !row) return [];
    return [{ row, column: end ? 'valid_to' : 'valid_from', code: 'day_gap', params: { value: day, next } }];
  });
}
