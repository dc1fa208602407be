import { deflateRawSync } from 'node:zlib';
import { type HostileFile, MB, noise, STRINGS, sheetOf, spoilt } from './hostile-archives';

/** One pointer a cell under names that differ, so that the part itself is not too dense. */
const pointers = (rows: number, perRow: number) =>
  Array.from({ length: rows }, (_, at) => {
    const name = noise(400, at + 1);
    return `<row ph="${name}">${'<c t="s"><v>0</v></c>'.repeat(perRow)}</row>`;
  }).join('');
const distinct = (count: number) =>
  Array.from({ length: count }, (_, at) => `<si><t>${(at * 2_654_435_761) % 4_294_967_296}</t></si>`).join('');

/** Files that are small, or allowed, and would fill the memory. */
export const sizes: HostileFile[] = [
  [
    '186 KB that unfold to gigabytes of text',
    () => sheetOf(pointers(400, 500), `<si><t>${'long text '.repeat(200)}</t></si>`),
    ['too_much_text'],
    /row \d+/,
  ],
  [
    'one string of twenty megabytes',
    () => spoilt(STRINGS, { content: `<sst><si><t>${noise(20 * MB)}</t></si></sst>` }),
    ['too_long'],
    /sharedStrings/,
  ],
  [
    'five million strings of next to nothing',
    () => spoilt(STRINGS, { content: `<sst>${distinct(500_000)}${'<si/>'.repeat(4_500_000)}</sst>` }),
    ['too_much_text'],
    /sharedStrings/,
  ],
  ['a CSV cell of five megabytes', () => Buffer.from(`ref,note\n1,"${noise(5 * MB)}"\n`), ['too_long'], /row 2/],
  [
    'a CSV quote that never closes, forty megabytes long',
    () => Buffer.from(`ref,note\n1,"${'y,z\n'.repeat(10 * MB)}`),
    ['too_long'],
    /row 2/,
  ],
  ['a CSV of quotes alone', () => Buffer.alloc(30 * MB, '"'), ['too_long'], /row 1/],
  ['a CSV of half quotes', () => Buffer.from('"a"b'.repeat(5 * MB)), ['too_long', 'corrupt'], /row 1/],
  ['a CSV of a million columns', () => Buffer.from(`${'a,'.repeat(1_000_000)}\n`), ['too_many_columns'], /row 1/],
  [
    'a CSV of twenty million blank rows',
    () => Buffer.from(`ref\n${'\n'.repeat(20_000_000)}`),
    ['too_many_rows'],
    /row \d+/,
  ],
  [
    'a CSV of more rows than are read',
    () => Buffer.from(`ref\n${'1\n'.repeat(260_000)}`),
    ['too_many_rows'],
    /row 250002/,
  ],
  ['more bytes than a file may have', () => Buffer.alloc(101 * MB, 'a'), ['too_large']],
];

const compound = (size: number) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.from('Workbook', 'utf16le'),
    Buffer.alloc(size, 0xff),
  ]);

/** A sheet of the oldest kind whose second record claims 65,535 bytes and has one. */
const lyingRecord = Buffer.from([0x09, 0x00, 4, 0, 2, 0, 0x10, 0, 4, 0, 0xff, 0xff, 1]);

/** Files that are no sheets, or old ones that lie. */
export const strangers: HostileFile[] = [
  ['a CSV with NUL in it', () => Buffer.from('ref,note\n1,\0\n'), ['not_a_spreadsheet']],
  ['a document that calls itself a sheet', () => Buffer.from('%PDF-1.7\n'), ['not_a_spreadsheet']],
  ['a web page', () => Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), ['not_a_spreadsheet']],
  [
    'a program',
    () => Buffer.concat([Buffer.from('MZ\u0090\0'), Buffer.alloc(5_000)]),
    ['not_a_spreadsheet', 'unsupported_encoding'],
  ],
  ['nothing', () => Buffer.alloc(0), ['empty']],
  ['deflated noise', () => deflateRawSync(Buffer.from(noise(200_000))), ['unsupported_encoding', 'not_a_spreadsheet']],
  ['a compound file of noise', () => compound(200_000), ['corrupt', 'empty']],
  [
    'an encrypted compound file',
    () => Buffer.concat([compound(4_096), Buffer.from('EncryptedPackage', 'utf16le')]),
    ['encrypted'],
  ],
  ['an old sheet whose record lies about its length', () => lyingRecord, ['corrupt', 'empty']],
];
