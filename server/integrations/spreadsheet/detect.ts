import { SheetError, type SheetFormat } from './port';

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);

const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

const utf16 = (name: string) => Buffer.from(name, 'utf16le').toString('latin1');

/** Files that arrive by mistake, by their first bytes. */
const strangers: [found: string, ...magic: number[]][] = [
  ['pdf', 0x25, 0x50, 0x44, 0x46],
  ['image', 0x89, 0x50, 0x4e, 0x47],
  ['image', 0xff, 0xd8, 0xff],
  ['image', 0x47, 0x49, 0x46, 0x38],
  ['archive', 0x52, 0x61, 0x72, 0x21],
  ['archive', 0x37, 0x7a, 0xbc, 0xaf],
  ['archive', 0x1f, 0x8b],
  ['document', 0x7b, 0x5c, 0x72, 0x74, 0x66],
];

/** Compound files hold old workbooks, encrypted new ones, and every other old Office document. */
function inCompoundFile(bytes: Uint8Array): SheetFormat {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (text.includes(utf16('EncryptedPackage'))) throw new SheetError('encrypted');
  if (text.includes(utf16('Workbook')) || text.includes(utf16('Book'))) return 'xls';
  throw new SheetError('not_a_spreadsheet', { found: 'document' });
}

function refuseMarkup(bytes: Uint8Array): void {
  const head = latin1(bytes, 0, 1_024)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html|head|body|table|meta|script)/.test(head)) {
    throw new SheetError('not_a_spreadsheet', { found: 'html' });
  }
  if (/^<(\?xml|!doctype|[a-z]+[ >:])/.test(head)) throw new SheetError('not_a_spreadsheet', { found: 'xml' });
  if (/^[[{]\s*["{[]/.test(head)) throw new SheetError('not_a_spreadsheet', { found: 'json' });
}

/** The format by what the bytes say, never by the file's name. A ZIP archive is looked into later, by `scan.ts`. */
export function detectFormat(bytes: Uint8Array): SheetFormat {
  if (bytes.length === 0) throw new SheetError('empty');
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  if (starts(bytes, 0x50, 0x4b)) throw new SheetError('not_a_spreadsheet', { found: 'archive' });
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return inCompoundFile(bytes);
  // Workbooks from before compound files: BIFF2 to BIFF4 begin with a bare BOF record.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04].includes(bytes[1] ?? -1) && bytes[3] === 0x00) return 'xls';
  for (const [found, ...magic] of strangers) {
    if (starts(bytes, ...magic)) throw new SheetError('not_a_spreadsheet', { found });
  }
  refuseMarkup(bytes);
  return 'csv';
}
