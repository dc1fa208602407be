import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CellObject, read, SSF, type WorkBook } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import type { SheetRow } from '@/server/integrations/spreadsheet/port';
import { readSheet } from '@/server/integrations/spreadsheet/read-sheet';

/**
 * Every cell of every fixture beside what SheetJS reads there. Its reading of workbooks and of CSV is its own; for `.xls`, which we
 * read by it too, only our forms of dates and numbers are compared. What differs is listed here with who is right.
 */

function folder(): string {
  const fixtures = process.env.INTEROP_FIXTURES;
  if (!fixtures) throw new Error('INTEROP_FIXTURES must name the folder of interoperability fixtures.');
  return fixtures;
}

type Cells = Map<string, string>;
type Refused = { refused: string };

async function ours(file: string): Promise<Cells | Refused> {
  const rows: SheetRow[] = [];
  try {
    const sheet = await readSheet(path.join(folder(), file), { requireHeader: false });
    rows.push(sheet.header);
    for await (const batch of sheet.batches) rows.push(...batch);
  } catch (error) {
    return { refused: (error as { code: string }).code };
  }
  const cells: Cells = new Map();
  for (const row of rows)
    for (const [at, text] of row.cells.entries()) if (text) cells.set(`${row.number}:${at}`, text);
  return cells;
}

const two = (value: number) => String(Math.floor(value)).padStart(2, '0');

function dateOf(serial: number, date1904: boolean): string {
  const code = SSF.parse_date_code(serial, { date1904 });
  if (!code) return String(Number(serial.toPrecision(15)));
  const { y, m, d, H, M } = code;
  const seconds = Math.round(code.S + code.u);
  const time = `${two(H)}:${two(M)}${seconds ? `:${two(seconds)}` : ''}`;
  if (!date1904 && serial < 1) return time;
  return `${y}-${two(m)}-${two(d)}${H || M || seconds ? `T${time}` : ''}`;
}

