import { describe, expect, it } from 'vitest';
import { openCsv } from './csv';
import { defaultSheetLimits, type SheetRow } from './port';

async function rowsOf(text: string, limits = defaultSheetLimits): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  await openCsv(Buffer.from(text), limits).each((row) => {
    rows.push(row);
    return undefined;
  });
  return rows;
}

const cellsOf = async (text: string) => (await rowsOf(text)).map((row) => row.cells);

describe('openCsv', () => {
  it.each([',', ';', '\t', '|'])('finds the separator %j, whatever the data holds', async (separator) => {
    const text = `${['ref', 'codes', 'note'].join(separator)}\n${['1', '"A|B|C;D,E\tF"', ''].join(separator)}`;
    expect(await cellsOf(text)).toEqual([
      ['ref', 'codes', 'note'],
      ['1', 'A|B|C;D,E\tF', null],
    ]);
  });

  it('takes no separator from a line above the titles', async () => {
    const text = 'Chi nhánh: Q1; tháng 2;;\n\nref,codes\n1,"A|B"\n';
    expect((await cellsOf(text)).slice(1)).toEqual([
      ['ref', 'codes'],
      ['1', 'A|B'],
    ]);
    expect((await cellsOf('Quận 1, tháng 2\nref;codes\n1;A|B\n2;A|B\n')).at(-1)).toEqual(['2', 'A|B']);
    expect(await cellsOf('ref;codes\n')).toEqual([['ref', 'codes']]);
  });

  it('counts a record once however many lines it spans, and blank rows too', async () => {
    const rows = await rowsOf('a,b\r\n1,"x\r\ny\nz"\r\n\r\n,\r\n2,w\r\n');
    expect(rows).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 2, cells: ['1', 'x\r\ny\nz'] },
      { number: 5, cells: ['2', 'w'] },
    ]);
  });

  it('reads a file that mixes line ends, and one with carriage returns alone', async () => {
    expect(await cellsOf('a,b\r\n1,2\n3,"4"\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(await cellsOf('a,b\r1,2\r')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    for (const mixed of ['a,b\r1,2\r\n3,4\r\n', 'a,b\r\n1,2\r3,4', 'a,b\n1,2\r3,4\r'])
      expect(await cellsOf(mixed)).toEqual([
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ]);
  });

  it('obeys the separator line that Excel writes and hides', async () => {
    expect(await rowsOf('sep=;\r\na;b,c\r\n')).toEqual([{ number: 1, cells: ['a', 'b,c'] }]);
  });

  it('keeps text as it is', async () => {
    expect(await cellsOf('ref,name\n0012, Lê  Minh \n=1+1,"5"" pipe"\n')).toEqual([
      ['ref', 'name'],
      ['0012', ' Lê  Minh '],
      ['=1+1', '5" pipe'],
    ]);
  });

  it('reads on over the edges of its windows and batches', async () => {
    const long = 'x'.repeat(700_000);
    const lines = Array.from({ length: 1_203 }, (_, index) => `${index},"${index % 400 === 0 ? `${long}\n` : ''}é"`);
    const rows = await rowsOf(`ref,note\n${lines.join('\n')}`, { ...defaultSheetLimits, cellChars: 1_000_000 });
    expect(rows).toHaveLength(1_204);
    expect(rows.every((row, index) => row.number === index + 1)).toBe(true);
    expect(rows.at(-1)?.cells).toEqual(['1202', 'é']);
    expect(rows[1]?.cells[1]).toBe(`${long}\né`);
  });

  describe('a quote that opens in one row and closes in a later one', () => {
    const titles = 'ref,branch,name,dob,services,note';
    const lines = (...rows: string[]) => [titles, ...rows].join('\n');

    it.each([
      [
        'in the same column, so that two rows make one that looks right',
        'A,Q3,"Trần B,1990-01-01,CBC,\nB,Q3,Phạm C",1991-01-01,GLU,',
      ],
      [
        'over several rows',
        'A,Q3,Lê A,1990-01-01,CBC,"tay trái\nB,Q3,Lê B,1990-01-01,CBC,\nC,Q3,Lê C,1990-01-01,CBC,màn 5"',
      ],
    ])('is named by its row instead of swallowing what follows: %s', async (_, swallowed) => {
      const reading = rowsOf(lines('Z,Q3,Lê Z,1990-01-01,CBC,', swallowed, 'D,Q3,Lê D,1990-01-01,CBC,'));
      await expect(reading).rejects.toMatchObject({ code: 'corrupt', place: 'row 3', found: 'quotes' });
    });

    it('is named in a narrow sheet as well', async () => {
      const branches = 'code,name_vi,name_en\nQ1,"Quận 1,District 1\nQ2,Quận 2",District 2\n';
      await expect(rowsOf(branches)).rejects.toMatchObject({ place: 'row 2', found: 'quotes' });
    });

    it('is none where a cell has lines and separators of its own', async () => {
      const cell = 'Sáng: CBC, GLU\nChiều: HbA1c, ure, creatinin; hẹn lại 2, 3, 4';
      expect((await cellsOf(lines(`A,Q3,Lê A,1990-01-01,CBC,"${cell}"`)))[1]?.[5]).toBe(cell);
    });
  });

  it('names the row of a quote that never closes instead of swallowing what follows', async () => {
    await expect(rowsOf('a,b\n1,2\n3,"4\n5,6\n')).rejects.toMatchObject({ code: 'corrupt', place: 'row 3' });
  });

  it('has no row of nothing visible: the sign that ended files of old, a mark that an editor left', async () => {
    expect(await cellsOf('a,b\n1,2\n\u200b,\u2060\n\x1a')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('refuses what is not text and what is too wide', async () => {
    await expect(async () => rowsOf('a,b\n1,\0')).rejects.toMatchObject({ code: 'not_a_spreadsheet' });
    await expect(rowsOf('a,b,c\n', { ...defaultSheetLimits, columns: 2 })).rejects.toMatchObject({
      code: 'too_many_columns',
      place: 'row 1',
    });
  });
});
