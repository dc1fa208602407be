import { describe, expect, it } from 'vitest';
import { defaultSheetLimits, type SheetRow } from './port';
import { openXlsx } from './xlsx';
import { type FixturePart, type FixtureWorkbook, workbookParts, zipOf } from './zip-fixture';

async function read(bytes: Buffer, limits = defaultSheetLimits) {
  const rows: SheetRow[] = [];
  const sheet = await openXlsx(bytes, limits);
  await sheet.each((row) => {
    rows.push(row);
    return undefined;
  });
  return { name: sheet.sheetName, rows };
}

const text = (reference: string, value: string) => `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (reference: string, value: string, style = 0) => `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
const one = (rows: string, more: Partial<FixtureWorkbook> = {}) =>
  zipOf(workbookParts({ sheets: [{ name: 'Đơn', rows }], ...more }));
const spoil = (name: string, change: Partial<FixturePart>) =>
  zipOf(
    workbookParts({ sheets: [{ name: 'S', rows: `<row r="1">${text('A1', 'ref')}</row>` }] }).map((part) =>
      part.name === name ? { ...part, ...change } : part,
    ),
  );
const SHEET = 'xl/worksheets/sheet1.xml';

describe('openXlsx', () => {
  it('keeps the rows’ own numbers over blank ones', async () => {
    const { name, rows } = await read(
      one(
        `<row r="2">${text('A2', 'ref')}</row><row r="3">${text('A3', ' ')}</row><row r="9">${text('B9', '007')}</row>`,
      ),
    );
    expect(name).toBe('Đơn');
    expect(rows).toEqual([
      { number: 2, cells: ['ref'] },
      { number: 9, cells: [null, '007'] },
    ]);
  });

  it('reads dates, percentages, booleans, cached formula values and long identifiers', async () => {
    const cells = [
      number('A1', '46326', 1),
      number('B1', '46326.936805555553', 2),
      number('C1', '0.125', 3),
      number('D1', '0.07', 4),
      '<c r="E1" t="b"><v>1</v></c>',
      '<c r="F1"><f>SUM(1,2)</f><v>3</v></c>',
      number('G1', '1234567890123456789'),
      '<c r="H1" t="d"><v>2026-10-31T00:00:00</v></c>',
      number('I1', '84343180949'),
      '<c r="J1" t="e"><v>#N/A</v></c>',
      '<c r="K1" s="3"><f>1/8</f><v>0.125</v></c>',
    ];
    const { rows } = await read(one(`<row r="1">${cells.join('')}</row>`));
    expect(rows[0]?.cells).toEqual([
      '2026-10-31',
      '2026-10-31T22:29',
      '12.5%',
      '7%',
      'true',
      '3',
      '1234567890123456789',
      '2026-10-31',
      '84343180949',
      '#N/A',
      '12.5%',
    ]);
  });

  it('finds marked cells wherever the pieces of the unpacked sheet are cut', async () => {
    const rows = Array.from({ length: 4_000 }, (_, index) => {
      const at = index + 1;
      return `<row r="${at}">${text(`A${at}`, 'x'.repeat(index % 50))}${number(`B${at}`, `12345678901234567${index}`)}</row>`;
    });
    const found = await read(one(rows.join('')));
    expect(found.rows.map((row) => row.cells[1])).toEqual(rows.map((_, index) => `12345678901234567${index}`));
  });

  it('follows pointers into the shared strings, however they are written', async () => {
    const strings = [
      '<si><t>Đỗ &amp; Lê</t></si>',
      '<si/>',
      '<si><r><rPr><b/></rPr><t>hai </t></r><r><t xml:space="preserve">run</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>',
      '<si><t><![CDATA[<b>]]>_x0041_</t></si>',
    ];
    const cells = [
      '<c r="A1" t="s"><v>0</v></c>',
      "<c r='B1' s='1' t='s'><v>2</v></c>",
      '<c t = "s" r="C1"><v>3</v></c>',
      '<c r="D1" t="s" s="3"><v>1</v></c>',
      text('E1', 'says t="s" and 2'),
      '<c r="F1" t="str"><v>2</v></c>',
      number('G1', '2'),
    ];
    const { rows } = await read(one(`<row r="1">${cells.join('')}</row>`, { strings: strings.join('') }));
    expect(rows[0]?.cells).toEqual(['Đỗ & Lê', 'hai run', '<b>A', null, 'says t="s" and 2', '2', '2']);
  });

  it('reads many strings wherever the pieces are cut, and refuses a pointer to none', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `Nguyễn Thị ${index} ${'ạ'.repeat(index % 40)}`);
    const rows = names.map((_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index}</v></c></row>`);
    const strings = names.map((name) => `<si><t>${name}</t></si>`).join('');
    const found = await read(one(rows.join(''), { strings }));
    expect(found.rows.map((row) => row.cells[0])).toEqual(names);
    const dangling = read(one('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', { strings: '<si><t>a</t></si>' }));
    await expect(dangling).rejects.toMatchObject({ code: 'corrupt', place: 'row 1' });
  });

  describe('finds its parts', () => {
    const rows = `<row r="1">${text('A1', 'ref')}${number('B1', '0.125', 3)}</row>`;
    const parts = () => workbookParts({ sheets: [{ name: 'S', rows }] });
    const changed = (change: (part: FixturePart) => Partial<FixturePart>) =>
      zipOf(parts().map((part) => ({ ...part, ...change(part) })));
    const related = (from: string | RegExp, to: string) => (part: FixturePart) =>
      part.name.endsWith('workbook.xml.rels') ? { content: String(part.content).replace(from, to) } : {};

    it.each([
      [
        'named in letters of another case',
        changed(({ name }) => ({ name: name.replace('xl/s', 'xl/S').replace('/s', '/S') })),
      ],
      [
        'with a space in their name',
        changed((part) =>
          part.name === SHEET
            ? { name: 'xl/worksheets/sheet 1.xml' }
            : related('worksheets/sheet1.xml', 'worksheets/sheet%201.xml')(part),
        ),
      ],
      ['behind the separators of another system', changed(related('worksheets/', 'worksheets\\'))],
      ['of styles that nothing is related to', changed(related(/<Relationship Id="rId99"[^>]*>/, ''))],
      ...(['utf16le', 'utf16be'] as const).map((encoding): [string, Buffer] => [
        `in ${encoding}`,
        changed(({ name, content }) => {
          const wide = Buffer.from(`\ufeff${content}`, 'utf16le');
          return /sheet1|workbook.xml$/.test(name) ? { content: encoding === 'utf16le' ? wide : wide.swap16() } : {};
        }),
      ]),
    ])('%s', async (_, bytes) => {
      expect((await read(bytes)).rows).toEqual([{ number: 1, cells: ['ref', '12.5%'], typed: [1] }]);
    });

    it('or says which one is not there, rather than reading a share as a number', async () => {
      const bytes = zipOf(parts().filter(({ name }) => name !== 'xl/styles.xml'));
      await expect(read(bytes)).rejects.toMatchObject({ code: 'corrupt', found: 'cell style' });
    });
  });

  it('gets dates of the 1904 system right', async () => {
    const { rows } = await read(one(`<row r="1">${number('A1', '42735', 1)}</row>`, { date1904: true }));
    expect(rows[0]?.cells).toEqual(['2021-01-01']);
  });

  it('takes the first visible sheet', async () => {
    const sheet = (name: string, state?: string) => ({
      name,
      rows: `<row r="1">${text('A1', name)}</row>`,
      ...(state ? { state } : {}),
    });
    const sheets = [sheet('one', 'hidden'), sheet('two', 'veryHidden'), sheet('three'), sheet('four')];
    expect(await read(zipOf(workbookParts({ sheets })))).toEqual({
      name: 'three',
      rows: [{ number: 1, cells: ['three'] }],
    });
  });

  it.each([
    ['a wrong checksum', spoil(SHEET, { claimedCrc: 1 }), 'corrupt'],
    ['a size that lies low', spoil(SHEET, { claimedSize: 10 }), 'zip_bomb'],
    ['a document type', spoil(SHEET, { content: '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' }), 'unsafe_xml'],
    ['a sheet cut short', spoil(SHEET, { content: '<worksheet><sheetData><row r="1"><c' }), 'corrupt'],
    ['a bomb', spoil('xl/styles.xml', { content: Buffer.alloc(5_000_000, ' ') }), 'zip_bomb'],
    ['rows out of order', one(`<row r="2">${text('A2', 'a')}</row><row r="2">${text('A2', 'b')}</row>`), 'corrupt'],
    ['another archive', zipOf([{ name: 'readme.txt', content: 'hello' }]), 'not_a_spreadsheet'],
    ['a broken archive', spoil(SHEET, {}).subarray(0, 400), 'corrupt'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'SheetError', code });
  });

  it('refuses more than it should unpack', async () => {
    await expect(read(one(''), { ...defaultSheetLimits, inflatedBytes: 100 })).rejects.toMatchObject({
      code: 'zip_bomb',
    });
    await expect(read(one(''), { ...defaultSheetLimits, entries: 2 })).rejects.toMatchObject({ code: 'zip_bomb' });
  });
});
