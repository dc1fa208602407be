import { buffer, text } from 'node:stream/consumers';
import { read, utils } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { type WorkbookCell, writeXlsx } from './write-xlsx';

async function* each(rows: WorkbookCell[][]) {
  yield* rows;
}

// An independent reader: what it finds is what a spreadsheet shows.
async function written(headers: string[], rows: WorkbookCell[][], title = 'Đơn') {
  const book = read(await buffer(writeXlsx(title, headers, each(rows))), {
    cellNF: true,
    cellText: true,
    cellDates: false,
  });
  const [name = ''] = book.SheetNames;
  const sheet = book.Sheets[name] ?? {};
  return {
    name,
    sheet,
    values: utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true }),
    shown: utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false }),
  };
}

async function partOf(book: Buffer, name: string): Promise<string> {
  const zip = await yauzl.fromBufferPromise(book, { lazyEntries: true, autoClose: false });
  for await (const entry of zip.eachEntry())
    if (entry.fileName === name) return text(await zip.openReadStreamPromise(entry));
  return '';
}

describe('a workbook that is written', () => {
  it('holds text, numbers, days and moments as what they are', async () => {
    const cells: WorkbookCell[] = [
      '=1+1',
      { number: '450000', decimals: 0 },
      { number: '12.50', decimals: 2 },
      { number: '0.001', decimals: 3 },
      { clock: '2026-11-01' },
      { clock: '2026-11-01 09:05' },
      null,
      'x',
    ];
    const { values, shown } = await written(['a', 'b'], [cells]);
    expect(values[0]).toEqual(['a', 'b']);
    expect(values[1]).toEqual([
      '=1+1',
      450_000,
      12.5,
      0.001,
      new Date('2026-11-01T00:00:00Z'),
      new Date('2026-11-01T09:04:59.999Z'),
      undefined,
      'x',
    ]);
    expect(shown[1]).toEqual(['=1+1', '450,000', '12.50', '0.001', '01/11/2026', '01/11/2026 09:05', undefined, 'x']);
  });

  it('says of every row and cell where it stands, which some readers want', async () => {
    const wide: WorkbookCell[] = Array.from({ length: 28 }, (_, at) => (at === 1 ? null : `c${at}`));
    const book = await buffer(writeXlsx('S', ['h'], each([wide])));
    const sheet = await partOf(book, 'xl/worksheets/sheet1.xml');
    const places = [...sheet.matchAll(/<(?:row|c) r="([^"]+)"/g)].map(([, place]) => place);
    expect(places.slice(0, 6)).toEqual(['1', 'A1', '2', 'A2', 'B2', 'C2']);
    expect(places.slice(-3)).toEqual(['Z2', 'AA2', 'AB2']);
    expect(sheet.match(/<(?:row|c)[\s/>]/g)).toHaveLength(places.length);
  });

  it('keeps what XML would take as its own, spaces and lines, and leaves out what it cannot hold', async () => {
    const { values } = await written(
      ['<h> & "q"'],
      [['a < b & c > "d"'], ['  hai\nhàng '], ['_x0041_ _x003D_1'], ['x\u0000\u0007\uFFFEy\uD800z'], ['🩸']],
    );
    expect(values).toEqual([
      ['<h> & "q"'],
      ['a < b & c > "d"'],
      ['  hai\nhàng '],
      ['_x0041_ _x003D_1'],
      ['xyz'],
      ['🩸'],
    ]);
  });

  it('has a name that a spreadsheet takes', async () => {
    expect((await written(['a'], [], 'A/B:C*[D]?\\ một tên dài hơn ba mươi mốt chữ')).name).toHaveLength(31);
    expect((await written(['a'], [], '')).name).toBe('Sheet1');
  });

  it('ends in an error where its rows do', async () => {
    async function* broken(): AsyncGenerator<WorkbookCell[]> {
      yield ['a'];
      throw new Error('the database is away');
    }
    await expect(buffer(writeXlsx('x', ['a'], broken()))).rejects.toThrow('the database is away');
  });

  it('is not begun before somebody reads it, and what fails in it fails for its reader alone', async () => {
    let begun = false;
    async function* failing(): AsyncGenerator<WorkbookCell[]> {
      begun = true;
      yield ['a'];
      throw new Error('the database is away');
    }
    const stream = writeXlsx('x', ['a'], failing());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(begun).toBe(false);
    await expect(buffer(stream)).rejects.toThrow('the database is away');
  });

  it('holds fifty thousand rows, written as they are read', async () => {
    let ahead = 0;
    async function* many(): AsyncGenerator<WorkbookCell[]> {
      for (let row = 0; row < 50_000; row += 1) {
        ahead = row;
        yield [`Q1-${row}`, { number: String(row), decimals: 0 }];
      }
    }
    const stream = writeXlsx('x', ['number', 'net'], many());
    const first = await new Promise<number>((resolve) => stream.once('readable', () => resolve(ahead)));
    expect(first).toBeLessThan(50_000 - 1);
    const book = read(await buffer(stream));
    expect(utils.sheet_to_json(book.Sheets.x ?? {}, { header: 1 })).toHaveLength(50_001);
  });
});
