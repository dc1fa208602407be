import { utils, write } from '@e965/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../integration/database';
import { type Cells, DRY, loadFixture, loadWarnings, RIGHT, run, sheetOf } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

type Said = { row: number; column?: string; code: string; file?: string }[];
const codes = (said: Said = []) => said.map(({ row, column, code }) => [row, column, code].filter(Boolean).join(' '));

/** What is refused and what is warned of, as the command line prints it. */
async function orders(content: string | Buffer, flags: Record<string, true> = DRY) {
  const { answer } = await run('upload orders', content, flags);
  const { errors, warnings } = answer as { errors: Said; warnings?: Said };
  return { errors: codes(errors), warnings: codes(warnings) };
}

async function rateCards(text: string) {
  const { answer } = await run('upload rate-cards', text, DRY);
  const { errors, warnings } = answer as { errors: Said; warnings?: Said };
  return { errors: codes(errors), warnings: codes(warnings) };
}

const order = (...rows: Cells[]) => sheetOf(RIGHT.order, rows);
const TITLES = Object.keys(RIGHT.order);

describe('cells under a merged one are refused: what the area says counted for its first row alone', () => {
  const cells = (change: Cells) => TITLES.map((title) => ({ ...RIGHT.order, ...change })[title as 'note'] ?? '');
  const merged = (bookType: 'xlsx' | 'biff8', ...areas: string[]): Buffer => {
    const rows = [
      cells({ external_ref: 'M1', discount_percent: '50', doctor_code: 'BS' }),
      cells({ external_ref: 'M2' }),
    ];
    const sheet = utils.aoa_to_sheet([['TỔNG HỢP'], [], TITLES, ...rows]);
    sheet['!merges'] = areas.map((area) => utils.decode_range(area));
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Sheet1');
    return Buffer.from(write(book, { type: 'buffer', bookType }));
  };
  const at = (column: string) => utils.encode_col(TITLES.indexOf(column));

  it.each(['xlsx', 'biff8'] as const)('%s', async (type) => {
    const [doctor, discount] = [at('doctor_code'), at('discount_percent')];
    expect(await orders(merged(type, 'A1:M1', `${doctor}4:${doctor}5`, `${discount}4:${discount}5`))).toEqual({
      errors: ['5 doctor_code merged_cell', '5 discount_percent merged_cell'],
      warnings: [],
    });
    expect(await orders(merged(type, `${at('payment')}5:${at('note')}5`))).toEqual({
      errors: ['5 note merged_cell'],
      warnings: [],
    });
    expect((await orders(merged(type, 'A1:M2'))).errors).toEqual([]);
  });
});

describe('days that may have day and month changed are refused', () => {
  it('where a column has days with the month first, those that can be read both ways', async () => {
    const days = ['10/05/2026', '10/25/2026', '10/10/2026', '2026-10-05'];
    const rows = days.map((ordered_at, at) => ({ external_ref: `D${at}`, ordered_at }));
    expect((await orders(order(...rows))).errors).toEqual(['2 ordered_at day_or_month', '3 ordered_at bad_date']);
  });

  it('also where marks of direction stand before the parts, as a desktop shows days of files', async () => {
    const days = ['\u200e10/\u200e05/\u200e2026', '\u200e10/\u200e25/\u200e2026', '１０／０５／２０２６'];
    const rows = days.map((ordered_at, at) => ({ external_ref: `M${at}`, ordered_at }));
    expect((await orders(order(...rows))).errors).toEqual([
      '2 ordered_at day_or_month',
      '3 ordered_at bad_date',
      '4 ordered_at day_or_month',
    ]);
    const from = ['\u200e10/\u200e05/\u200e2027', '\u200e10/\u200e25/\u200e2027'];
    const prices = from.map((valid_from, at) => ({ rate_card: `LRM${at}`, valid_from }));
    expect((await rateCards(sheetOf(RIGHT.card, prices))).errors).toEqual([
      '2 valid_from day_or_month',
      '3 valid_from bad_day',
    ]);
  });

  it('but not for one slip among days that are written day first', async () => {
    const days = ['25/10/2026', '26/10/2026', '10/25/2026', '05/10/2026'];
    const rows = days.map((ordered_at, at) => ({ external_ref: `E${at}`, ordered_at }));
    expect((await orders(order(...rows))).errors).toEqual(['4 ordered_at bad_date']);
  });

  it('where a spreadsheet made real dates of the days up to the twelfth alone', async () => {
    const book = utils.book_new();
    const real = (day: string) => ({ t: 'd', v: new Date(`${day}T00:00:00Z`), z: 'dd/mm/yyyy' });
    const row = (external_ref: string, ordered_at: unknown) =>
      TITLES.map((title) => ({ ...RIGHT.order, external_ref, ordered_at })[title as 'note'] ?? '');
    const rows = [row('X1', real('2026-05-10')), row('X2', '25/10/2026'), row('X3', real('2026-06-10'))];
    utils.book_append_sheet(book, utils.aoa_to_sheet([TITLES, ...rows], { UTC: true }), 'Sheet1');
    const bytes = Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx', UTC: true } as never));
    expect((await orders(bytes)).errors).toEqual(['2 ordered_at swapped_day', '4 ordered_at swapped_day']);
  });

  it('also first and last days of prices and rules', async () => {
    const rows = [
      { valid_from: '10/25/2026', rate_card: 'A', scope: 'branch:Q3' },
      { valid_from: '10/05/2026', rate_card: 'B', scope: 'branch:Q1' },
    ];
    expect((await rateCards(sheetOf(RIGHT.card, rows))).errors).toEqual([
      '2 valid_from bad_day',
      '3 valid_from day_or_month',
    ]);
    const plans = sheetOf(RIGHT.plan, [{ valid_from: '10/25/2026' }, { plan: 'Q', valid_from: '10/05/2026' }]);
    await expect(loadWarnings({ 'commission-plans.csv': plans })).rejects.toMatchObject({
      problems: [
        { row: 2, code: 'bad_day' },
        { row: 3, code: 'day_or_month', params: { first: '2' } },
      ],
    });
  });
});

