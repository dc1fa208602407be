import Papa from 'papaparse';
import { withoutTextMarks } from '@/server/domain/csv';
import type { TextEncodingName } from '@/server/domain/encoding';
import { decodeText, detectEncoding } from './encoding';
import { isBlankRow, type OpenSheet, SheetError, type SheetLimits, type VisitRow } from './port';
import { TextBudget } from './text-budget';

const SEPARATORS = [',', ';', '\t', '|'];
const BATCH = 500;
const ENOUGH = 1024 * 1024;
/** A record is held whole while it is read. Excel's longest cell has 32,767 characters. */
const LONGEST_RECORD = 2 * 1024 * 1024;
/** A spreadsheet's own last row. Blank rows count for it, so that a file of line ends ends too. */
const LAST_ROW = 1_048_576;

interface Layout {
  delimiter: string;
  newline: '\n';
}

/**
 * Text in which every line ends with LF, perhaps behind a CR, which is taken off the last cell later: a file may mix the ends of
 * three systems, and a row that ended in another way than the first would be lost in it. So does a spreadsheet read it.
 */
function* withLineFeeds(pieces: Iterable<string>): Generator<string> {
  let carried = '';
  for (const piece of pieces) {
    const text = carried + piece;
    carried = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - carried.length).replace(/\r(?!\n)/g, '\n');
  }
  if (carried) yield '\n';
}

/** So many lines may stand above the titles. */
const HEADING_LINES = 12;

/**
 * The separator that cuts the header into the most columns. Data is no witness: a cell may list codes with `|`. Nor is a line above
 * the titles, as `Quận 1; tháng 2` is in a file with commas: what it has between its words cuts none of the lines that follow.
 */
function separatorOf(text: string): string {
  const sample = text.trimStart().slice(0, 64 * 1024);
  const cuts = SEPARATORS.map((delimiter) => {
    const { data } = Papa.parse<string[]>(sample, { delimiter, newline: '\n', preview: HEADING_LINES });
    return { delimiter, widths: data.map((line) => line.length) };
  });
  const widest = (at: number) =>
    cuts.reduce((best, cut) => ((cut.widths[at] ?? 0) > (best.widths[at] ?? 0) ? cut : best));
  const goesOn = ({ widths }: { widths: number[] }, at: number) =>
    (widths[at] ?? 0) > 1 && (at === widths.length - 1 || widths.slice(at + 1).some((width) => width > 1));
  const lines = Array.from({ length: HEADING_LINES }, (_, at) => at);
  const header = lines.find((at) => goesOn(widest(at), at)) ?? 0;
  return widest(header).delimiter;
}

/** Excel's own first line `sep=;`, which it obeys and does not show. */
function takeDirective(text: string): { text: string; separator: string | null } {
  const directive = /^sep=([,;\t|])\r?\n/i.exec(text);
  return directive?.[1]
    ? { text: text.slice(directive[0].length), separator: directive[1] }
    : { text, separator: null };
}

function toCells(record: string[]): (string | null)[] {
  const last = record.length - 1;
  return record.map((cell, index) => {
    const value = index === last && cell.endsWith('\r') ? cell.slice(0, -1) : cell;
    return withoutTextMarks(value) || null;
  });
}

/** Cuts pieces of text into records, of which it holds no more than a batch and a piece. */
class Records {
  readonly #pieces: Iterator<string>;
  readonly #layout: Layout;
  /** The number of the record that comes next. */
  #number = 1;
  #text: string;
  #ended = false;

  constructor(first: string, pieces: Iterator<string>, layout: Layout) {
    this.#text = first;
    this.#pieces = pieces;
    this.#layout = layout;
  }

  /** The next records, at most a batch, with the number of the first; null at the end. */
  next(): { first: number; records: string[][] } | null {
    while (this.#text.length > 0 || !this.#ended) {
      const result = this.#complete();
      if (!result) {
        this.#takePiece();
        continue;
      }
      const first = this.#number;
      const quotes = result.errors.find((error) => error.type === 'Quotes');
      if (quotes) throw new SheetError('corrupt', { place: `row ${first + (quotes.row ?? 0)}`, found: 'quotes' });
      this.#text = result.meta.truncated ? this.#text.slice(result.meta.cursor) : '';
      this.#number += result.data.length;
      return { first, records: result.data };
    }
    return null;
  }

  /** Records of which the end has been seen; null where more text is needed. */
  #complete(): Papa.ParseResult<string[]> | null {
    const result = this.#parse(BATCH);
    if (result.meta.truncated || this.#ended) return result;
    const certain = result.data.length - 1;
    return certain > 0 && this.#text.length > ENOUGH ? this.#parse(certain) : null;
  }

  #parse(preview: number): Papa.ParseResult<string[]> {
    return Papa.parse<string[]>(this.#text, { ...this.#layout, preview, fastMode: false });
  }

  #takePiece(): void {
    if (this.#text.length > LONGEST_RECORD)
      throw new SheetError('too_long', { place: `row ${this.#number}`, limit: LONGEST_RECORD });
    const { done, value } = this.#pieces.next();
    if (done) this.#ended = true;
    else this.#text += value;
  }
}

/** In narrower rows a few separators in a cell of some lines are no witness. */
const ENOUGH_COLUMNS = 3;

/**
 * Whether a cell of a record holds the end of its own row and the beginning of a later one, cut as rows of that width are: a quote that
 * opens in the one and closes in the other makes one row of them that looks right.
 */
function swallowsRows(record: readonly string[], at: number, delimiter: string): boolean {
  const cell = record[at] ?? '';
  if (!cell.includes('\n') || record.length < ENOUGH_COLUMNS) return false;
  const lines = cell.split('\n');
  const cuts = lines.map((line) => line.split(delimiter).length - 1);
  const rest = record.length - 1 - at;
  return cuts[0] === rest && cuts.at(-1) === at && cuts.slice(1, -1).every((count) => count === record.length - 1);
}

function refuseSwallowed(record: readonly string[], row: number, delimiter: string): void {
  if (record.some((_, at) => swallowsRows(record, at, delimiter)))
    throw new SheetError('corrupt', { place: `row ${row}`, found: 'quotes' });
}

async function visitRows(records: Records, limits: SheetLimits, delimiter: string, visit: VisitRow): Promise<void> {
  const budget = new TextBudget(limits);
  for (let batch = records.next(); batch; batch = records.next()) {
    let number = batch.first;
    if (number > LAST_ROW) throw new SheetError('too_many_rows', { place: `row ${number}`, limit: limits.rows });
    for (const record of batch.records) {
      refuseSwallowed(record, number, delimiter);
      const row = budget.take(number, toCells(record));
      number += 1;
      const pause = isBlankRow(row.cells) ? undefined : visit(row);
      if (pause) await pause;
    }
  }
}

function* withoutNul(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) {
    if (piece.includes('\0')) throw new SheetError('not_a_spreadsheet', { found: 'binary' });
    yield piece;
  }
}

/** Text with separators. `encoding` is what somebody said who knows; without it, it is found out or refused. */
export function openCsv(bytes: Uint8Array, limits: SheetLimits, encoding?: TextEncodingName): OpenSheet {
  const pieces = withLineFeeds(withoutNul(decodeText(bytes, encoding ?? detectEncoding(bytes))));
  const { text, separator } = takeDirective(pieces.next().value ?? '');
  const delimiter = separator ?? separatorOf(text);
  const records = new Records(text, pieces, { delimiter, newline: '\n' });
  return {
    format: 'csv',
    sheetName: null,
    otherSheets: [],
    each: (visit) => visitRows(records, limits, delimiter, visit),
  };
}
