import { beforeAll, expect, it } from 'vitest';
import { pool } from '@/server/platform/db';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { type Cells, load, loadFixture, RIGHT, sheetOf } from './values-fixture';

withDatabase();

beforeAll(async () => {
  process.env.DEMO_PASSWORD = 'a long starting password';
  expect(await loadFixture()).toMatchObject({ code: null });
});

/** Nothing of it is visible. */
const NOTHING = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u200b',
  '\u200e\u200f',
  '\ufeff',
  '\u00ad',
  '\u2800',
  '\u3164',
  '\u202e\u202c',
  '\u{e0041}',
];
/** One character too long, and far too long. */
const long = (cap: number) => ['x'.repeat(cap + 1), 'ễ'.repeat(cap + 1), 'x'.repeat(1_000_000)];
const BAD_PHONES = [
  'O901234567',
  '09O1234567',
  '0901234567x',
  '0901234567 / 0912345678',
  '090123456',
  '٠٩٠١٢٣٤٥٦٧',
  '9.01E+08',
  '+84',
  '115',
  '0601234567',
];
const BAD_EMAILS = [
  'mai',
  'mai@',
  '@x.vn',
  'mai@x',
  'mai@x..vn',
  'mai @x.vn',
  'mai@x.vn, an@x.vn',
  'mai@@x.vn',
  '<mai@x.vn>',
  'mailto:mai@x.vn',
  'mãi@x.vn',
  'mai@x.vn;',
];
const BAD_RATES: [string, string][] = [
  ...['50.000', '12.345', '7,500'].map((rate): [string, string] => [rate, 'ambiguous_number']),
  ...['101', '100.5', '1000'].map((rate): [string, string] => [rate, 'over_limit']),
  ...['-1', '−5'].map((rate): [string, string] => [rate, 'negative_number']),
  ...['1O', '10 %%', 'mười', '1e1', 'NaN', '=10', '5.', '0x5'].map((rate): [string, string] => [rate, 'bad_number']),
  ['1.2345', 'too_many_decimals'],
];

type Case = [Cells, string];
const cases = (column: string, values: readonly string[], code: string): Case[] =>
  values.map((value) => [{ [column]: value }, `${column} ${code}`]);
const coded = (column: string, values: readonly [string, string][]): Case[] =>
  values.map(([value, code]) => [{ [column]: value }, `${column} ${code}`]);

