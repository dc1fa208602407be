import iconv from 'iconv-lite';
import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';

/** What the sheets of clerks are made of: one order, in many dresses. */

type Read = 'externalRef' | 'orderedAt' | 'name' | 'dob' | 'sex' | 'phone' | 'services' | 'note' | 'warning';
export type Reading = { number: number; problems?: string[] } & { [Column in Read]?: string | null };
export type ClerkSheet = [name: string, bytes: Buffer, ...rows: Reading[]];

export const TITLES = [
  'external_ref',
  'branch',
  'ordered_at',
  'patient_name',
  'patient_dob',
  'patient_sex',
  'patient_phone',
  'service_codes',
  'note',
];
export const VIETNAMESE = [
  'Mã phiếu',
  'Chi nhánh',
  'Ngày chỉ định',
  'Họ và tên',
  'Ngày sinh',
  'Giới tính',
  'Số điện thoại',
  'Dịch vụ',
  'Ghi chú',
];
export const ROW = [
  'R1',
  'Q1',
  '09/10/2026 16:07',
  'Nguyễn Thị Hoa',
  '01/03/1990',
  'Nữ',
  '0912345678',
  'CBC|GLU',
  'khám',
];
export const withCells = (change: Record<string, string>) =>
  ROW.map((cell, index) => change[TITLES[index] ?? ''] ?? cell);

type Dress = { titles?: string[]; separator?: string; end?: string; before?: string; rows?: string[][] };

export function text({ titles = TITLES, separator = ',', end = '\r\n', before = '', rows = [ROW] }: Dress): string {
  const quoted = (cell: string) =>
    cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return before + [titles, ...rows].map((cells) => cells.map(quoted).join(separator)).join(end) + end;
}
export const csv = (dress: Dress) => Buffer.from(text(dress));
export const cell = (change: Record<string, string>) => csv({ rows: [withCells(change)] });
export const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');
/** As Windows-1258 holds Vietnamese: the tone a mark of its own behind the vowel. */
export const windows1258 = (content: string) =>
  iconv.encode(
    content.normalize('NFD').replace(/([aAeEoO])\u0302|([aA])\u0306|([oOuU])\u031b/g, (pair) => pair.normalize('NFC')),
    'windows-1258',
  );

export const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
export const inline = (value: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
export const number = (value: string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
export const row = (cells: string[], reference?: number) =>
  `<row${reference ? ` r="${reference}"` : ''}>${cells.join('')}</row>`;
export const inlineRow = (cells: string[], reference?: number) => row(cells.map(inline), reference);
type Book = Omit<Parameters<typeof workbookParts>[0], 'sheets'>;
export const book = (rows: string, more: Book = {}) =>
  zipOf(workbookParts({ sheets: [{ name: 'Sheet1', rows }], ...more }));
/** The order with some cells given as markup. */
export const typed = (change: Record<string, string>, more: Book = {}) =>
  book(inlineRow(TITLES) + row(ROW.map((value, index) => change[TITLES[index] ?? ''] ?? inline(value))), more);

export const one: Reading = { number: 2 };
export const on = (orderedAt: string): Reading => ({ number: 2, orderedAt });
export const wrong = (...problems: string[]): Reading => ({ number: 2, problems });
export const SERIAL = '46304.671527777777';
