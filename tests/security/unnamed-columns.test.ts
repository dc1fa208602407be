import { beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '@/server/cli/sentence';
import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';
import { columnsMissing } from '@/server/modules/intake/uploads/rules/refusals';
import { type ErrorParams, PortalError } from '@/server/platform/errors';
import { rowsOf, withDatabase } from '../integration/database';
import { DRY, load, loadFixture, RIGHT, run, sheetOf, upload } from './values-fixture';

withDatabase({ DEMO_PASSWORD: 'mot-mat-khau-rat-dai-2026' });

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

describe('a column that a file does not name leaves its values alone', () => {
  it('organisation.csv: threshold, limit, zone and address were set back', async () => {
    const whole = {
      ...{ ...RIGHT.organisation, time_zone: 'Asia/Bangkok', default_language: 'en' },
      ...{ withholding_threshold: '3000000', cashier_discount_limit: '7.5' },
    };
    expect(await load({ 'organisation.csv': sheetOf(whole, [{}]) })).toMatchObject({ code: null });
    const kept = () => rowsOf("SELECT to_jsonb(o) - 'updated_at' - 'name_en' AS facts FROM organisation o");
    const before = await kept();
    expect(await load({ 'organisation.csv': 'name_vi,name_en\nSapoche,Sapoche Labs\n' })).toMatchObject({ code: null });
    expect(await kept()).toEqual(before);
    expect(await rowsOf('SELECT name_en FROM organisation')).toEqual([{ name_en: 'Sapoche Labs' }]);
  });

  it('users.csv: branch and language were set back', async () => {
    const whole = { email: 'thu@x.vn', name: 'Thu', role: 'cashier', branch: 'Q1', language: 'en' };
    expect(await load({ 'users.csv': sheetOf(whole, [{}]) })).toMatchObject({ code: null });
    expect(await load({ 'users.csv': 'email,name,role\nthu@x.vn,Thu Ngân,cashier\n' })).toMatchObject({ code: null });
    expect(
      await rowsOf('SELECT u.name, u.language, b.code FROM app_user u LEFT JOIN branch b ON b.id = u.branch_id'),
    ).toEqual([{ name: 'Thu Ngân', language: 'en', code: 'Q1' }]);
  });
});

const said = (code: string, params: ErrorParams) => sentence(new PortalError('invalid', code, { params }));

const card = (changes: Record<string, string>) =>
  sheetOf({ ...RIGHT.card, rate_card: 'D', scope: 'branch:Q3' }, [changes]);

describe('one rule of dates for every sheet', () => {
  it.each([
    '1/3/2026',
    '01/03/2026',
    '2026-03-01',
    '1-3-2026',
    '1.3.2026',
    '2026/3/1',
    '01/03/2026 00:00',
    '2026-03-01T00:00:00',
  ])('%s is a first day, as it is the day of an order', async (day) => {
    const { answer } = await run('upload rate-cards', card({ valid_from: day }), DRY);
    expect(answer).toMatchObject({ errors: [], diff: [{ validFrom: '2026-03-01' }] });
    expect(
      await upload('orders', sheetOf(RIGHT.order, [{ external_ref: `D${day}`, ordered_at: day }]), DRY),
    ).toMatchObject({ cells: [] });
  });

  it.each(['3/13/2026', '1/3/26', '46082', '2026-03-01 08:30', '2026-02-30', '0026-03-01'])(
    '%s is none',
    async (day) => {
      expect((await upload('rate-cards', card({ valid_from: day }), DRY)).cells).toEqual(['2 valid_from bad_day']);
    },
  );
});

describe('what keeps a sheet from being read is said in the reader’s language', () => {
  it('an open quote by its row', async () => {
    const text = `${sheetOf(RIGHT.card, [{}])}"open,all,VND,2026-01-01,,CBC,1\n`;
    expect(await upload('rate-cards', text, DRY)).toMatchObject({ code: 'sheet_open_quote' });
    expect(await said('sheet_open_quote', { row: '3' })).toMatch(/^Ở dòng 3 có một dấu ngoặc kép/);
    const place = { place: 'row', row: '3' };
    expect(await said('sheet_corrupt', place)).toMatch(/ở dòng 3/);
    expect(await said('sheet_too_much_text', { ...place, limit: 1 })).toMatch(/đến dòng 3/);
  });

  it('a sheet of instructions before the prices by its name', () => {
    const refusal = columnsMissing(['price'], {
      ...{ titles: ['Hướng dẫn'], unknown: [], missing: [], duplicate: [] },
      sheet: { name: 'Hướng dẫn', others: ['Bảng giá'] },
    });
    expect(refusal).toMatchObject({ code: 'columns_missing_in_sheet', params: { others: 'Bảng giá' } });
  });
});

describe('figures that may be meant otherwise are said by row', () => {
  it.each([
    ['0', 'zero_price'],
    ['450.00', 'small_price'],
    ['999', 'small_price'],
  ])('a price of %s', async (price, code) => {
    const { answer } = await run('upload rate-cards', card({ price }), DRY);
    expect(answer).toMatchObject({
      errors: [],
      warnings: [{ row: 2, column: 'price', code, message: expect.stringMatching(/\S/) }],
    });
  });

  it('45.0000 may be 45.000 with a nought too many', async () => {
    expect((await upload('rate-cards', card({ price: '45.0000' }), DRY)).cells).toEqual(['2 price ambiguous_number']);
    expect((await upload('rate-cards', card({ price: '45000.0000' }), DRY)).cells).toEqual([]);
  });

  it('a rate card without a column for its end', async () => {
    const { answer } = await run(
      'upload rate-cards',
      'rate_card,scope,currency,valid_from,service_code,price\nE,branch:Q3,VND,2026-03-01,CBC,45000\n',
      DRY,
    );
    expect(answer).toMatchObject({ errors: [], warnings: [{ row: 1, column: 'valid_to', code: 'no_end' }] });
  });

  it('prices in rows that a filter hides, and cells under no title', async () => {
    const cells = (values: readonly string[]) =>
      values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('');
    const right = { ...RIGHT.card, rate_card: 'D', scope: 'branch:Q3' };
    const rows = `<row>${cells(Object.keys(right))}</row><row hidden="1">${cells([...Object.values(right), 'USD'])}</row>`;
    const book = zipOf(workbookParts({ sheets: [{ name: 'S', rows }] }));
    const { answer } = await run('upload rate-cards', book, DRY);
    expect(answer).toMatchObject({
      errors: [],
      warnings: [
        { row: 2, code: 'hidden_row' },
        { row: 2, code: 'untitled_cell' },
      ],
    });
  });

  it('a published version with another price is said once', async () => {
    const outcome = await upload(
      'rate-cards',
      sheetOf({ ...RIGHT.card, rate_card: 'CHUNG' }, [{ price: '46000' }]),
      DRY,
    );
    expect(outcome.cells).toEqual(['2 price rate_card_differs']);
  });
});
