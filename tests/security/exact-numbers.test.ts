import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { loadCommands } from '@/server/cli/load';
import { uploadCommands } from '@/server/cli/upload';
import { systemActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { oneOf } from '../integration/till-fixture';
import { loadFixture, RIGHT } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

type Typed = Record<string, string | number | { t: 'n'; v: number; z: string }>;

/** A workbook as a library writes it, its numbers as numbers. */
function bookOf(right: Typed, changed: Typed, bookType: 'xlsx' | 'biff8'): Buffer {
  const row = { ...right, ...changed };
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([Object.keys(row), Object.values(row)]), 'Sheet1');
  return Buffer.from(write(book, { type: 'buffer', bookType }));
}

async function inFile<T>(name: string, bytes: Buffer, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'exact-'));
  try {
    writeFileSync(path.join(folder, name), bytes);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const actor = systemActor('portal');
const uploaded = (kind: 'orders' | 'rate-cards', bytes: Buffer) =>
  inFile('sheet.xlsx', bytes, async (folder) => {
    const run = uploadCommands[`upload ${kind}`]?.run;
    const answer = await run?.({ positional: [path.join(folder, 'sheet.xlsx')], flags: { 'dry-run': true } }, actor);
    const { errors } = answer as { errors: { row: number; column: string; code: string }[] };
    return errors.map(({ row, column, code }) => `${row} ${column} ${code}`);
  });
const loaded = (file: string, bytes: Buffer) =>
  inFile(file, bytes, (folder) =>
    Promise.resolve(loadCommands.load?.run({ positional: [folder], flags: {} }, actor)).then(
      () => null,
      ({ code }: { code: string }) => code,
    ),
  );

it.each(['xlsx', 'biff8'] as const)('the number 45.125 of a workbook is no price of 45,125 (%s)', async (type) => {
  expect(await uploaded('rate-cards', bookOf(RIGHT.card, { price: 45.125 }, type))).toEqual([
    '2 price too_many_decimals',
  ]);
  expect(
    await uploaded(
      'rate-cards',
      bookOf(RIGHT.card, { rate_card: 'NEW', price: 45_125, valid_from: '2026-02-01' }, type),
    ),
  ).toEqual([]);
});

it.each(['xlsx', 'biff8'] as const)('a number of three decimals is that percentage (%s)', async (type) => {
  for (const discount of [12.345, { t: 'n' as const, v: 0.12345, z: '0.000%' }])
    expect(await uploaded('orders', bookOf(RIGHT.order, { discount_percent: discount }, type))).toEqual([]);
  expect(await loaded('doctors.csv', bookOf(RIGHT.doctor, { code: `D-${type}`, tax_rate: 7.125 }, type))).toBeNull();
  expect(await oneOf('SELECT tax_rate::text AS rate FROM doctor WHERE code = $1', [`D-${type}`])).toEqual({
    rate: '7.125',
  });
  const plan = { ...RIGHT.plan, plan: `P-${type}` };
  expect(await loaded('commission-plans.csv', bookOf(plan, { value: 7.125 }, type))).toBeNull();
  expect(
    await loaded('commission-plans.csv', bookOf({ ...plan, plan: 'F' }, { kind: 'fixed', value: 50.125 }, type)),
  ).toBe('bad_rows');
});

it('and stays the text that it is where a text is wanted', async () => {
  expect(await loaded('doctors.csv', bookOf(RIGHT.doctor, { code: 'D-T', name: 1.234 }, 'xlsx'))).toBeNull();
  expect(await oneOf("SELECT name FROM doctor WHERE code = 'D-T'")).toEqual({ name: '1.234' });
});

const as = (v: number, z: string) => ({ t: 'n' as const, v, z });

it.each(['xlsx', 'biff8'] as const)(
  'an amount beside the sign of another unit is refused, as it is in a text (%s)',
  async (type) => {
    const priced = (z: string) =>
      uploaded(
        'rate-cards',
        bookOf(RIGHT.card, { rate_card: 'UNIT', price: as(1_500, z), valid_from: '2026-03-01' }, type),
      );
    for (const z of ['"$"#,##0.00', '[$$-409]#,##0.00', '[$USD]\\ #,##0', '0"%"'])
      expect(await priced(z), z).toEqual(['2 price bad_number']);
    for (const z of ['#,##0" đ"', '#,##0\\ [$₫-42A]', '"VND "#,##0', '#,##0']) expect(await priced(z), z).toEqual([]);
    for (const z of ['#,##0" đ"', '"$"#,##0'])
      expect(await uploaded('orders', bookOf(RIGHT.order, { discount_percent: as(50, z) }, type)), z).toEqual([
        '2 discount_percent bad_discount',
      ]);
    expect(await uploaded('orders', bookOf(RIGHT.order, { discount_percent: as(10, '0"%"') }, type))).toEqual([]);
  },
);

it.each(['xlsx', 'biff8'] as const)(
  'a code that the spreadsheet made a day or a decimal number of is asked for again (%s)',
  async (type) => {
    for (const reference of [as(46_082, 'd-mmm'), as(46_082, 'mmm-yy'), as(2026.1, '0.00')])
      expect(await uploaded('orders', bookOf(RIGHT.order, { external_ref: reference }, type))).toEqual([
        '2 external_ref changed_text',
      ]);
    expect(await loaded('doctors.csv', bookOf(RIGHT.doctor, { code: as(46_082, 'd-mmm') }, type))).toBe('bad_rows');
    expect(await uploaded('rate-cards', bookOf(RIGHT.card, { rate_card: as(2026.1, '0.00') }, type))).toEqual([
      '2 rate_card changed_text',
    ]);
    const days = { ordered_at: as(46_082.5, 'dd/mm/yyyy hh:mm'), patient_dob: as(32_874, 'dd/mm/yyyy') };
    expect(await uploaded('orders', bookOf(RIGHT.order, { ...days, external_ref: 4711 }, type))).toEqual([]);
  },
);

it('a figure that is seen as another one is used as it is, with a word', async () => {
  const said = (kind: 'orders' | 'rate-cards', bytes: Buffer) =>
    inFile('sheet.xlsx', bytes, async (folder) => {
      const run = uploadCommands[`upload ${kind}`]?.run;
      const answer = await run?.({ positional: [path.join(folder, 'sheet.xlsx')], flags: { 'dry-run': true } }, actor);
      return ((answer as { warnings?: { code: string }[] }).warnings ?? []).map(({ code }) => code);
    });
  const discounted = (discount: number | object) =>
    bookOf(RIGHT.order, { discount_percent: discount as number }, 'xlsx');
  expect(await said('orders', discounted(as(0.125, '0%')))).toContain('rounded_figure');
  expect(await said('orders', discounted(as(7.5, '0')))).toContain('rounded_figure');
  expect(await said('orders', discounted(7.5))).not.toContain('rounded_figure');
});
