import { utils, write } from '@e965/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { loadCommands } from '@/server/cli/load';
import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import { systemActor } from '@/server/platform/actor';
import { DRY, loadFixture, RIGHT, run, sheetOf, withFolder } from '../security/values-fixture';
import { withDatabase } from './database';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

const actor = systemActor('portal');
const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const rowOf = (cells: readonly string[]) => `<row>${cells.map(inline).join('')}</row>`;
const TITLES = Object.keys(RIGHT.order);
const data = rowOf(TITLES) + rowOf(Object.values(RIGHT.order));

async function headerOf(fileName: string, bytes: Buffer) {
  const content = (async function* () {
    yield bytes;
  })();
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName, content });
  return (await showUpload({ id })).header;
}

const workbook = (...sheets: { name: string; state?: string; rows: string }[]) => zipOf(workbookParts({ sheets }));

it('sheets beside the first are named, for nobody reads them', async () => {
  const book = workbook(
    { name: 'Tháng 10', rows: data },
    { name: 'Ẩn', state: 'hidden', rows: data },
    { name: 'Tháng 11', rows: data },
    { name: 'Sheet3', rows: '' },
  );
  expect((await headerOf('don.xlsx', book)).sheet).toEqual({ name: 'Tháng 10', others: ['Tháng 11'] });
});

it('also those of an old workbook', async () => {
  const book = utils.book_new();
  for (const name of ['A', 'B'])
    utils.book_append_sheet(book, utils.aoa_to_sheet([TITLES, Object.values(RIGHT.order)]), name);
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'C');
  const bytes = Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }));
  expect((await headerOf('don.xls', bytes)).sheet).toEqual({ name: 'A', others: ['B'] });
});

it('a cover before the sheet with the orders is distinguished from an empty file', async () => {
  const book = workbook({ name: 'Bìa', rows: rowOf(['BÁO CÁO']) }, { name: 'Đơn', rows: data });
  await expect(headerOf('don.xlsx', book)).rejects.toMatchObject({
    code: 'sheet_first_empty',
    params: { sheet: 'Bìa', others: 'Đơn' },
  });
});

it('rows of a table above the titles are named, a heading is none', async () => {
  const [first, second] = [sheetOf(RIGHT.order, [{}, {}]), sheetOf(RIGHT.order, [{}])];
  // One title of the upper table means nothing to us, so that the lower one is taken.
  const two = `${first.replace('patient_phone', 'SĐT của BN')}\n${second}`;
  const facts = await headerOf('don.csv', Buffer.from(two));
  expect([facts.row, facts.above]).toEqual([5, { from: 1, to: 3 }]);
  const headed = `PHÒNG KHÁM AN BÌNH\nDanh sách tháng 10,,Số 12\n\n${second}`;
  const plain = await headerOf('don.csv', Buffer.from(headed));
  expect([plain.row, plain.above]).toEqual([4, undefined]);
});

it('rows above the titles of rate cards and master data are warned of', async () => {
  const cards = `Mã bảng,Phạm vi,Từ ngày,Giá\nCŨ,all,2026-01-01,40000\n${sheetOf({ ...RIGHT.card, rate_card: 'D', scope: 'branch:Q1' }, [{}])}`;
  expect((await run('upload rate-cards', cards, DRY)).answer).toMatchObject({
    errors: [],
    warnings: [{ row: 3, code: 'rows_above', message: expect.stringContaining('1–2') }],
  });
  const customers = `Khách hàng,Tên,Hạng,Thuế\nKH9,Công ty Bình,vip1,0101\n${sheetOf(RIGHT.customer, [{}])}`;
  const loaded = await withFolder({ 'customers.csv': customers }, (folder) =>
    Promise.resolve(loadCommands.load?.run({ positional: [folder], flags: {} }, actor)),
  );
  expect(loaded).toMatchObject({
    customers: 1,
    warnings: [{ file: 'customers.csv', row: 1, code: 'rows_above', message: expect.stringContaining('1–2') }],
  });
});

it('a text file has no sheets', async () => {
  expect((await headerOf('don.csv', Buffer.from(sheetOf(RIGHT.order, [{}])))).sheet).toBeUndefined();
});

it('hidden columns that are read are named, in a workbook of either kind', async () => {
  const hidden = (bookType: 'xlsx' | 'biff8') => {
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([[...TITLES, 'Ghi nội bộ'], Object.values(RIGHT.order)]);
    sheet['!cols'] = [...TITLES, 'Ghi nội bộ'].map((title) => ({ hidden: /discount|nội bộ/.test(title) }));
    utils.book_append_sheet(book, sheet, 'A');
    return Buffer.from(write(book, { type: 'buffer', bookType, cellStyles: true }));
  };
  expect((await headerOf('don.xlsx', hidden('xlsx'))).hidden).toEqual(['discount_percent']);
  expect((await headerOf('don.xls', hidden('biff8'))).hidden).toEqual(['discount_percent']);
  expect((await headerOf('don.xlsx', workbook({ name: 'A', rows: data }))).hidden).toBeUndefined();
});
