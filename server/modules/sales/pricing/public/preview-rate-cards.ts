import { type CellProblem, problemsOf, sortProblems } from '@/server/domain/problems';
import { inTransaction } from '@/server/platform/db';
import type { PlacedRow } from '../rules';
import { rateCardRow, type VersionDifference } from '../schema';
import { checkRateCards } from '../use-cases/check-rate-cards';

/** A row of the sheet: its number there, its cells by column, and the columns of amounts that were written with decimals. */
export type SheetCells = { row: number; cells: Record<string, string | undefined>; decimals?: readonly string[] };

function readRow({ row, cells, decimals = [] }: SheetCells): { placed: PlacedRow[]; problems: CellProblem[] } {
  const read = rateCardRow.safeParse(cells);
  return read.success
    ? { placed: [{ row, value: read.data, decimals }], problems: [] }
    : { placed: [], problems: problemsOf(row, read.error) };
}

/** Checks a sheet of rate cards without writing: every wrong cell, and what each version would change. */
export async function previewRateCards({ rows }: { rows: SheetCells[] }): Promise<{
  errors: CellProblem[];
  warnings: CellProblem[];
  differences: VersionDifference[];
  fitting: PlacedRow[];
}> {
  const read = rows.map(readRow);
  const placed = read.flatMap((one) => one.placed);
  const { problems, warnings, differences } = await inTransaction((tx) => checkRateCards({ tx, rows: placed }), 60_000);
  return {
    errors: sortProblems([...read.flatMap((one) => one.problems), ...problems]),
    warnings,
    differences,
    fitting: placed,
  };
}
