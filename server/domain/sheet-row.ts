import { cutFigures, mayBeShifted } from './cut-figures';
import { numberOf } from './number';
import { type CellProblem, faultOf } from './problems';
import type { Layout, ReadRow } from './sheet-layout';
import { cutTo, isVisible, plainLine } from './text';
import { oddityOfName } from './vietnamese';

/**
 * What of a row of a sheet no schema should see: the one list for rate cards and master data, which are written for good; orders
 * say the same of their cells in `uploads/rules.ts`.
 */

/** What a spreadsheet shows where a formula failed, a program could not fetch a value, or a column was too narrow; its CSV holds the same. */
const FAILED =
  /^(?:#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|ERROR!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)|Err:\d{3}|#{3,})$/i;

export const isFailedFormula = (text: string): boolean => FAILED.test(text);

/** A long number as a spreadsheet shows it, `8.49E+10`: where it was an identifier, its digits are lost. */
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+\d{2,3}$/i;

export const hasLostDigits = (text: string): boolean => SCIENTIFIC.test(text);

/**
 * Whether a row of a text file has more cells than titles, or one where no title is: as after `45,000` without quotes, which
 * would be read as 45.
 */
export function hasMoreCells(cells: ReadRow['cells'], { isText, titles }: Pick<Layout, 'isText' | 'titles'>): boolean {
  if (!isText) return false;
  return cells.length > titles.length || cells.some((cell, at) => isVisible(cell) && !isVisible(titles[at]));
}

/** What of a row of a workbook people may not know that it is there, or think that it is read. */
export function unseen({ cells, hidden }: ReadRow, { isText, titles }: Layout): ('hidden_row' | 'untitled_cell')[] {
  const untitled = !isText && cells.some((cell, at) => isVisible(cell) && !isVisible(titles[at]));
  return [...(hidden ? (['hidden_row'] as const) : []), ...(untitled ? (['untitled_cell'] as const) : [])];
}

/** What is wrong with a row of more cells than titles, named at its last column. */
export function moreCells({ number }: Pick<ReadRow, 'number'>, { places }: Pick<Layout, 'places'>): CellProblem {
  const columns = Object.entries(places);
  const [last] = columns.reduce((most, one) => (one[1] > most[1] ? one : most), ['', -1] as [string, number]);
  return { row: number, column: last, code: 'more_cells', params: {} };
}

/**
 * Whether a row of a text file has more cells than titles, and whether they are only empty ones, as many programs write them at the
 * end of each row; an empty one is no proof where a figure could have been moved.
 */
export function surplusOf(row: ReadRow, layout: Layout): 'none' | 'empty' | 'shifted' {
  if (!hasMoreCells(row.cells, layout)) return 'none';
  const extra = row.cells.some((cell, at) => isVisible(cell) && !isVisible(layout.titles[at]));
  return extra || mayBeShifted(row, layout) ? 'shifted' : 'empty';
}

/** Cells of our columns that lie under a merged one: what it says counts for its first row alone, or for all, and nobody knows which. */
export const mergedCells = (
  { number: row, merged = [] }: Pick<ReadRow, 'number' | 'merged'>,
  { places }: Pick<Layout, 'places'>,
): CellProblem[] =>
  Object.entries(places).flatMap(([column, place]) =>
    merged.includes(place) ? [{ row, column, code: 'merged_cell', params: {} }] : [],
  );

/** Cells that cannot be taken at their text; a row with more cells than titles is refused as a whole. */
export function unreadableCells(row: ReadRow, layout: Layout): CellProblem[] {
  const { number, cells, faults = [] } = row;
  const problems = Object.entries(layout.places).flatMap(([name, place]) =>
    faults.filter(({ column }) => column === place).map(({ code }) => faultOf(number, name, code, cells[place] ?? '')),
  );
  if (hasMoreCells(cells, layout)) return [moreCells(row, layout), ...problems];
  return [...problems, ...mergedCells(row, layout), ...cutFigures(row, layout)];
}

const cellsThat = (is: (text: string) => boolean, code: string) => {
  return ({ number: row, cells }: ReadRow, { places }: Layout): CellProblem[] =>
    Object.entries(places).flatMap(([column, place]) => {
      const value = plainLine(cells[place] ?? '');
      return is(value) ? [{ row, column, code, params: { value } }] : [];
    });
};

/** Cells of which the formula failed: a word that comes before a schema's own. */
export const failedCells = cellsThat(isFailedFormula, 'formula_error');

/** Cells of which only the first digits are left. A schema's own word on a cell comes before this one. */
export const shortenedCells = cellsThat(hasLostDigits, 'lost_digits');

/**
 * Shares below one percent that do not say so themselves: a tenth may stand for ten percent, as programs keep it. Right as they are
 * read, and perhaps meant otherwise.
 */
export function smallShares({ number: row, cells }: ReadRow, { places, figures = {} }: Layout): CellProblem[] {
  return Object.entries(figures).flatMap(([column, rules]): CellProblem[] => {
    const value = plainLine(cells[places[column] ?? -1] ?? '');
    const rule = rules.find(({ units }) => units?.includes('%'));
    const share = rule && !value.includes('%') ? Number(numberOf(value, rule) ?? 0) : 0;
    return share > 0 && share < 1 ? [{ row, column, code: 'small_share', params: { value } }] : [];
  });
}

/** Figures of which the workbook shows fewer decimals than it holds. Right as they are read, and seen as others. */
export const roundedFigures = (
  { number: row, cells, rounded = [] }: ReadRow,
  { places, figures = {} }: Layout,
): CellProblem[] =>
  Object.keys(figures).flatMap((column): CellProblem[] => {
    const place = places[column] ?? -1;
    return rounded.includes(place)
      ? [{ row, column, code: 'rounded_figure', params: { value: plainLine(cells[place] ?? '') } }]
      : [];
  });

/** In these anything may stand. */
const FREE = new Set(['name', 'name_vi', 'name_en', 'address', 'note']);

/** Codes that a spreadsheet has made days or numbers with decimals of: what was typed is lost. */
export const changedTexts = (
  { number: row, cells, typed = [] }: ReadRow,
  { places, figures = {} }: Layout,
  days: readonly string[],
): CellProblem[] =>
  Object.entries(places).flatMap(([column, place]): CellProblem[] =>
    typed.includes(place) && !(column in figures) && !days.includes(column) && !FREE.has(column)
      ? [{ row, column, code: 'changed_text', params: { value: plainLine(cells[place] ?? '') } }]
      : [],
  );

/** Names whose letters are lost or that have none: they would be printed so on papers for years. */
export function oddNames({ number: row, cells }: ReadRow, { places }: Layout): CellProblem[] {
  return ['name', 'name_vi', 'name_en'].flatMap((column): CellProblem[] => {
    const value = plainLine(cells[places[column] ?? -1] ?? '');
    const code = value ? oddityOfName(value) : null;
    return code ? [{ row, column, code, params: { value: cutTo(value, 60) } }] : [];
  });
}

/** Our columns whose cell holds nothing visible. */
export const blankColumns = ({ cells }: Pick<ReadRow, 'cells'>, { places }: Pick<Layout, 'places'>): string[] =>
  Object.keys(places).filter((column) => plainLine(cells[places[column] ?? -1] ?? '') === '');

/** Tax codes of nine digits: a spreadsheet took the tenth, a nought in front, for no part of a number. */
export function shortTaxCodes({ number: row, cells }: ReadRow, { places }: Layout): CellProblem[] {
  const value = plainLine(cells[places.tax_code ?? -1] ?? '');
  return /^[1-9]\d{8}$/.test(value) ? [{ row, column: 'tax_code', code: 'short_tax_code', params: { value } }] : [];
}

/**
 * A cell of a column of numbers as it goes to the rule of numbers. A number of a workbook is 45.125 and nothing else; a fourth
 * decimal says so, where people's `45.125` would be asked about or be read as thousands.
 */
export function numberCell({ cells, exact }: Pick<ReadRow, 'cells' | 'exact'>, place: number): string | undefined {
  const text = cells[place] ?? undefined;
  return text && exact?.includes(place) ? text.replace(/\d(?=\D*$)/, '$&0') : text;
}
