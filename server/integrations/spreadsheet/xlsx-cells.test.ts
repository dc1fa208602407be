import { describe, expect, it } from 'vitest';
import { defaultSheetLimits, type SheetRow } from './port';
import { openXlsx } from './xlsx';
import { type FixtureWorkbook, workbookParts, zipOf } from './zip-fixture';

/** Cells as programs other than Excel write them. Each case states what a person sees in the sheet. */

async function read(rows: string, more: Partial<FixtureWorkbook> = {}, limits = defaultSheetLimits) {
  const found: SheetRow[] = [];
  const sheet = await openXlsx(zipOf(workbookParts({ sheets: [{ name: 'S', rows }], ...more })), limits);
  await sheet.each((row) => {
    found.push(row);
    return undefined;
  });
  return found;
}

const cellsOf = async (row: string, more: Partial<FixtureWorkbook> = {}) =>
  (await read(`<row r="1">${row}</row>`, more))[0]?.cells;

const v = (value: string, style = 0, type = '') => `<c s="${style}"${type ? ` t="${type}"` : ''}><v>${value}</v></c>`;

describe('cells without references', () => {
  it('stand behind the cell before them, and rows behind the row before them', async () => {
    const rows = await read(
      '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>',
    );
    expect(rows).toEqual([
      { number: 1, cells: ['1', '2'] },
      { number: 4, cells: [null, '3', '4'] },
      { number: 5, cells: ['5'] },
    ]);
  });

  it('keep percentages, dates, long numbers and pointers into the strings', async () => {
    const cells = [v('0.125', 3), v('46326', 1), v('1234567890123456789'), v('1', 0, 's'), v('2026-10-31', 0, 'd')];
    expect(await cellsOf(cells.join(''), { strings: '<si><t>a</t></si><si><t>b</t></si>' })).toEqual([
      '12.5%',
      '2026-10-31',
      '1234567890123456789',
      'b',
      '2026-10-31',
    ]);
  });
});

describe('attributes', () => {
  it.each([
    ['single-quoted', "<c r='A1' s='3'><v>0.125</v></c><c r='B1' t='inlineStr'><is><t>x</t></is></c>"],
    ['spaced', '<c  r = "A1"  s = "3" ><v >0.125</v ></c ><c r="B1" t = "inlineStr" ><is ><t >x</t ></is ></c >'],
    ['over several lines', '<c\n r="A1"\n s="3"\n><v>0.125</v></c><c\tr="B1"\tt="inlineStr"><is><t>x</t></is></c>'],
    ['in another order', '<c s="3" r="A1"><v>0.125</v></c><c t="inlineStr" cm="1" r="B1"><is><t>x</t></is></c>'],
    [
      'of other namespaces',
      '<c x:s="1" r="A1" s="3"><v>0.125</v></c><c r="B1" x:t="n" t="inlineStr"><is><t>x</t></is></c>',
    ],
  ])('%s', async (_, cells) => {
    expect(await cellsOf(cells.replaceAll('x:', 'r:').replace('<c ', '<c xmlns:r="urn:r" '))).toEqual(['12.5%', 'x']);
  });
});

