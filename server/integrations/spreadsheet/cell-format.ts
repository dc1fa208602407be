import { formatDuration, formatNumber, formatPercent, formatSerial } from './cells';
import { formatWords, type Words, wordsOf } from './format-words';
import { type CellMark, readsAsThousands } from './port';
import { readXml, type XmlVisitor } from './xml';

/**
 * What a number format makes of a number. `time` is a date format without day and year; `digits` one of noughts alone, which
 * people use to see a code or phone number with its leading noughts, perhaps between words: `"KH-"000` shows 7 as KH-007, and
 * `000-000` shows 123456 as 123-456. `groups` are the noughts with what stands behind them.
 */
export type CellFormat = (
  | { kind: 'plain' }
  | { kind: 'percent' }
  | { kind: 'date' }
  | { kind: 'time' }
  | { kind: 'duration' }
  | { kind: 'digits'; before: string; groups: readonly Group[] }
  | { kind: 'words'; words: Words }
) & {
  /** How many decimals it shows of those that there are; undefined where it shows all, or another form of the number. */
  decimals?: number;
};
type Group = { noughts: number; behind: string };

const plain: CellFormat = { kind: 'plain' };
const percent: CellFormat = { kind: 'percent' };
const date: CellFormat = { kind: 'date' };
const time: CellFormat = { kind: 'time' };
const duration: CellFormat = { kind: 'duration' };

/** Takes out what is only shown: quoted text, escaped signs, the width of a sign (`_%`), a filling (`* `). */
const bare = (code: string) => code.replace(/"[^"]*(?:"|$)|[\\_*]./gs, '');

/** A piece of a format of noughts: words, noughts, signs that show themselves. Brackets and widths of signs show nothing. */
const PIECE = /"([^"]{0,60})"|\\(.)|\[[^\]]{0,60}\]|[_*].|(0{1,15})|([-: ()])/sy;

/** A format of noughts alone; a single one, as in `0 "đ"`, is one only behind letters: else it is an amount with its unit. */
function digitsOf(code: string): CellFormat | null {
  const groups: Group[] = [];
  let before = '';
  for (let at = 0; at < code.length && code[at] !== ';'; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const [found, quoted = '', escaped = '', noughts = '', sign = ''] = PIECE.exec(code) ?? [];
    const last = groups.at(-1);
    if (!found || (!last && sign !== '' && sign !== '(')) return null;
    if (noughts) groups.push({ noughts: noughts.length, behind: '' });
    else if (last) last.behind += quoted + escaped + sign;
    else before += quoted + escaped + sign;
  }
  const isCode = noughtsOf(groups) > 1 || (groups.length > 0 && /\p{L}/u.test(before));
  return isCode ? { kind: 'digits', before, groups } : null;
}

const noughtsOf = (groups: readonly Group[]) => groups.reduce((sum, { noughts }) => sum + noughts, 0);

/** Digits in the groups of a format, from the right; the first group has what is left. */
function inGroups(value: number, groups: readonly Group[]): string {
  let rest = String(value).padStart(noughtsOf(groups), '0');
  let shown = '';
  for (const [at, { noughts, behind }] of [...groups.entries()].reverse()) {
    const from = at === 0 ? 0 : rest.length - noughts;
    shown = rest.slice(from) + behind + shown;
    rest = rest.slice(0, from);
  }
  return shown;
}

