import { beforeAll, describe, expect, it } from 'vitest';
import { previewRateCards } from '@/server/modules/sales/pricing/public/preview-rate-cards';
import { publishRateCards } from '@/server/modules/sales/pricing/public/publish-rate-cards';
import { systemActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import type { RowsRefused } from '@/server/platform/errors';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { type Cells, DRY, load, loadFixture, RIGHT, sheetOf, upload } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

const sheet = (rows: readonly Cells[]) => sheetOf(RIGHT.card, rows);

/** What the dry run says of rows, and what publishing them does: the same cells are refused, and nothing is written. */
async function expectSame(rows: readonly Cells[], cells: readonly string[]) {
  const given = rows.map((row, at) => ({ row: at + 2, cells: { ...RIGHT.card, ...row } }));
  const { errors, fitting } = await previewRateCards({ rows: given });
  expect(errors.map(named).sort()).toEqual([...cells].sort());
  const before = await businessContent();
  const refused = await publishRateCards({ actor: systemActor('portal'), rows: fitting }).catch(
    (error: unknown) => error,
  );
  expect((refused as RowsRefused).problems.map(named).sort()).toEqual([...cells].sort());
  expect(await businessContent()).toEqual(before);
}

const named = ({ row, column, code }: { row: number; column: string; code: string }) => `${row} ${column} ${code}`;

/** Refused with the same cells by the dry run, the real run and the folder, and nothing written by any. */
async function expectRefused(text: string, cells: readonly string[]) {
  const before = await businessContent();
  expect((await upload('rate-cards', text, DRY)).cells).toEqual(cells);
  expect((await upload('rate-cards', text)).cells).toEqual(cells);
  expect(await load({ 'rate-cards.csv': text })).toMatchObject({ code: 'bad_rows', cells });
  expect(await businessContent()).toEqual(before);
}

describe('a rate card whose rows do not agree is refused by row', () => {
  it.each<[string, Cells[], string[]]>([
    [
      'a row in US dollars among dong: 5 USD were 5 đ for everybody',
      [{}, { service_code: 'GLU', currency: 'USD', price: '5' }],
      ['3 currency other_currency'],
    ],
    ['a whole card in dollars', [{ currency: 'USD' }], ['2 currency other_currency']],
    ['another scope', [{}, { service_code: 'GLU', scope: 'branch:Q1' }], ['3 scope differs_in_card']],
    [
      'another scope in a later version',
      [{ valid_to: '2026-06-01' }, { valid_from: '2026-06-01', scope: 'tier:vip1' }],
      ['3 scope differs_in_card'],
    ],
    ['two ends for one start', [{}, { service_code: 'GLU', valid_to: '2026-06-01' }], ['3 valid_to two_ends']],
    [
      'versions that overlap in the sheet',
      [{ valid_to: '2026-06-01' }, { valid_from: '2026-05-31' }],
      ['3 valid_from overlap_in_sheet'],
    ],
    ['an open version before another', [{}, { valid_from: '2026-06-01' }], ['3 valid_from overlap_in_sheet']],
    ['a service twice', [{}, { price: '46000' }], ['3 service_code duplicate_service']],
    [
      'a service twice, once with a space nobody sees',
      [{}, { service_code: 'CBC\u00a0' }],
      ['3 service_code duplicate_service'],
    ],
    ['an unknown service', [{ service_code: 'NONE' }], ['2 service_code unknown_service']],
    ['an unknown branch', [{ scope: 'branch:NONE' }], ['2 scope unknown_scope']],
    ['an unknown customer', [{ scope: 'customer:NONE' }], ['2 scope unknown_scope']],
    ['an end before its start', [{ valid_to: '2025-12-31' }], ['2 valid_to ends_before_start']],
    ['an end on its start', [{ valid_to: '2026-01-01' }], ['2 valid_to ends_before_start']],
    [
      'a version that overlaps a published one',
      [{ rate_card: 'CHUNG', valid_from: '2026-05-01' }],
      ['2 valid_from rate_card_overlap'],
    ],
    [
      'a published card under another scope',
      [{ rate_card: 'CHUNG', scope: 'tier:vip1' }],
      ['2 rate_card rate_card_scope_differs'],
    ],
    [
      'a published version with another end',
      [{ rate_card: 'CHUNG', valid_to: '2026-06-01' }],
      ['2 valid_to rate_card_differs'],
    ],
    ['a published version with another price', [{ rate_card: 'CHUNG', price: '1' }], ['2 price rate_card_differs']],
  ])('%s', (_, rows, cells) => expectSame(rows, cells));
});

const PRICES: [string, string][] = [
  ...['-1', '-45000', '−45.000'].map((price): [string, string] => [price, 'negative_number']),
  ...['1000000001', '99999999999', '1.000.000.001', '123456789012345'].map((price): [string, string] => [
    price,
    'over_limit',
  ]),
  ...['7.5', '45000,5', '45.000,05', '0,5', '45000.001'].map((price): [string, string] => [price, 'too_many_decimals']),
  ...['1.000,000', '1,000.000'].map((price): [string, string] => [price, 'ambiguous_number']),
  ...['', ' ', '\u200b', '\u00a0'].map((price): [string, string] => [price, 'required']),
  ...['#REF!', '#N/A', 'Err:502'].map((price): [string, string] => [price, 'formula_error']),
  ...[
    'abc',
    '45k',
    '45O00',
    'l5000',
    '4.5e4',
    '1e5',
    '0x1F',
    '٤٥',
    '45 USD',
    '$45',
    '45000$',
    '=45000',
    '(45000)',
    '+45000',
  ].map((price): [string, string] => [price, 'bad_number']),
  ...[
    '0901234567',
    '045',
    '4.50.00',
    '1.23.456',
    '45..000',
    '45.',
    '.45',
    '45;000',
    '45_000',
    '45 00',
    'đ',
    '45/2',
    '½',
    'NaN',
    'null',
  ].map((price): [string, string] => [price, 'bad_number']),
];
const CURRENCIES = [
  'XBA',
  'VN',
  'VNDD',
  'V N D',
  'VNÐ',
  '$',
  'US$',
  '€',
  'đô la',
  'dollar',
  'BTC',
  'DEM',
  '704',
  'VND USD',
  'ВНД',
  'XAU',
  'k',
  '1',
  'null',
  '-',
];
const SCOPES = [
  'All of them',
  'branch',
  'branch:',
  'branch:Q1:Q3',
  'tier:gold',
  'tier',
  'customer:',
  'everybody',
  'branch: Q1',
  'toàn bộ',
  '*',
  'tier:vip1,vip2',
];
const DAYS = [
  '2026-13-01',
  '2026-02-30',
  '1/13/2026',
  '1/1/26',
  '01-01/2026',
  '2026 01 01',
  '46023',
  'hôm nay',
  '0000-01-01',
  '1799-12-31',
  '20260101',
  '2026-01-01T08:30',
  '32/01/2026',
  '2026-01-01 → 2026-02-01',
];

it('every hostile or clumsy cell of a sheet is named with its own code, at every entry point', async () => {
  const rows: [Cells, string][] = [
    ...PRICES.map(([price, code]): [Cells, string] => [{ price }, `price ${code}`]),
    ...CURRENCIES.map((currency): [Cells, string] => [{ currency }, 'currency bad_currency']),
    ...SCOPES.map((scope): [Cells, string] => [{ scope }, 'scope bad_scope']),
    ...DAYS.map((valid_from): [Cells, string] => [{ valid_from }, 'valid_from bad_day']),
    ...DAYS.map((valid_to): [Cells, string] => [{ valid_to }, 'valid_to bad_day']),
    ...['', ' ', '\u2800', '\u202e'].map((rate_card): [Cells, string] => [{ rate_card }, 'rate_card required']),
    [{ rate_card: 'x'.repeat(61) }, 'rate_card too_long'],
    [{ rate_card: 'x'.repeat(100_000) }, 'rate_card too_long'],
    [{ service_code: '\ufeff' }, 'service_code required'],
    [{ service_code: 'x'.repeat(41) }, 'service_code too_long'],
  ];
  expect(rows.length).toBeGreaterThan(100);
  await expectRefused(
    sheet(rows.map(([cells]) => cells)),
    rows.map(([, problem], at) => `${at + 2} ${problem}`),
  );
});

it('a currency is read from its written forms: vnd, VNĐ, đ and đồng are published as VND', async () => {
  const forms = [
    'VND',
    'vnd',
    'VNĐ',
    'vnđ',
    'đ',
    '₫',
    'đồng',
    'Đồng'.normalize('NFD'),
    ' VND\u00a0',
    'Ｖnd',
    'V\u200bND',
    '',
  ];
  const text = sheet(forms.map((currency, at) => ({ rate_card: `F${at}`, currency, scope: 'tier:vip1' })));
  expect(await upload('rate-cards', text)).toEqual({ code: null, cells: [], message: '' });
  const { rows } = await pool().query<{ currency: string }>('SELECT DISTINCT currency::text FROM rate_card');
  expect(rows).toEqual([{ currency: 'VND' }]);
});

it('prices are read by the one rule: 45.000, 45,000, 45 000 and 45.000,00 đ are one price', async () => {
  const forms = [
    '45000',
    '45.000',
    '45,000',
    '45 000',
    '45\u00a0000',
    "45'000",
    '45.000,00',
    '45,000.00',
    '45.000 đ',
    '45.000 VNĐ',
    '４５０００',
  ];
  const text = sheet(forms.map((price, at) => ({ rate_card: `N${at}`, scope: 'tier:svip2', price })));
  expect(await upload('rate-cards', text)).toMatchObject({ code: null, cells: [] });
  const { rows } = await pool().query<{ price: string }>(
    `SELECT DISTINCT i.price::text AS price FROM rate_card_item i JOIN rate_card_version v ON v.id = i.version_id
     JOIN rate_card c ON c.id = v.rate_card_id WHERE c.code LIKE 'N%'`,
  );
  expect(rows).toEqual([{ price: '45000' }]);
});

describe('the database itself', () => {
  it.each(['vnd', 'VN', 'XBA', 'ABC', '   ', 'USD', 'DEM'])('stores no card in %j', async (currency) => {
    await expect(
      pool().query(`INSERT INTO rate_card (code, scope, currency) VALUES ('DB-' || $1, 'all', $1)`, [currency]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('keeps the currency of the organisation once there are prices', async () => {
    await expect(pool().query(`UPDATE organisation SET currency = 'USD'`)).rejects.toMatchObject({ code: '23514' });
    expect(await load({ 'organisation.csv': sheetOf(RIGHT.organisation, [{ currency: 'USD' }]) })).toMatchObject({
      code: 'bad_rows',
      cells: ['2 currency currency_in_use'],
    });
  });

  it('stores no price below nothing or beyond a billion', async () => {
    for (const price of ['-1', '1000000001'])
      await expect(
        pool().query(
          `WITH v AS (INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, '2099-01-01' FROM rate_card LIMIT 1 RETURNING id)
           INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, $1 FROM v, service s LIMIT 1`,
          [price],
        ),
      ).rejects.toMatchObject({ code: '23514' });
  });
});
