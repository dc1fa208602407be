import { type FixturePart, workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';

/** Workbooks that are broken or mean harm: what is sent, the codes that may answer, and the place that must be reported. */
export type HostileFile = [name: string, bytes: () => Buffer, codes: string[], place?: RegExp];

export const MB = 1024 * 1024;
const SHEET = 'xl/worksheets/sheet1.xml';
export const STRINGS = 'xl/sharedStrings.xml';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const cells = (...texts: string[]) =>
  `<row r="1">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
const good = () => workbookParts({ sheets: [{ name: 'S', rows: cells('a') }], strings: '<si><t>x</t></si>' });
export const sheetOf = (rows: string, strings?: string) =>
  zipOf(workbookParts({ sheets: [{ name: 'S', rows }], ...(strings === undefined ? {} : { strings }) }));
export const spoilt = (name: string, change: Partial<FixturePart>) =>
  zipOf(good().map((part) => (part.name === name ? { ...part, ...change } : part)));
const whole = (content: string | Buffer) => spoilt(SHEET, { content });
const more = (...parts: FixturePart[]) => zipOf([...good(), ...parts]);
const blank = (size: number) => Buffer.alloc(size, ' ');

/** Two entries of the directory over one body: stored once, unpacked twice. */
function overlapping(): Buffer {
  const archive = more({ name: 'xl/second.xml', content: '<a/>' });
  const first = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const second = archive.lastIndexOf('xl/second.xml') - 46;
  archive.copy(archive, second + 42, first + 42, first + 46);
  return archive;
}

function flipped(): Buffer {
  const bytes = zipOf(good());
  for (let at = 60; at < 260; at += 7) bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
  return bytes;
}

const many = Array.from({ length: 3_000 }, (_, at) => ({ name: `p${at}`, content: '' }));
const inner = () => zipOf([{ name: 'b.zip', content: zipOf(good()) }]);
const circle = '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/></Relationships>';

export const archives: HostileFile[] = [
  ['a bomb in the sheet', () => whole(blank(60 * MB)), ['zip_bomb'], /sheet1/],
  ['a bomb in the strings', () => spoilt(STRINGS, { content: blank(60 * MB) }), ['zip_bomb'], /sharedStrings/],
  ['a bomb that nobody reads', () => more({ name: 'xl/a.bin', content: blank(60 * MB) }), ['zip_bomb'], /a\.bin/],
  [
    'a bomb that claims to be small',
    () => spoilt(SHEET, { content: blank(60 * MB), claimedSize: 900_000 }),
    ['zip_bomb'],
    /sheet1/,
  ],
  ['an archive in an archive', () => zipOf([{ name: 'a.zip', content: inner() }]), ['not_a_spreadsheet']],
  ['many thousand parts', () => more(...many), ['zip_bomb']],
  ['two parts of one name', () => more(...good().slice(-2)), ['corrupt'], /xl\//],
  ['overlapping parts', overlapping, ['corrupt'], /xl\//],
  ['a size that lies low', () => spoilt(SHEET, { claimedSize: 10 }), ['zip_bomb'], /sheet1/],
  ['a size that lies high', () => spoilt(SHEET, { claimedSize: 5_000 }), ['corrupt'], /sheet1/],
  ['a wrong checksum', () => spoilt(SHEET, { claimedCrc: 7 }), ['corrupt'], /sheet1/],
  ['an archive cut off', () => zipOf(good()).subarray(0, 700), ['corrupt'], /zip/],
  ['a directory cut off', () => zipOf(good()).subarray(0, -30), ['corrupt'], /zip/],
  ['bytes flipped in the middle', flipped, ['corrupt', 'zip_bomb'], /./],
  ['a path out of the archive', () => more({ name: '../../etc/passwd', content: 'x' }), ['corrupt'], /zip/],
  ['an absolute path', () => more({ name: '/etc/passwd', content: 'x' }), ['corrupt'], /zip/],
  ['a path with backslashes', () => more({ name: '..\\..\\boot.ini', content: 'x' }), ['corrupt'], /zip/],
  ['the magic of an archive alone', () => Buffer.from('PK\u0003\u0004'), ['corrupt'], /zip/],
  ['no sheet in the archive', () => zipOf(good().filter(({ name }) => name !== SHEET)), ['corrupt'], /sheet1/],
  ['no relations', () => zipOf(good().filter(({ name }) => !name.endsWith('.rels'))), ['corrupt'], /rels/],
  ['relations in a circle', () => spoilt('xl/_rels/workbook.xml.rels', { content: circle }), ['empty']],
];

const entity = (at: number) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`;
const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => entity(at)).join('')}]>`;
const text = (value: string) =>
  `<worksheet xmlns="${MAIN}"><sheetData><row><c t="str"><v>${value}</v></c></row></sheetData></worksheet>`;
const attributes = Array.from({ length: 40_000 }, (_, at) => `a${at}="${(at * 7919) % 9973}"`).join(' ');
const broken = Buffer.concat([Buffer.from('<worksheet>'), Buffer.from([0xff, 0xc0]), Buffer.from('</worksheet>')]);
const one = '<c><v>1</v></c>';

export const markup: HostileFile[] = [
  ['a billion laughs', () => whole(`<?xml version="1.0"?>${laughs}${text('&j;')}`), ['unsafe_xml'], /sheet1/],
  [
    'laughs in the strings',
    () => spoilt(STRINGS, { content: `${laughs}<sst><si><t>&j;</t></si></sst>` }),
    ['unsafe_xml'],
    /sharedStrings/,
  ],
  [
    'an external entity',
    () => whole(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${text('&a;')}`),
    ['unsafe_xml'],
    /sheet1/,
  ],
  [
    'an external document type',
    () => spoilt('xl/workbook.xml', { content: '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><workbook/>' }),
    ['unsafe_xml'],
    /workbook/,
  ],
  ['laughs behind a comment', () => whole(`<!--${noise(MB)}-->${laughs}<worksheet/>`), ['unsafe_xml'], /sheet1/],
  ['an entity that nobody declared', () => sheetOf(cells('&x;')), ['corrupt'], /sheet1/],
  [
    'elements nested without end',
    () => whole(`${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`),
    ['unsafe_xml'],
    /sheet1/,
  ],
  ['a tag of many thousand attributes', () => whole(`<worksheet ${attributes}/>`), ['unsafe_xml'], /sheet1/],
  ['markup that is not closed', () => whole(`<worksheet><sheetData><row>${one}`), ['corrupt'], /sheet1/],
  ['markup that is crossed', () => whole('<worksheet><sheetData></worksheet></sheetData>'), ['corrupt'], /sheet1/],
  ['no markup', () => whole('hello, this is no XML at all'), ['corrupt'], /sheet1/],
  ['bytes that are no UTF-8', () => whole(broken), ['corrupt'], /sheet1/],
  ['a NUL in a cell', () => sheetOf(cells('a\0b')), ['corrupt'], /sheet1/],
  ['a row number beyond all rows', () => sheetOf(`<row r="99999999">${one}</row>`), ['corrupt'], /after row 0/],
  [
    'rows in the wrong order',
    () => sheetOf(`<row r="5">${one}</row><row r="4">${one}</row>`),
    ['corrupt'],
    /after row 5/,
  ],
  ['a cell of another row', () => sheetOf('<row r="5"><c r="A9"><v>1</v></c></row>'), ['corrupt'], /row 5/],
  [
    'one cell twice',
    () => sheetOf('<row r="5"><c r="A5"><v>1</v></c><c r="A5"><v>2</v></c></row>'),
    ['corrupt'],
    /row 5/,
  ],
  ['a cell in column XFD', () => sheetOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'), ['too_many_columns'], /row 1/],
  [
    'a pointer to no string',
    () => sheetOf('<row r="3"><c t="s"><v>99</v></c></row>', '<si><t>a</t></si>'),
    ['corrupt'],
    /row 3/,
  ],
  [
    'a pointer below the first string',
    () => sheetOf('<row r="3"><c t="s"><v>-1</v></c></row>', '<si><t>a</t></si>'),
    ['corrupt'],
    /row 3/,
  ],
];

/** Text that no packer makes much smaller: Marsaglia's xorshift. */
export function noise(length: number, seed = 2_463_534_242): string {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = 97 + ((state >>> 0) % 26);
  }
  return bytes.toString('latin1');
}