const PLACES = /[#?0][#?0,]*(?:\.([#?0]*))?|\.([#?0]+)/;

function decimalsOf(code: string): number | undefined {
  const [section = ''] = bare(code)
    .replace(/\[[^\][]*\]/g, '')
    .split(';');
  if (/general|@|e[+-]|\//i.test(section)) return undefined;
  const [places, behindWhole, alone] = PLACES.exec(section) ?? [];
  // A comma at the end divides by a thousand: nobody reads the digits behind it off.
  return places === undefined || places.endsWith(',') ? undefined : (behindWhole ?? alone ?? '').length;
}

/** What a format code means, and how many decimals it shows. */
export function formatOfCode(code: string): CellFormat {
  const format = meaningOf(code);
  const decimals = /^(plain|percent|words)$/.test(format.kind) ? decimalsOf(code.slice(0, 1_000)) : undefined;
  return decimals === undefined ? format : { ...format, decimals };
}

/** What a format code means: by its first section, which is the one for the numbers that people enter; `%` counts anywhere. */
function meaningOf(code: string): CellFormat {
  const shown = bare(code.slice(0, 1_000));
  if (shown.includes('%')) return percent;
  const [section = ''] = shown.split(';');
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return duration;
  const signs = section.replace(/\[[^\][]*\]/g, '').replace(/general|e[+-]/gi, '');
  const digits = digitsOf(code.slice(0, 1_000));
  if (digits) return digits;
  if (signs.includes('#') || !/[ymdhse]/i.test(signs)) {
    const words = wordsOf(code.slice(0, 1_000));
    return words ? { kind: 'words', words } : plain;
  }
  return /[yde]/i.test(signs) ? date : time;
}

/** Decimals of the formats of numbers that need no code. */
const BUILT_IN_DECIMALS: Record<number, number> = { 1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, 37: 0, 38: 0, 39: 2, 40: 2 };

/** The formats that need no code in the workbook. 27 to 36 and 50 to 58 are the dates of East Asian Excels. */
function builtIn(id: number): CellFormat {
  const decimals = BUILT_IN_DECIMALS[id];
  if (decimals !== undefined) return { ...(id === 9 || id === 10 ? percent : plain), decimals };
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return date;
  if (id === 46) return duration;
  return (id >= 18 && id <= 21) || id === 45 || id === 47 ? time : plain;
}

class StyleSheet implements XmlVisitor {
  readonly formats: CellFormat[] = [];
  readonly #codes = new Map<string, CellFormat>();
  #inCellFormats = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const id = attributes.numFmtId ?? '';
    if (name === 'cellXfs') this.#inCellFormats = true;
    if (name === 'numFmt' && id) this.#codes.set(id, formatOfCode(attributes.formatCode ?? ''));
    if (name === 'xf' && this.#inCellFormats) this.formats.push(this.#codes.get(id) ?? builtIn(Number(id)));
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#inCellFormats = false;
  }

  text(): void {}
}

/** The formats of a workbook's styles, by the number that cells name. */
export async function readCellFormats(pieces: AsyncIterable<Buffer>, place: string): Promise<CellFormat[]> {
  const sheet = new StyleSheet();
  await readXml(pieces, place, sheet);
  return sheet.formats;
}

/** A number as the cell shows it, as far as that matters to us: currency signs and separators are left out. */
export function formatCell(value: number, format: CellFormat | undefined, date1904: boolean): string {
  switch (format?.kind) {
    case 'percent':
      return formatPercent(value);
    case 'date':
      return formatSerial(value, date1904) ?? formatNumber(value);
    case 'time':
      return formatSerial(value, date1904 && value >= 1) ?? formatNumber(value);
    case 'duration':
      return formatDuration(value) ?? formatNumber(value);
    case 'digits':
      return Number.isSafeInteger(value) && value >= 0
        ? format.before + inGroups(value, format.groups)
        : formatNumber(value);
    case 'words':
      return formatWords(value, format.words);
    default:
      return formatNumber(value);
  }
}

/** Whether the text of a number's cell could be read as one of thousands, which the number is not. */
const isExactFigure = (text: string, format: CellFormat | undefined): boolean =>
  (format?.kind !== 'words' || format.words.isAmount) && readsAsThousands(text);

/** Whether the cell shows another number than it holds: 12.5 % under `0%` is seen as 13 %. */
function isRounded(value: number, format: CellFormat | undefined): boolean {
  if (format?.decimals === undefined) return false;
  const held = Number((format.kind === 'percent' ? value * 100 : value).toPrecision(15));
  return Math.abs(held) < 1e15 && Number(held.toFixed(format.decimals)) !== held;
}

const TIMES = new Set(['date', 'time', 'duration']);

/** What is to be known of a cell that is a number, beside its text; see `SheetRow`. */
export const marksOf = (value: number, text: string, format: CellFormat | undefined): Record<CellMark, boolean> => ({
  exact: isExactFigure(text, format),
  typed: TIMES.has(format?.kind ?? '') || !Number.isInteger(value),
  rounded: isRounded(value, format),
});
