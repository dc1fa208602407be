import { cutTo, plainLine } from './text';

/** What the titles of a sheet were taken for; see `spreadsheet/columns.ts`. */
type Match = {
  unknown: readonly { title: string; nearest: string | null }[];
  duplicate: readonly { title: string; name: string }[];
};

export type UnclearColumns = {
  code: 'columns_repeated' | 'column_mistyped';
  params: { title: string; column: string };
};

/** What fills the sentence about rows above the titles that are not read: `1–4`, and the row of the titles. */
export const rowsAboveSaid = ({ from, to }: { from: number; to: number }, titles: number) => ({
  rows: from === to ? String(from) : `${from}–${to}`,
  titles: String(titles),
});

const shown = (title: string) => cutTo(plainLine(title), 60);

/**
 * Titles that forbid a sheet which is written for good: two for one column, and one that nobody asked for while a column much like
 * it is absent. `valid_till` is no `valid_to`, and without that a price would be in force for ever.
 */
export function unclearColumns({ unknown, duplicate }: Match): UnclearColumns | null {
  const [again] = duplicate;
  if (again) return { code: 'columns_repeated', params: { title: shown(again.title), column: again.name } };
  const mistyped = unknown.find(({ nearest }) => nearest !== null);
  if (!mistyped?.nearest) return null;
  return { code: 'column_mistyped', params: { title: shown(mistyped.title), column: mistyped.nearest } };
}