const SHEETS: [string, Cells, Case[]][] = [
  [
    'branches.csv',
    RIGHT.branch,
    [
      ...['code', 'name_vi', 'name_en'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('code', long(20), 'too_long'),
      ...cases('name_vi', long(120), 'too_long'),
      ...cases('code', ['a|b', '|', '｜'], 'bad_code'),
      ...cases('code', ['S1HЕM001', 'ΑΒ1', '𝐀1', 'KÐ1', '검사'], 'lookalike_letter'),
    ],
  ],
  [
    'catalogue.csv',
    RIGHT.service,
    [
      ...['code', 'name_vi', 'name_en', 'kind', 'category'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('code', long(40), 'too_long'),
      ...cases('name_vi', long(200), 'too_long'),
      ...cases('category', long(60), 'too_long'),
      ...cases('kind', ['Xét nghiệm', 'tests', 'package ,', '1'], 'bad_choice'),
      ...cases('sex', ['nam', 'x', 'F', 'male|female'], 'bad_choice'),
      ...cases('active', ['yes', '1', 'có', 'TRUE!'], 'bad_choice'),
      ...coded('min_age', [
        ['-1', 'negative_number'],
        ['151', 'over_limit'],
        ['18+', 'bad_number'],
        ['18.5', 'too_many_decimals'],
        ['1e1', 'bad_number'],
      ]),
      ...coded('max_age', [
        ['999', 'over_limit'],
        ['６O', 'bad_number'],
      ]),
    ],
  ],
  [
    'customers.csv',
    RIGHT.customer,
    [
      ...['code', 'name'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('name', long(200), 'too_long'),
      ...cases('tax_code', long(30), 'too_long'),
      ...cases('email', BAD_EMAILS, 'bad_email'),
      ...cases('phone', BAD_PHONES, 'bad_phone'),
      ...cases('phone', ['#N/A'], 'formula_error'),
      ...cases('tier', ['gold', 'vip', 'VIP 1', 'svip3', '1'], 'bad_choice'),
    ],
  ],
  [
    'doctors.csv',
    RIGHT.doctor,
    [
      ...['code', 'name'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('name', long(200), 'too_long'),
      ...cases('email', BAD_EMAILS, 'bad_email'),
      ...cases('phone', BAD_PHONES, 'bad_phone'),
      ...cases('phone', ['#N/A'], 'formula_error'),
      ...cases('language', ['vn', 'Tiếng Việt', 'fr'], 'bad_choice'),
      ...coded('tax_rate', BAD_RATES),
      ...cases('plan', ['x'.repeat(41)], 'too_long'),
    ],
  ],
  [
    'tills.csv',
    RIGHT.till,
    [
      ...['branch', 'code', 'name'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('code', long(20), 'too_long'),
    ],
  ],
  [
    'users.csv',
    { email: 'mai@x.vn', name: 'Mai', role: 'cashier', branch: 'Q1', language: 'vi' },
    [
      ...['email', 'name', 'role'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('email', BAD_EMAILS, 'bad_email'),
      ...cases('role', ['admin', 'root', 'cashier;administrator', 'thu ngân'], 'bad_choice'),
      ...cases('name', long(120), 'too_long'),
    ],
  ],
  [
    'organisation.csv',
    RIGHT.organisation,
    [
      ...['name_vi', 'name_en'].flatMap((column) => cases(column, NOTHING, 'required')),
      ...cases('currency', ['XBA', 'VN', '$', 'BTC', 'VNÐ', 'đô'], 'bad_currency'),
      ...cases('time_zone', ['Hà Nội', 'UTC+7', 'Asia/Hanoi City', 'GMT+7'], 'bad_time_zone'),
      ...cases('address', long(300), 'too_long'),
      ...coded(
        'cashier_discount_limit',
        BAD_RATES.filter(([rate]) => rate !== '1.2345'),
      ),
      ...coded('withholding_threshold', [
        ['2.000.000,5', 'too_many_decimals'],
        ['-1', 'negative_number'],
        ['2tr', 'bad_number'],
      ]),
    ],
  ],
];

it.each(SHEETS)(
  'every hostile or clumsy cell of %s is named with its own code, and nothing is written',
  async (file, right, rows) => {
    const before = await businessContent();
    const outcome = await load({
      [file]: sheetOf(
        right,
        rows.map(([cells]) => cells),
      ),
    });
    expect(outcome.cells).toEqual(rows.map(([, problem], at) => `${at + 2} ${problem}`));
    expect(outcome.code).toBe('bad_rows');
    expect(await businessContent()).toEqual(before);
  },
);

it('has more than 60 values a kind, all in all', () => {
  expect(SHEETS.flatMap(([, , rows]) => rows).length).toBeGreaterThan(300);
});

it.each<[string, Cells, Cells[], string[]]>([
  [
    'branches.csv',
    RIGHT.branch,
    [{ code: 'Đ1' }, { code: 'Đ1'.normalize('NFD') }, { code: 'Đ1\u00a0' }],
    ['3 code duplicate_code', '4 code duplicate_code'],
  ],
  ['catalogue.csv', RIGHT.service, [{ code: 'ễ1' }, { code: '\u200be\u0302\u03031' }], ['3 code duplicate_code']],
  [
    'catalogue.csv',
    RIGHT.service,
    [{ code: 'PK', kind: 'package', components: 'CBC|NONE' }],
    ['2 components unknown_service'],
  ],
  [
    'catalogue.csv',
    RIGHT.service,
    [{ components: 'GLU' }, { code: 'PK', kind: 'package', components: 'PK' }],
    ['2 components only_packages', '3 components holds_itself'],
  ],
  ['catalogue.csv', RIGHT.service, [{ min_age: '40', max_age: '20' }], ['2 max_age ages_crossed']],
  ['customers.csv', RIGHT.customer, [{}, {}], ['3 code duplicate_code']],
  [
    'doctors.csv',
    RIGHT.doctor,
    [{}, { plan: 'NONE' }, { code: 'B2', plan: 'NONE' }],
    ['3 plan unknown_plan', '4 plan unknown_plan', '3 code duplicate_code'],
  ],
  [
    'tills.csv',
    RIGHT.till,
    [{}, { branch: 'NONE' }, { name: 'x' }],
    ['3 branch unknown_branch', '4 code duplicate_code'],
  ],
  ['organisation.csv', RIGHT.organisation, [{}, { name_vi: 'B' }], ['3 name_vi one_row_only']],
])('%s whose rows do not agree is refused by row: %#', async (file, right, rows, cells) => {
  const before = await businessContent();
  const outcome = await load({ [file]: sheetOf(right, rows) });
  expect([...outcome.cells].sort()).toEqual([...cells].sort());
  expect(await businessContent()).toEqual(before);
});

it('one wrong cell in the last file of a folder, and none of its files is written', async () => {
  const before = await businessContent();
  const outcome = await load({
    'branches.csv': sheetOf(RIGHT.branch, [{ code: 'NEW' }]),
    'customers.csv': sheetOf(RIGHT.customer, [{ code: 'NEW' }]),
    'doctors.csv': sheetOf(RIGHT.doctor, [{ code: 'NEW', phone: 'O901234567' }]),
  });
  expect(outcome).toMatchObject({ code: 'bad_rows', cells: ['2 phone bad_phone'] });
  expect(await businessContent()).toEqual(before);
});

it.each([
  ['no sheet of orders', 'ngày,tiền\n1,2\n', 'columns_missing'],
  ['none of its rows', `${Object.keys(RIGHT.order).join(',')}\n`, 'sheet_no_rows'],
  ['a quote that never closes', `${sheetOf(RIGHT.order, [{}])}"R2,Q1\n`, 'sheet_open_quote'],
])('orders.csv holds %s, and none of the files beside it is written', async (_, orders, code) => {
  const before = await businessContent();
  const outcome = await load({
    'branches.csv': sheetOf(RIGHT.branch, [{ code: `NEW${code.length}` }]),
    'orders.csv': orders,
  });
  expect(outcome).toMatchObject({ code });
  expect(await businessContent()).toEqual(before);
});

it('what is typed in two ways is one: names, codes, phones and e-mails are kept once', async () => {
  const typed: Cells = {
    code: '\ufeffＫＨ９\u00a0',
    name: '  Công\u00a0ty\u200b  Ánh '.normalize('NFD'),
    tier: 'VIP1',
    tax_code: '０３１２３４５６７８',
    email: ' Lan.An@X.VN\u200b',
    phone: '+84\u00a028 3811.2233',
  };
  expect(await load({ 'customers.csv': sheetOf(RIGHT.customer, [typed]) })).toMatchObject({ code: null });
  const { rows } = await pool().query(
    `SELECT code, name, tier, tax_code, email, phone FROM customer WHERE code = 'KH9'`,
  );
  expect(rows).toEqual([
    {
      code: 'KH9',
      name: 'Công ty Ánh',
      tier: 'vip1',
      tax_code: '0312345678',
      email: 'lan.an@x.vn',
      phone: '+842838112233',
    },
  ]);
  const once = await businessContent();
  expect(await load({ 'customers.csv': sheetOf(RIGHT.customer, [{ ...typed, code: 'KH9' }]) })).toMatchObject({
    code: null,
  });
  expect(await businessContent()).toEqual(once);
});
