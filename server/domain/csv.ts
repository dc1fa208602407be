/**
 * CSV for people's spreadsheets. What would run there as a formula becomes text by an apostrophe before it; reading takes that
 * apostrophe away again, so that what was exported can be sent back. Both follow the expressions here.
 */

// A formula begins with one of these signs, also full-width; some programs look behind spaces, line ends and invisible signs.
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹢﹣﹦−]/u;
// In a country whose lists are parted by semicolons a spreadsheet cuts there, and at line ends, whatever stands in quotes: `a,"b;=1+1"`
// is then `a,"b` and a formula. What follows such a sign within a cell is therefore treated as the beginning of one.
const INNER_FORMULA = /([;\r\n])(?='*(?:[\p{Z}\p{Cf}]|[^\P{Cc}\r\n])*[=+\-@＝＋－＠﹢﹣﹦−])/gu;
const INNER_MARKED = /([;\r\n])'(?='*(?:[\p{Z}\p{Cf}]|[^\P{Cc}\r\n])*[=+\-@＝＋－＠﹢﹣﹦−])/gu;
const ODD_START = /^[\t\r\n]/;
const QUOTED = /[",;\t\r\n]|^\s|\s$/;
// Figures that somebody made text of: a phone, a code with its noughts.
const FIGURES = /^[\d\s.,()+-]+$/;

const isRun = (text: string) => FORMULA.test(text) || ODD_START.test(text);

/** Whether an apostrophe before `text` is the sign of a spreadsheet that it is text, and no part of it. */
function isMarked(text: string): boolean {
  const inner = text.replace(/^'+/, '');
  return isRun(inner) || (FIGURES.test(inner) && /\d/.test(inner));
}

// Programs write `="00123"` so that a spreadsheet keeps the noughts of a code; what it shows, and means, is 00123.
const KEPT_AS_TEXT = /^="((?:[^"]|"")*)"$/;

/** A cell as it stood before a spreadsheet, or `csvLine`, made text of it. */
export function withoutTextMarks(cell: string): string {
  const [, inner] = cell.startsWith('="') ? (KEPT_AS_TEXT.exec(cell) ?? []) : [];
  if (inner !== undefined) return inner.replaceAll('""', '"');
  const whole = cell.startsWith("'") && isMarked(cell) ? cell.slice(1) : cell;
  return whole.includes("'") ? whole.replace(INNER_MARKED, '$1') : whole;
}

function neutralised(cell: string): string {
  const inner = cell.replace(INNER_FORMULA, "$1'");
  return isRun(inner) || (inner.startsWith("'") && isMarked(inner)) ? `'${inner}` : inner;
}

/** One line of CSV: what holds a separator, a quote, a line end or outer spaces stands in quotes. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map(neutralised)
    .map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
