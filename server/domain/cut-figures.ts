import { type NumberRule, readNumber } from './number';
import type { CellProblem } from './problems';
import type { Layout, ReadRow } from './sheet-layout';
import { plainLine } from './text';

/**
 * Figures that a separator without quotes has cut in two: of `45,000` the cell holds 45, and `000` stands in the next column. Where
 * that column is one that nobody reads, or one of free text, nothing else about the row is wrong.
 */

/** Titles of columns in which people write what they like. */
const REMARKS = /ghi ?chu|nhan ?xet|dien ?giai|mo ?ta|note|remark|comment|description/;

const folded = (title: string) => plainLine(title).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What stands behind the separator of a number: digits, perhaps more groups, decimals and a unit. */
const TAIL = /^\d{1,3}(?:[.,' ]\d{3})*(?:[.,]\d{1,4})?(?:%|\p{L}{1,4}|[₫$€])?$/u;

/** Whether a figure and the cell behind it are one number that the column would take, and another one than the figure alone. */
function areOne(figure: string, rest: string, rule: NumberRule): boolean {
  const alone = readNumber(figure, rule);
  const joined = readNumber(`${figure},${rest}`, rule);
  if ('code' in joined) return joined.code === 'ambiguous_number';
  return !('value' in alone) || alone.value !== joined.value;
}

/** Whether a bare 5 in this column would be out of place: words are expected, nothing at all, or an amount of money at the end. */
function isOdd(place: number, { titles, places, figures = {}, freeText = [] }: Layout): boolean {
  const standsAt = (name: string) => places[name] === place;
  const amount = place === titles.length - 1 && Object.keys(figures).some(standsAt);
  return amount || freeText.some(standsAt) || !titles[place]?.trim() || REMARKS.test(folded(titles[place] ?? ''));
}

type Neighbour = { text: string; place: number };

/**
 * A short tail, such as the 5 of `7,5`, is distinguished from a column of small figures by its unit, or by standing where words are expected.
 * A workbook keeps its cells apart; there only an amount of money looks cut.
 */
function isTail({ text, place }: Neighbour, rule: NumberRule, layout: Layout): boolean {
  if (!TAIL.test(text)) return false;
  if (rule.decimals === 0) return true;
  return layout.isText && (/^\d{3}\b/.test(text) || text.endsWith('%') || isOdd(place, layout));
}

/** Figures of a row of which the next cell holds the rest, where that cell is unused, free text, or a figure itself. */
export function cutFigures({ number: row, cells }: ReadRow, layout: Layout): CellProblem[] {
  const { places, figures = {}, freeText = [] } = layout;
  const nameAt = new Map(Object.entries(places).map(([name, place]) => [place, name]));
  return Object.entries(figures).flatMap(([column, rules]): CellProblem[] => {
    const place = places[column];
    if (place === undefined) return [];
    const [value, rest] = [plainLine(cells[place] ?? ''), plainLine(cells[place + 1] ?? '')];
    const neighbour = nameAt.get(place + 1);
    const mayContainRest = neighbour === undefined || freeText.includes(neighbour) || neighbour in figures;
    if (!value || !rest || !mayContainRest) return [];
    const isCut = rules.some(
      (rule) => isTail({ text: rest, place: place + 1 }, rule, layout) && areOne(value, rest, rule),
    );
    if (!isCut) return [];
    return [{ row, column, code: 'cut_figure', params: { value, rest } }];
  });
}

/**
 * Whether the empty cells that a row has too many may be what a shift has left: a figure then stands behind words that a separator
 * may have cut (`giảm 5,5%`), or is followed by what may be its rest.
 */
export function mayBeShifted({ cells }: Pick<ReadRow, 'cells'>, layout: Layout): boolean {
  const { places, figures = {}, freeText = [] } = layout;
  const nameAt = new Map(Object.entries(places).map(([name, place]) => [place, name]));
  const textAt = (place: number) => plainLine(cells[place] ?? '');
  return Object.entries(figures).some(([column, rules]) => {
    const place = places[column] ?? -1;
    if (!textAt(place)) return false;
    const before = nameAt.get(place - 1);
    const wordsBefore = place > 0 && textAt(place - 1) !== '' && (before === undefined || freeText.includes(before));
    const rest = textAt(place + 1);
    return wordsBefore || rules.some((rule) => TAIL.test(rest) && areOne(textAt(place), rest, rule));
  });
}