function textOf(cell: CellObject, date1904: boolean): string {
  if (cell.t === 'b') return String(cell.v);
  if (cell.t === 'e') return cell.w ?? '';
  if (typeof cell.v !== 'number') return String(cell.v ?? '');
  const format = String(cell.z ?? 'General');
  if (/\[h+\]|\[m+\]|\[s+\]/i.test(format)) return SSF.format('[hh]:mm:ss', cell.v).replace(/:00$/, '');
  if (SSF.is_date(format)) return dateOf(cell.v, date1904);
  if (/%/.test(format.replace(/"[^"]*"|\\./g, ''))) return `${Number((cell.v * 100).toPrecision(15))}%`;
  return String(Number(cell.v.toPrecision(15)));
}

const encodings: Record<string, string> = {
  'fri__latin1.csv': 'latin1',
  'sjs__ErrorTypes.txt': 'utf-16le',
  'sjs__phonetic_text.txt': 'utf-16le',
};

function open(file: string): WorkBook {
  const bytes = readFileSync(path.join(folder(), file));
  if (file.startsWith('xlsx')) return read(bytes, { type: 'buffer', dense: true, cellNF: true });
  const text = new TextDecoder(encodings[path.basename(file)] ?? 'utf-8').decode(bytes);
  return read(text, { type: 'string', dense: true, raw: true });
}

function theirs(file: string): Cells | Refused {
  let book: WorkBook;
  try {
    book = open(file);
  } catch (error) {
    return { refused: (error as Error).message };
  }
  const at = book.SheetNames.findIndex((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden);
  const data = book.Sheets[book.SheetNames[at] ?? '']?.['!data'] ?? [];
  const cells: Cells = new Map();
  for (const [row, list] of Object.entries(data)) {
    for (const [column, cell] of Object.entries(list as CellObject[])) {
      const text = cell ? textOf(cell, book.Workbook?.WBProps?.date1904 ?? false) : '';
      if (text) cells.set(`${Number(row) + 1}:${column}`, text);
    }
  }
  return cells;
}

type Difference = { cell: string; ours: string; theirs: string };

function differences(left: Cells, right: Cells): Difference[] {
  const places = new Set([...left.keys(), ...right.keys()]);
  return [...places]
    .map((cell) => ({ cell, ours: left.get(cell) ?? '', theirs: right.get(cell) ?? '' }))
    .filter((one) => one.ours !== one.theirs);
}

type Explanation = { right: 'we' | 'they' | 'both'; why: string; holds: (difference: Difference) => boolean };

const blank: Explanation = {
  right: 'both',
  why: 'A row of nothing but spaces is blank to us and is not given.',
  holds: (one) => one.ours === '' && one.theirs.trim() === '',
};

const cut: Explanation = {
  right: 'both',
  why: 'A cell longer than 2,000 characters is given cut, with a fault that says so.',
  holds: (one) => one.ours.length === 2_000 && one.theirs.startsWith(one.ours),
};

const spacedQuotes: Explanation = {
  right: 'we',
  why: 'Spaces or tabs stand behind a closing quote: SheetJS gives quotes and spaces as part of the text.',
  holds: (one) => one.theirs.trim() === `"${one.ours}"`,
};

const noResult: Explanation = {
  right: 'we',
  why: 'The formula was saved without its result: an empty cell would be read as one that was left empty.',
  holds: (one) => one.ours.startsWith('=') && one.theirs === '',
};

const negativeTime: Explanation = {
  right: 'we',
  why: 'A negative number under a format of elapsed time: a spreadsheet shows signs that fill the cell; we give the number.',
  holds: (one) => /^-[\d.]+$/.test(one.ours) && one.theirs === '',
};

const colourName: Explanation = {
  right: 'we',
  why: 'SheetJS takes the letters of a colour, `[MAGENTA]0.00` and `[YELLOW]@`, for a date.',
  holds: ({ cell, ours: text }) => /^3[46]:/.test(cell) && Number.isFinite(Number(text)),
};

const money: Explanation = {
  right: 'we',
  why: 'An amount is one of a currency, which its format shows: 10,000 EUR is no 10,000 of another.',
  holds: (one) => one.ours.replace(/ (?:EUR|CHF)$/, '') === one.theirs,
};

const explained: Record<string, Explanation[]> = {
  'xlsx/rxl__currency-formats-xlsx.xlsx': [money],
  'xlsx/rxl__missing-v-node-xlsx.xlsx': [noResult],
  'xlsx/sjs__LONumbers.xlsx': [negativeTime, colourName],
  'csv/fri__issue-1066-smallcellsizewithdeviation.csv': [cut],
  'csv/fri__issue-493.csv': [cut],
  'csv/univ__csv__essential.csv': [blank, spacedQuotes],
  'csv/univ__csv__essential-dos.csv': [blank, spacedQuotes],
  'csv/univ__examples__example.csv': [blank],
};

const refusedByUs: Record<string, { code: string; why: string }> = {
  'xlsx/cal__empty_sheet.xlsx': { code: 'empty', why: 'It holds no cell.' },
  'xlsx/cal__issue127.xlsx': { code: 'empty', why: 'Its first sheet holds no cell.' },
  'xlsx/cal__pass_protected.xlsx': { code: 'encrypted', why: 'It is encrypted; SheetJS refuses it too.' },
  'xlsx/mso__rc4cryptoapi_password.xls': { code: 'encrypted', why: 'It is encrypted; SheetJS refuses it too.' },
  'xlsx/poi__poc-xmlbomb-empty.xlsx': {
    code: 'unsafe_xml',
    why: 'It is an entity bomb; SheetJS reads around the document type.',
  },
  'csv/spec__json__newlines.json': {
    code: 'not_a_spreadsheet',
    why: 'JSON is no sheet, though its lines can be read as cells.',
  },
  'csv/spec__json__simple.json': { code: 'not_a_spreadsheet', why: 'As above.' },
  'csv/spec__json__simple_crlf.json': { code: 'not_a_spreadsheet', why: 'As above.' },
  'csv/spec__json__utf8.json': { code: 'not_a_spreadsheet', why: 'As above.' },
};

const files = ['xlsx', 'csv'].flatMap((kind) =>
  readdirSync(path.join(folder(), kind))
    .sort()
    .map((file) => `${kind}/${file}`),
);

describe('cell by cell beside another reader', () => {
  it.each(files)('%s', async (file) => {
    const [mine, other] = [await ours(file), theirs(file)];
    const refusal = refusedByUs[file];
    if ('refused' in mine) return expect(mine.refused).toBe(refusal?.code);
    expect(refusal).toBeUndefined();
    if ('refused' in other) return expect(other.refused).toBe('');
    const found = differences(mine, other);
    const reasons = explained[file] ?? [];
    expect(found.filter((one) => !reasons.some(({ holds }) => holds(one)))).toEqual([]);
    // A reason that explains nothing any more goes.
    expect(reasons.filter(({ holds }) => !found.some(holds)).map(({ why }) => why)).toEqual([]);
  });
});
