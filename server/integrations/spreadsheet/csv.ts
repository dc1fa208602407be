import Papa from 'papaparse';
import { decodeText } from './encoding';
import { isBlankRow, type OpenSheet, SheetError, type SheetLimits, type VisitRow } from './port';

const SEPARATORS = [',', ';', '\t', '|'];
const BATCH = 500;
const WINDOW = 1024 * 1024;

/** The line end outside quotes. A file that mixes CRLF and LF is read by LF, and the CR is taken off the last cell. */
function lineEnd(text: string): '\n' | '\r' {
  const bare = text.slice(0, WINDOW).replace(/"[^"]*"/g, '');
  return !bare.includes('\n') && bare.includes('\r') ? '\r' : '\n';
}

/** The separator that cuts the header into the most columns. Data is no witness: a cell may list codes with `|`. */
function separatorOf(text: string, newline: '\n' | '\r'): string {
  let best = ',';
  let most = 1;
  const sample = text.trimStart().slice(0, 64 * 1024);
  for (const delimiter of SEPARATORS) {
    const header = Papa.parse<string[]>(sample, { delimiter, newline, preview: 1 }).data[0];
    if (header && header.length > most) {
      most = header.length;
      best = delimiter;
    }
  }
  return best;
}

/** Excel's own first line `sep=;`, which it obeys and does not show. */
function takeDirective(text: string): { text: string; separator: string | null } {
  const directive = /^sep=([,;\t|])\r?\n/i.exec(text);
  return directive?.[1]
    ? { text: text.slice(directive[0].length), separator: directive[1] }
    : { text, separator: null };
}

function toCells(record: string[], newline: string): (string | null)[] {
  const last = record.length - 1;
  return record.map((cell, index) => {
    const value = index === last && newline === '\n' && cell.endsWith('\r') ? cell.slice(0, -1) : cell;
    return value === '' ? null : value;
  });
}

/** One call reads at most a batch, so that nobody waits for, or holds, the rows of a whole file. */
function readBatch(text: string, from: number, delimiter: string, newline: '\n' | '\r') {
  for (let size = WINDOW; ; size *= 4) {
    const end = Math.min(from + size, text.length);
    const result = Papa.parse<string[]>(text.slice(from, end), { delimiter, newline, preview: BATCH, fastMode: false });
    if (result.meta.truncated || end === text.length) return result;
  }
}

async function visitRows(text: string, delimiter: string, newline: '\n' | '\r', limits: SheetLimits, visit: VisitRow) {
  let number = 0;
  for (let position = 0; position < text.length; ) {
    const { data, errors, meta } = readBatch(text, position, delimiter, newline);
    const quotes = errors.find((error) => error.type === 'Quotes');
    if (quotes) throw new SheetError('corrupt', { place: `row ${number + 1 + (quotes.row ?? 0)}`, found: 'quotes' });
    for (const record of data) {
      number += 1;
      if (record.length > limits.columns) {
        throw new SheetError('too_many_columns', { place: `row ${number}`, limit: limits.columns });
      }
      const cells = toCells(record, newline);
      const pause = isBlankRow(cells) ? undefined : visit({ number, cells });
      if (pause) await pause;
    }
    position = meta.truncated ? position + meta.cursor : text.length;
  }
}

export function openCsv(bytes: Uint8Array, limits: SheetLimits): OpenSheet {
  const whole = decodeText(bytes);
  if (whole.includes('\0')) throw new SheetError('not_a_spreadsheet', { found: 'binary' });
  const { text, separator } = takeDirective(whole);
  const newline = lineEnd(text);
  const delimiter = separator ?? separatorOf(text, newline);
  return { format: 'csv', sheetName: null, each: (visit) => visitRows(text, delimiter, newline, limits, visit) };
}
