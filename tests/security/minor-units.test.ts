import { expect, it } from 'vitest';
import { rowsOf, rowsPastGuards, withDatabase } from '../integration/database';
import { load, loadFixture, RIGHT, sheetOf, upload } from './values-fixture';

withDatabase();

const organisation = (cells: Record<string, string>) => ({ 'organisation.csv': sheetOf(RIGHT.organisation, [cells]) });
const cardOf = (price: string, currency: string) =>
  sheetOf({ ...RIGHT.card, rate_card: 'MỚI', scope: 'branch:Q1', currency, price }, [{}]);

it('a dong has no decimals, and what people write as such is none', async () => {
  await loadFixture();
  expect(await upload('rate-cards', cardOf('45.000,00', 'VND'), { 'dry-run': true })).toMatchObject({ cells: [] });
  expect(await load(organisation({ withholding_threshold: '2.000.000,00' }))).toMatchObject({ code: null });
});

it.each(['1250.00', '1,250.00', '1.250,0', '12.00'])(
  'an amount of a currency with decimals is not read as cents where it is written %s',
  async (written) => {
    for (const table of ['rate_card_item', 'rate_card_version', 'rate_card'])
      await rowsPastGuards(`DELETE FROM ${table}`);
    await rowsPastGuards("UPDATE organisation SET currency = 'USD'");
    const cents = { code: 'bad_rows', cells: ['2 price minor_units'] };
    expect((await upload('rate-cards', cardOf(written, 'USD'), { 'dry-run': true })).cells).toEqual(cents.cells);
    expect((await upload('rate-cards', cardOf(written, 'USD'))).cells).toEqual(cents.cells);
    expect(await load({ 'rate-cards.csv': cardOf(written, 'USD') })).toMatchObject(cents);
    const plan = {
      ...RIGHT.plan,
      plan: 'USD',
      kind: 'fixed',
      value: written,
      cap_per_line: written,
      band_from: '0.00',
    };
    expect(await load({ 'commission-plans.csv': sheetOf(plan, [{}]) })).toMatchObject({
      code: 'bad_rows',
      cells: expect.arrayContaining(['2 value minor_units', '2 cap_per_line minor_units', '2 band_from minor_units']),
    });
    expect(await load(organisation({ currency: 'USD', withholding_threshold: written }))).toMatchObject({
      code: 'bad_rows',
      cells: ['2 withholding_threshold minor_units'],
    });
    expect(await load(organisation({ withholding_threshold: '2.000.000,00', currency: 'USD' }))).toMatchObject({
      cells: ['2 withholding_threshold minor_units'],
    });
  },
);

it('a percentage keeps its decimals, and cents are taken as they are', async () => {
  expect(
    await load({ 'commission-plans.csv': sheetOf({ ...RIGHT.plan, plan: 'P2', value: '7.50' }, [{}]) }),
  ).toMatchObject({
    code: null,
  });
  expect(await upload('rate-cards', cardOf('1,250', 'USD'))).toMatchObject({ cells: [] });
  expect(await rowsOf('SELECT price FROM rate_card_item')).toEqual([{ price: '1250' }]);
});
