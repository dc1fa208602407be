import { readFileSync } from 'node:fs';
import * as XLSX from '@e965/xlsx';

/** A row by the number that the sheet shows, its cells as text by column name; dates of a workbook as `YYYY-MM-DD HH:MM`. */
export type SheetRow = { number: number; cells: Record<string, string> };

/** Records of comma-separated text, with quotes; nothing else that people send. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted && sign === '"' && text[at + 1] === '"') {
      field += sign;
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ',' || sign === '\n')) {
      records.at(-1)?.push(field);
      field = '';
      if (sign === '\n') records.push([]);
    } else if (quoted || sign !== '\r') field += sign;
  }
  return records.filter((record) => record.length > 0);
}

const byName = (names: string[], values: string[]) =>
  Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));

export function readCsv(file: string): SheetRow[] {
  const [names = [], ...records] = recordsOf(readFileSync(file, 'utf8'));
  return records.map((record, index) => ({ number: index + 2, cells: byName(names, record) }));
}

/** Excel counts days from 1899-12-30. */
const asMoment = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 1440) * 60_000).toISOString().slice(0, 16).replace('T', ' ');

function textOf(cell: XLSX.CellObject | undefined): string {
  if (cell?.v === undefined) return '';
  return cell.t === 'n' && /[ydh]/.test(String(cell.z)) ? asMoment(Number(cell.v)) : String(cell.v);
}

export function readWorkbook(file: string): SheetRow[] {
  const workbook = XLSX.read(readFileSync(file), { cellNF: true });
  // A hidden page of guidance stands before the orders.
  const sheet = Object.values(workbook.Sheets).find(({ A1 }) => A1?.v === 'external_ref') ?? {};
  const { e: end } = XLSX.utils.decode_range(sheet['!ref'] ?? 'A1');
  const rowOf = (r: number) =>
    Array.from({ length: end.c + 1 }, (_, c) => textOf(sheet[XLSX.utils.encode_cell({ r, c })]));
  const rows: SheetRow[] = [];
  for (let r = 1; r <= end.r; r += 1) {
    const cells = rowOf(r);
    if (cells.some((text) => text !== '')) rows.push({ number: r + 1, cells: byName(rowOf(0), cells) });
  }
  return rows;
}
