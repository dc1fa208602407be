import { describe, expect, it } from 'vitest';
import { defaultSheetLimits, type ReadSheetOptions } from './port';
import { readSheet } from './read-sheet';
import { giveBackProcess, takeProcess } from './sheet-processes';
import { workbookParts, zipOf } from './zip-fixture';

const { heapMb } = defaultSheetLimits;

const csv = (rows: number) =>
  Buffer.from(`ref,note\n${Array.from({ length: rows }, (_, index) => `${index},ghi chú ${index}`).join('\n')}`);

async function count(source: string | Uint8Array, options?: ReadSheetOptions): Promise<number> {
  const sheet = await readSheet(source, options);
  let rows = 0;
  for await (const batch of sheet.batches) rows += batch.length;
  return rows;
}

describe('readSheet', () => {
  it('gives the header, then every row in order', async () => {
    const sheet = await readSheet(csv(1_234));
    expect(sheet).toMatchObject({ format: 'csv', sheetName: null, header: { number: 1, cells: ['ref', 'note'] } });
    const numbers: number[] = [];
    for await (const batch of sheet.batches) numbers.push(...batch.map((row) => row.number));
    expect(numbers).toEqual(Array.from({ length: 1_234 }, (_, index) => index + 2));
  });

  it('can be left early, and closed twice', async () => {
    const sheet = await readSheet(csv(5_000));
    for await (const batch of sheet.batches) {
      expect(batch).toHaveLength(500);
      break;
    }
    await sheet.close();
    await sheet.close();
  });

  it('reads a workbook whose rows are asked for slowly', async () => {
    const rows = Array.from(
      { length: 2_600 },
      (_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="str"><v>n${index}</v></c></row>`,
    );
    const sheet = await readSheet(zipOf(workbookParts({ sheets: [{ name: 'S', rows: rows.join('') }] })));
    let last: string | null | undefined = null;
    for await (const batch of sheet.batches) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      last = batch.at(-1)?.cells[0];
    }
    expect(last).toBe('n2599');
  });

  it('reads small sheets one after another in one process, and none in one that failed, was left or grew', async () => {
    const waiting = () => {
      const child = takeProcess(heapMb);
      giveBackProcess(child, heapMb);
      return child.pid;
    };
    const isKeptBy = async (read: () => Promise<unknown>) => {
      await count(csv(3));
      const before = waiting();
      await read();
      return waiting() === before;
    };
    const large = Buffer.from(`ref,note\n${`1,${'x'.repeat(30_000)}\n`.repeat(2_500)}`);
    expect(await isKeptBy(() => count(csv(700)))).toBe(true);
    expect(await isKeptBy(async () => (await readSheet(csv(5_000))).close())).toBe(false);
    expect(await isKeptBy(() => count(Buffer.from('a,b\n1,"open')).catch(() => {}))).toBe(false);
    expect(await isKeptBy(() => count(large))).toBe(false);
  });

  it('keeps a process that another reads in, whoever closes the sheet before', async () => {
    const first = await readSheet(csv(3));
    for await (const batch of first.batches) expect(batch).toHaveLength(3);
    const second = await readSheet(csv(1_200));
    await first.close();
    let rows = 0;
    for await (const batch of second.batches) rows += batch.length;
    expect(rows).toBe(1_200);
  });

  it('fails midway with the place', async () => {
    await expect(count(Buffer.concat([csv(2_000), Buffer.from('\n1,"open')]))).rejects.toMatchObject({
      code: 'corrupt',
      place: 'row 2002',
    });
  });

  it.each([
    ['empty', Buffer.alloc(0), {}],
    ['empty', Buffer.from('\n,,\n'), {}],
    ['no_header', Buffer.from('1,2,2026-10-01\n3,4,5\n'), {}],
    ['too_large', csv(10), { limits: { fileBytes: 10 } }],
    ['too_many_rows', csv(10), { limits: { rows: 9 } }],
    ['not_a_spreadsheet', Buffer.from('%PDF-1.4'), {}],
  ])('refuses with %s', async (code, bytes, options) => {
    await expect(count(bytes, options)).rejects.toMatchObject({ name: 'SheetError', code });
  });

  it('survives a file that exhausts the reader’s memory', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `"${String(row).repeat(300)}ế"`);
    const bytes = Buffer.from(`ref\n${rows.join('\n')}`);
    await expect(count(bytes, { limits: { heapMb: 8 } })).rejects.toMatchObject({ code: 'too_large', found: 'memory' });
    expect(await count(csv(3))).toBe(3);
  });

  it('reads a stream of bytes, and reports its error', async () => {
    const bytes = csv(5_000);
    const stream = (pieces: Iterable<Uint8Array>) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece);
          controller.close();
        },
      });
    const halves = [bytes.subarray(0, 1_001), bytes.subarray(1_001)];
    const sheet = await readSheet({ bytes: bytes.length, content: stream(halves) });
    const numbers: number[] = [];
    for await (const batch of sheet.batches) numbers.push(...batch.map((row) => row.number));
    expect(numbers).toHaveLength(5_000);
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new Error('the disk is gone'));
      },
    });
    await expect(readSheet({ bytes: 10, content: broken })).rejects.toThrow('the disk is gone');
  });

  it('passes on the system’s error for a file that is not there', async () => {
    await expect(readSheet('/no/such/file.csv')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
