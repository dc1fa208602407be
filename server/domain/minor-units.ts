import { minorDigits } from './currency';
import { hasDecimals, isMoney } from './number';
import type { CellProblem, Placed } from './problems';
import type { Layout, ReadRow } from './sheet-layout';

/**
 * Amounts of sheets are in minor units. Of đồng nobody can be mistaken, which have none: `45.000,00` is 45,000. But who writes
 * `1,250.00` dollars means dollars, and would be read as cents.
 */

/** Our columns of money in which the row has an amount with decimals, also where these are noughts. */
export const columnsWithDecimals = (
  { cells }: Pick<ReadRow, 'cells'>,
  { places, figures = {} }: Pick<Layout, 'places' | 'figures'>,
): string[] =>
  Object.entries(figures).flatMap(([column, rules]) => {
    const rule = rules.find(isMoney);
    const text = cells[places[column] ?? -1] ?? '';
    return rule && hasDecimals(text, rule) ? [column] : [];
  });

/** Amounts that were written with decimals, in a currency where these are not in question. */
export function decimalAmounts(
  rows: readonly Pick<Placed<unknown>, 'row' | 'decimals'>[],
  currency: string,
): CellProblem[] {
  const digits = minorDigits(currency);
  if (digits === 0) return [];
  const params = { currency, digits: String(digits) };
  return rows.flatMap(({ row, decimals = [] }) =>
    decimals.map((column) => ({ row, column, code: 'minor_units', params })),
  );
}