describe('what is right and perhaps meant otherwise is warned of by row', () => {
  it('a tax rate, a percent and a limit of 0.1 where 10 % was meant', async () => {
    expect(
      await loadWarnings({
        'organisation.csv': sheetOf({ ...RIGHT.organisation, cashier_discount_limit: '0.1' }, [{}]),
        'commission-plans.csv': sheetOf({ ...RIGHT.plan, plan: 'TENTH' }, [
          { value: '0.1' },
          { category: 'imaging', value: '0.1%' },
        ]),
        'doctors.csv': sheetOf({ ...RIGHT.doctor, code: 'TENTH' }, [{ tax_rate: '0,1' }]),
      }),
    ).toEqual([
      'organisation.csv 2 cashier_discount_limit small_share',
      'commission-plans.csv 2 value small_share',
      'doctors.csv 2 tax_rate small_share',
    ]);
    expect(
      await loadWarnings({
        'organisation.csv': sheetOf({ ...RIGHT.organisation, cashier_discount_limit: '10' }, [{}]),
      }),
    ).toEqual([]);
  });

  it('a price of a folder that is none, or too small', async () => {
    const rows: Cells[] = [{ price: '0' }, { service_code: 'GLU', price: '45' }];
    expect(
      await loadWarnings({
        'rate-cards.csv': sheetOf({ ...RIGHT.card, rate_card: 'ODD', scope: 'customer:KH' }, rows),
      }),
    ).toEqual(['rate-cards.csv 2 price zero_price', 'rate-cards.csv 3 price small_price']);
  });

  it('an amount of a rule that is a percent, or lacks three noughts', async () => {
    const plan = sheetOf({ ...RIGHT.plan, plan: 'FEW' }, [
      { kind: 'fixed', value: '10' },
      { category: 'imaging', cap_per_line: '50' },
    ]);
    expect(await loadWarnings({ 'commission-plans.csv': plan })).toEqual([
      'commission-plans.csv 2 value small_amount',
      'commission-plans.csv 3 cap_per_line small_amount',
    ]);
  });

  it('a tax code without its nought in front', async () => {
    const rows = [
      { code: 'K1', tax_code: '317654321' },
      { code: 'K2', tax_code: '0317654321' },
    ];
    expect(await loadWarnings({ 'customers.csv': sheetOf(RIGHT.customer, rows) })).toEqual([
      'customers.csv 2 tax_code short_tax_code',
    ]);
  });

  it('an end that leaves out one day before the next begins', async () => {
    const october = { rate_card: 'Q3-10', scope: 'branch:Q3', valid_from: '2026-10-01', valid_to: '2026-10-31' };
    const november = { rate_card: 'Q3-11', scope: 'branch:Q3', valid_from: '2026-11-01' };
    expect((await rateCards(sheetOf(RIGHT.card, [october, november]))).warnings).toEqual(['2 valid_to day_gap']);
    expect(await loadWarnings({ 'rate-cards.csv': sheetOf(RIGHT.card, [october]) })).toEqual([]);
    expect((await rateCards(sheetOf(RIGHT.card, [november]))).warnings).toEqual(['2 valid_from day_gap']);
    const whole = { ...november, valid_from: '2026-10-31' };
    expect((await rateCards(sheetOf(RIGHT.card, [whole]))).warnings).toEqual([]);
    const plans = (...rows: Cells[]) => ({ 'commission-plans.csv': sheetOf({ ...RIGHT.plan, plan: 'GAP' }, rows) });
    expect(await loadWarnings(plans({ valid_to: '2026-10-31' }))).toEqual([]);
    expect(await loadWarnings(plans({ valid_from: '2026-11-01', value: '12' }))).toEqual([
      'commission-plans.csv 2 valid_from day_gap',
    ]);
  });

  it('references of one customer that differ only in capitals', async () => {
    const rows: Cells[] = [
      { external_ref: 'AB-1', customer_code: 'KH', payment: 'account' },
      { external_ref: 'ab-1', customer_code: 'KH', payment: 'account', patient_name: 'Trần Bình' },
      { external_ref: 'Ab-1', patient_name: 'Phạm Chi' },
    ];
    expect(await orders(order(...rows))).toEqual({ errors: [], warnings: ['3 similar_ref'] });
    await orders(order(rows[0] ?? {}), {});
    expect(await orders(order(rows[1] ?? {}, rows[2] ?? {}))).toEqual({ errors: [], warnings: ['2 similar_ref'] });
  });

  it('one order under two references', async () => {
    const rows: Cells[] = [
      { external_ref: 'TWIN-1', service_codes: 'CBC|GLU' },
      { external_ref: 'TWIN-2', service_codes: 'CBC|GLU' },
      { external_ref: 'TWIN-3', service_codes: 'CBC' },
      { external_ref: 'TWIN-4', service_codes: 'CBC|GLU', ordered_at: '2026-02-02' },
    ];
    expect(await orders(order(...rows))).toEqual({ errors: [], warnings: ['3 same_order'] });
    await orders(order(rows[0] ?? {}), {});
    const late = [rows[1] ?? {}, rows[2] ?? {}, rows[3] ?? {}];
    expect(await orders(order(...late))).toEqual({ errors: [], warnings: ['2 same_order'] });
  });

  it('a patient who is known with the other sex', async () => {
    const who = { patient_name: 'Võ An', patient_phone: '0907654321' };
    const rows: Cells[] = [
      { ...who, external_ref: 'S1', service_codes: 'CBC' },
      { ...who, external_ref: 'S2', service_codes: 'GLU', patient_sex: 'male' },
    ];
    expect(await orders(order(...rows))).toEqual({ errors: [], warnings: ['3 other_sex'] });
    await orders(order(rows[0] ?? {}), {});
    expect(await orders(order(rows[1] ?? {}))).toEqual({ errors: [], warnings: ['2 other_sex'] });
  });

  it('a name without a letter, of markup, or with a birth long before anybody living', async () => {
    const rows: Cells[] = [
      { external_ref: 'L1', patient_name: '0901234567' },
      { external_ref: 'L2', patient_name: 'Nguy&#7877;n An' },
      { external_ref: 'L3', patient_name: 'Trần Ba', patient_dob: '1900-02-05' },
      { external_ref: 'L4', patient_name: 'Trần Tư', patient_dob: '1912-02-05' },
      { external_ref: 'L5', patient_name: '김민수' },
      { external_ref: 'L6', patient_name: 'Nguy\u0435n An' },
    ];
    expect(await orders(order(...rows))).toEqual({
      errors: [],
      warnings: ['2 no_letter', '3 garbled_name', '4 old_birth', '6 other_script', '7 other_script'],
    });
  });

  it('a day that can be read both ways beside AM or PM', async () => {
    const days = [
      '2/1/2026 9:00 PM',
      '13/1/2026 9:00 PM',
      '2/2/2026 9:00 PM',
      '2/1/2026 9:30 CH',
      '\u200e2/\u200e1/\u200e2026 \u200e8:00 PM',
      '7:00 PM 2/1/2026',
    ];
    const rows = days.map((ordered_at, at) => ({ external_ref: `H${at}`, ordered_at }));
    expect(await orders(order(...rows))).toEqual({ errors: [], warnings: ['2 am_pm', '6 am_pm', '7 am_pm'] });
  });

  it('one order under two references, whatever else is odd about either', async () => {
    const days = ['2/1/2026 9:00 PM', '2/1/2026 21:00', '2/1/2026 9:00 PM'];
    const rows = days.map((ordered_at, at) => ({ external_ref: `V${at}`, ordered_at }));
    expect((await orders(order(...rows))).warnings).toEqual(['2 am_pm', '3 same_order', '4 same_order']);
  });

  it('names of doctors, customers and services that have lost letters, or have none', async () => {
    const said = await loadWarnings({
      'catalogue.csv': sheetOf({ ...RIGHT.service, code: 'ODD' }, [{ name_vi: 'C«ng thøc m¸u' }]),
      'customers.csv': sheetOf({ ...RIGHT.customer, code: 'ODD' }, [{ name: 'Công ty A &amp; B' }]),
      'doctors.csv': sheetOf({ ...RIGHT.doctor, code: 'ODD' }, [
        { name: 'Nguy?n V?n' },
        { code: 'ODD2', name: '12' },
        { code: 'ODD3', name: 'Иван' },
      ]),
    });
    expect(said).toEqual([
      'catalogue.csv 2 name_vi legacy_font',
      'customers.csv 2 name garbled_name',
      'doctors.csv 2 name garbled_name',
      'doctors.csv 3 name no_letter',
      'doctors.csv 4 name other_script',
    ]);
  });

  it('a rule for a service beside the category of others', async () => {
    const rows: Cells[] = [
      { category: 'imaging', service_code: 'CBC' },
      { category: '*', service_code: 'GLU' },
      { category: 'hematology', service_code: 'LIP' },
    ];
    expect(await loadWarnings({ 'commission-plans.csv': sheetOf({ ...RIGHT.plan, plan: 'BESIDE' }, rows) })).toEqual([
      'commission-plans.csv 2 category other_category',
    ]);
  });
});