describe('text', () => {
  it('is the direct text and every run, in their order, without the readings', async () => {
    const rich =
      '<is><t>Nguyễn </t><r><rPr><b/></rPr><t xml:space="preserve">Thị </t></r><r><t>Hoa</t></r><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/></is>';
    expect(await cellsOf(`<c r="A1" t="inlineStr">${rich}</c>`)).toEqual(['Nguyễn Thị Hoa']);
  });

  it('of the string table likewise, with empty and odd entries counted', async () => {
    const strings = [
      '<si/>',
      '<si></si>',
      '<si><t/></si>',
      '<si><rPh sb="0" eb="1"><t>no</t></rPh><t>漢字</t></si>',
      '<si><t>a</t><r><t>b</t></r></si>',
      '<si><r><t>c</t></r><r><t/></r><r><t> d </t></r></si>',
      "<si ><t xml:space = 'preserve'> e&#10;&lt;f&gt; </t></si >",
      '<si><t>_x0041_ _x005F_x0041_ _x00e9_</t></si>',
    ];
    const cells = strings.map((_, index) => v(String(index), 0, 's'));
    expect(await cellsOf(cells.join(''), { strings: strings.join('') })).toEqual([
      null,
      null,
      null,
      '漢字',
      'ab',
      'c d ',
      ' e\n<f> ',
      'A _x0041_ é',
    ]);
  });

  it('of a formula is the text that was saved, also the empty one', async () => {
    expect(
      await cellsOf(
        '<c r="A1" t="str"><f>B1</f><v>x</v></c><c r="B1" t="str"><f>C1</f><v></v></c><c r="C1" t="inlineStr"><f>D1</f><is><t></t></is></c><c r="D1"><v>1</v></c>',
      ),
    ).toEqual(['x', null, null, '1']);
  });
});

describe('formulas without a stored result', () => {
  it('are an error of their cell, and never an empty one', async () => {
    const rows = await read(
      '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1"><f>C1</f><v/></c><c r="C1"><f t="shared" si="0"/></c><c r="D1" t="str"><f>1</f></c><c r="E1"><v>5</v></c></row>',
    );
    expect(rows).toEqual([
      {
        number: 1,
        cells: ['=B1+1', '=C1', '=', '=1', '5'],
        faults: [0, 1, 2, 3].map((column) => ({ column, code: 'no_result' })),
      },
    ]);
  });
});

describe('percent formats', () => {
  it.each([
    ['0.0%', '12.5%'],
    ['0%;[Red]-0%', '12.5%'],
    ['[&gt;=1]0%;0.00%', '12.5%'],
    ['0" %"', '0.125 %'],
    ['0\\%', '0.125%'],
    ['0_%', '0.125'],
    ['"100% "0.0', '100% 0.125'],
  ])('%s', async (format, text) => {
    expect(await cellsOf(v('0.125', 5), { formats: [format.replaceAll('"', '&quot;')] })).toEqual([text]);
  });
});

describe('dates and times', () => {
  it.each([
    ['dd/mm/yyyy', '46326', '2026-10-31'],
    ['dd/mm/yyyy;@', '46326', '2026-10-31'],
    ['[$-42A]dd mmmm yyyy', '46326', '2026-10-31'],
    ['dd/mm/yyyy hh:mm:ss', '46326.93725694444', '2026-10-31T22:29:39'],
    ['hh:mm', '0.6875', '16:30'],
    ['h:mm AM/PM', '0.6875', '16:30'],
    ['[h]:mm', '1.0625', '25:30'],
    ['[hh]:mm:ss', '10.632060185185185', '255:10:10'],
    ['[mm]:ss', '0.0631944444', '01:31'],
    ['"Day "0', '5', 'Day 5'],
    ['#,##0\\ "đ"', '45000', '45000 đ'],
    ['[$₫-42A]#,##0', '45000', '₫45000'],
    ['dd/mm/yyyy', '1', '1900-01-01'],
    ['dd/mm/yyyy', '59', '1900-02-28'],
    ['dd/mm/yyyy', '60', '1900-02-29'],
    ['dd/mm/yyyy', '61', '1900-03-01'],
    ['dd/mm/yyyy', '-1', '-1'],
    ['dd/mm/yyyy', '9999999', '9999999'],
    ['000', '7', '007'],
    ['0000000000', '912345678', '0912345678'],
  ])('%s of %s', async (format, value, text) => {
    const escaped = format.replaceAll('"', '&quot;');
    expect(await cellsOf(v(value, 5), { formats: [escaped] })).toEqual([text]);
  });

  it('of the 1904 system, also without references', async () => {
    expect(await cellsOf(v('42735', 1) + v('42735.5', 2), { date1904: true })).toEqual([
      '2021-01-01',
      '2021-01-01T12:00',
    ]);
  });

  it.each([
    ['2026-10-31', '2026-10-31'],
    ['2026-10-31T00:00:00', '2026-10-31'],
    ['2026-10-31T22:29:00.000', '2026-10-31T22:29'],
    ['2026-10-31T22:29:38.6', '2026-10-31T22:29:38'],
    ['2026-10-31T22:29:00Z', '2026-10-31T22:29Z'],
    ['2026-10-31T22:29:00+07:00', '2026-10-31T22:29+07:00'],
    ['2026-10-31T00:00:00+07:00', '2026-10-31T00:00+07:00'],
    ['2026-10-31T22:29:05.250-0500', '2026-10-31T22:29:05-05:00'],
    ['22:29:00', '22:29'],
    ['PT25H30M', 'PT25H30M'],
  ])('an ISO date cell %s', async (value, text) => {
    expect(await cellsOf(v(value, 0, 'd'))).toEqual([text]);
  });
});

