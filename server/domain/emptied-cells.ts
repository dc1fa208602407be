import type { CellProblem, Placed } from './problems';

/** What is kept under a code, by column. */
export type Kept = { code: string } & Record<string, unknown>;

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('|') : String(value ?? ''));

/**
 * Empty cells of a file that replaces what is kept, where something else was kept than an empty cell stands for: a tax rate
 * becomes 0, an inactive service active. Right as it is read, and perhaps only left out.
 */
export function emptiedCells<Row extends { code: string }>(
  rows: readonly Placed<Row>[],
  kept: readonly Kept[],
): CellProblem[] {
  const byCode = new Map(kept.map((one) => [one.code, one]));
  return rows.flatMap(({ row, value, blank = [] }): CellProblem[] => {
    const before = byCode.get(value.code);
    if (!before) return [];
    return blank.flatMap((column) => {
      const [was, becomes] = [textOf(before[column]), textOf(value[column as keyof Row])];
      return was === becomes ? [] : [{ row, column, code: 'emptied', params: { value: was } }];
    });
  });
}
