import type { z } from 'zod';
import { CAPS } from './caps';

/**
 * One wrong cell of any sheet, whatever entry point it came through: the row as the sheet shows it, our name of the column, the code of the
 * sentence (`cells.<code>` in the messages) and what fills it.
 */
export type CellProblem = { row: number; column: string; code: string; params: Record<string, string> };

/**
 * A row of a sheet that was read, with its number there, the columns whose cells were empty, and those of amounts that were written
 * with decimals.
 */
export type Placed<Row> = { row: number; value: Row; blank?: readonly string[]; decimals?: readonly string[] };

const CODE = /^[a-z]+(_[a-z]+)*$/;

const paramsOf = (issue: z.core.$ZodIssue): Record<string, string> => {
  if (issue.code === 'custom')
    return Object.fromEntries(Object.entries(issue.params ?? {}).map(([key, value]) => [key, String(value)]));
  if (issue.code === 'too_big') return { limit: String(issue.maximum) };
  if (issue.code === 'invalid_value') return { allowed: issue.values.map(String).join(', ') };
  return {};
};

/** What a schema found wrong with a row, one problem a column. A message that is no code of ours is `bad_value`. */
export function problemsOf(row: number, error: z.ZodError): CellProblem[] {
  const seen = new Map<string, CellProblem>();
  for (const issue of error.issues) {
    const column = String(issue.path[0] ?? '');
    const code = CODE.test(issue.message) ? issue.message : 'bad_value';
    if (!seen.has(column)) seen.set(column, { row, column, code, params: paramsOf(issue) });
  }
  return [...seen.values()];
}

/** A cell that the reader of the sheet could not use: what it says comes before what a schema makes of the rest. */
export const faultOf = (
  row: number,
  column: string,
  code: 'no_result' | 'too_long' | 'lost_digits',
  value: string,
): CellProblem => ({
  row,
  column,
  code,
  params: code === 'too_long' ? { limit: String(CAPS.cell) } : code === 'lost_digits' ? { value } : {},
});

const inOrder = (a: CellProblem, b: CellProblem) => a.row - b.row;

/** Problems by row, each cell once: the first that was found. */
export function sortProblems(problems: readonly CellProblem[]): CellProblem[] {
  const cells = new Map<string, CellProblem>();
  for (const problem of problems) {
    const cell = `${problem.row}|${problem.column}`;
    if (!cells.has(cell)) cells.set(cell, problem);
  }
  return [...cells.values()].sort(inOrder);
}

/** One code for letters of either case. */
export const foldedCase = (code: string): string => code.normalize('NFC').toLowerCase();

/**
 * Rows whose code is that of an earlier row, or one of those that are kept, in letters of another case: two such codes are one to
 * people, and would be two prices, doctors or accounts. `known` are the kept codes like those of the rows; what is kept as it is
 * written here is no twin.
 */
export function caseTwins<Row>(
  rows: readonly Placed<Row>[],
  codeOf: (value: Row) => string,
  known: readonly string[],
  column: string,
): CellProblem[] {
  const kept = new Set(known);
  const first = new Map(known.map((code) => [foldedCase(code), code]));
  return rows.flatMap(({ row, value }): CellProblem[] => {
    const code = codeOf(value);
    const before = first.get(foldedCase(code));
    if (before === undefined) first.set(foldedCase(code), code);
    if (before === undefined || before === code || kept.has(code)) return [];
    return [{ row, column, code: 'other_case', params: { value: code, known: before } }];
  });
}

/** Rows that say again what an earlier row of the sheet has said, by the key of a row. */
export function repeatedRows<Row>(
  rows: readonly Placed<Row>[],
  keyOf: (value: Row) => string,
  { column, code }: { column: string; code: string },
): CellProblem[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const key = keyOf(value);
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    return before === undefined ? [] : [{ row, column, code, params: { first: String(before) } }];
  });
}
