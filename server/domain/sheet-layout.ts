import type { NumberRule } from './number';

/** A row as a reader gives it. */
export type ReadRow = {
  number: number;
  cells: readonly (string | null)[];
  faults?: readonly { column: number; code: 'no_result' | 'too_long' | 'lost_digits' }[];
  exact?: readonly number[];
  typed?: readonly number[];
  rounded?: readonly number[];
  merged?: readonly number[];
  hidden?: boolean;
};

/** How a sheet is read: the row of its titles, and where our columns stand in it. */
export type Layout = {
  isText: boolean;
  titles: readonly (string | null)[];
  places: Readonly<Record<string, number>>;
  /** Columns of numbers, each with the rules of which one reads it. */
  figures?: Readonly<Record<string, readonly NumberRule[]>>;
  /** Our columns in which anything may be written. */
  freeText?: readonly string[];
};