describe('a number of a style that the workbook does not have', () => {
  it('is refused: it may be a share, a day or a code', async () => {
    await expect(cellsOf(v('0.125', 9))).rejects.toMatchObject({
      code: 'corrupt',
      place: 'row 1',
      found: 'cell style',
    });
    expect(await cellsOf('<c s="9" t="inlineStr"><is><t>x</t></is></c><c s="9"/>')).toEqual(['x']);
  });
});

describe('other cells', () => {
  it('read as they are shown', async () => {
    const cells = [
      v('1', 0, 'b'),
      v('0', 0, 'b'),
      v('true', 0, 'b'),
      v('TRUE', 0, 'b'),
      v('-', 0, 'b'),
      v('#DIV/0!', 0, 'e'),
      v('1.0', 0),
      v('1E+3', 0),
      v('1e-7', 0),
      v('0.1', 0),
      v('0.30000000000000004', 0),
      v('abc', 0),
      v('7', 0, 'n'),
      v(' 8 ', 0),
    ];
    expect(await cellsOf(cells.join(''))).toEqual([
      'true',
      'false',
      'true',
      'true',
      '-',
      '#DIV/0!',
      '1',
      '1000',
      '0.0000001',
      '0.1',
      '0.3',
      'abc',
      '7',
      '8',
    ]);
  });

  it('of a prefix, with markup of other namespaces between them', async () => {
    const rows =
      '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is><x:extLst><x:ext><y:c xmlns:y="urn:y"/></x:ext></x:extLst></x:c></x:row>';
    expect(
      await cellsOf('', {
        sheetXml: `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>`,
      }),
    ).toEqual(['a']);
  });
});

describe('one long cell', () => {
  it('is cut and says so; the rows around it are read', async () => {
    const limits = { ...defaultSheetLimits, cellChars: 10 };
    const rows = await read(
      `<row r="1"><c r="A1" t="inlineStr"><is><t>0123456789</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>0123456789x</t></is></c><c t="s"><v>0</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>`,
      { strings: '<si><t>shared string</t></si>' },
      limits,
    );
    expect(rows).toEqual([
      { number: 1, cells: ['0123456789'] },
      {
        number: 2,
        cells: ['0123456789', 'shared str'],
        faults: [
          { column: 0, code: 'too_long' },
          { column: 1, code: 'too_long' },
        ],
      },
      { number: 3, cells: ['3'] },
    ]);
  });
});

describe('hidden rows', () => {
  it('say so by a word of their own, or by having no height', async () => {
    const row = (attributes: string) => `<row${attributes}>${v('1')}</row>`;
    const rows = await read(row(' hidden="1"') + row(' ht="0" customHeight="1"') + row(' ht="15"') + row(''));
    expect(rows.map(({ hidden = false }) => hidden)).toEqual([true, true, false, false]);
  });
});
