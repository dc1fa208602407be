import { beforeAll, describe, expect, it } from 'vitest';
import { planProblems } from '@/server/modules/referral/commission/rules';
import { planRow } from '@/server/modules/referral/commission/schema';
import { pool } from '@/server/platform/db';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { type Cells, load, loadFixture, RIGHT, sheetOf } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

const sheet = (rows: readonly Cells[]) => sheetOf(RIGHT.plan, rows);

const known = {
  services: new Map([
    ['CBC', 'hematology'],
    ['XR', 'imaging'],
  ]),
  categories: new Set(['hematology', 'imaging']),
  rules: [planRow.parse({ ...RIGHT.plan, plan: 'OLD', valid_from: '2025-01-01' })],
};
const problemsOf = (rows: readonly Cells[]) =>
  planProblems(
    rows.map((row, at) => ({ row: at + 2, value: planRow.parse({ ...RIGHT.plan, ...row }) })),
    known,
  ).map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('a set of rules that makes no sense is refused by row', () => {
  it.each<[string, Cells[], string[]]>([
    [
      'percent and fixed mixed: commission was 433 times the revenue',
      [{}, { kind: 'fixed', value: '433000', band_from: '5000' }],
      ['3 kind mixed_kinds'],
    ],
    ['two rows for one band', [{}, { value: '12' }], ['3 band_from duplicate_band']],
    [
      'two rows for one band, typed in two ways',
      [{ band_from: '' }, { band_from: '0' }],
      ['3 band_from duplicate_band'],
    ],
    [
      'two rows for one band, 5.000.000 and 5000000',
      [{}, { band_from: '5.000.000' }, { band_from: '5000000' }],
      ['4 band_from duplicate_band'],
    ],
    ['a first band that is not from 0', [{ band_from: '1000000' }], ['2 band_from band_gap']],
    ['bands without a first', [{ band_from: '1000000' }, { band_from: '2000000' }], ['2 band_from band_gap']],
    [
      'a fixed amount with bands',
      [
        { kind: 'fixed', value: '1000' },
        { kind: 'fixed', value: '2000', band_from: '5' },
      ],
      ['3 band_from fixed_has_bands'],
    ],
    ['an unknown category', [{ category: 'Hematology' }], ['2 category unknown_category']],
    ['a category with a space inside', [{ category: 'hema tology' }], ['2 category unknown_category']],
    ['an unknown service', [{ service_code: 'cbc' }], ['2 service_code unknown_service']],
    ['an end before its start', [{ valid_to: '2025-12-31' }], ['2 valid_to ends_before_start']],
    ['an end on its start', [{ valid_to: '2026-01-01' }], ['2 valid_to ends_before_start']],
    ['two ends for one start', [{}, { band_from: '5', valid_to: '2026-06-01' }], ['3 valid_to two_ends']],
    [
      'a set with an end that overlaps the next',
      [{ valid_to: '2026-06-02' }, { valid_from: '2026-06-01' }],
      ['3 valid_from plan_overlap'],
    ],
    [
      'the same in another order',
      [{ valid_from: '2026-06-01' }, { valid_to: '2026-06-02' }],
      ['2 valid_from plan_overlap'],
    ],
    [
      'a service under two categories at once',
      [
        { service_code: 'CBC', category: 'hematology' },
        { service_code: 'CBC', value: '5' },
      ],
      ['3 band_from duplicate_band'],
    ],
    [
      'a rule in force with another value',
      [{ plan: 'OLD', valid_from: '2025-01-01', value: '11' }],
      ['2 value rule_differs'],
    ],
    [
      'a rule in force with another end',
      [{ plan: 'OLD', valid_from: '2025-01-01', valid_to: '2026-01-01' }],
      ['2 value rule_differs'],
    ],
    [
      'a rule in force with another kind',
      [{ plan: 'OLD', valid_from: '2025-01-01', kind: 'fixed' }],
      ['2 value rule_differs'],
    ],
    [
      'a band for a set in force, of another kind',
      [{ plan: 'OLD', valid_from: '2025-01-01', kind: 'fixed', band_from: '9' }],
      ['2 kind mixed_kinds'],
    ],
  ])('%s', (_, rows, problems) => expect(problemsOf(rows)).toEqual(problems));

  it.each<[string, Cells[]]>([
    ['bands from 0', [{}, { band_from: '5000000', value: '12' }, { band_from: '15000000', value: '15' }]],
    ['bands in any order', [{ band_from: '5000000', value: '12' }, {}]],
    [
      'an open set before the next: a rule never changes, so that ends it',
      [{}, { valid_from: '2026-06-01', value: '11' }],
    ],
    ['a set with an end and the next on that day', [{ valid_to: '2026-06-01' }, { valid_from: '2026-06-01' }]],
    [
      'another category, another service',
      [{}, { category: 'imaging' }, { service_code: 'CBC', kind: 'fixed', value: '5000' }],
    ],
    ['a rule that is in force already', [{ plan: 'OLD', valid_from: '2025-01-01', value: '10,0' }]],
    ['0 and 100 percent', [{ value: '0' }, { plan: 'Q', value: '100' }]],
  ])('%s is right', (_, rows) => expect(problemsOf(rows)).toEqual([]));
});

const PERCENTS: [string, string][] = [
  ...pairs('over_limit', ['101', '100.5', '100,0001', '433000', '1000', '1.000.000', '10000000000', '433 000']),
  ...pairs('ambiguous_number', ['50.000', '7,500', '12.345', '100.000', '1.000']),
  ...pairs('negative_number', ['-1', '-0.5', '−10', '-100']),
  ...pairs('too_many_decimals', ['1.23456', '0.00001', '33.333333']),
  ...pairs('required', ['', ' ', '\u200b', '\u00a0\u202f']),
  ...pairs('bad_number', [
    'mười',
    '10 %%',
    '5..5',
    '1e1',
    '٥',
    '1O',
    '½',
    'NaN',
    '5-10',
    '5/100',
    '=10',
    '.5',
    '5.',
    '+5',
    'x',
    '10 phần trăm',
    '007',
    '5‰',
  ]),
];
const FIXED: [string, string][] = [
  ...pairs('over_limit', ['1000000001', '99999999999']),
  ...pairs('negative_number', ['-20000', '-20.000']),
  ...pairs('too_many_decimals', ['7.5', '20000,5', '0.5']),
  ...pairs('bad_number', ['20k', '20.00.0', '20%', '0901234567', 'hai chục']),
];
function pairs(code: string, values: string[]): [string, string][] {
  return values.map((value) => [value, code]);
}

it('every hostile or clumsy cell of a sheet of plans is named with its own code, and nothing is written', async () => {
  const rows: [Cells, string][] = [
    ...PERCENTS.map(([value, code]): [Cells, string] => [{ value }, `value ${code}`]),
    ...FIXED.map(([value, code]): [Cells, string] => [{ kind: 'fixed', value }, `value ${code}`]),
    ...FIXED.map(([cap_per_line, code]): [Cells, string] => [
      { cap_per_line: cap_per_line.replace('%', 'x') },
      `cap_per_line ${code}`,
    ]),
    ...pairs('bad_choice', ['percentage', '%', 'tiền', 'fixed amount', 'none', '1']).map(
      ([kind, code]): [Cells, string] => [{ kind }, `kind ${code}`],
    ),
    ...pairs('bad_day', ['2026-02-30', '1/13/2026', '46023', 'mai', '2026']).map(
      ([valid_from, code]): [Cells, string] => [{ valid_from }, `valid_from ${code}`],
    ),
    [{ plan: '\u2060' }, 'plan required'],
    [{ plan: 'x'.repeat(41) }, 'plan too_long'],
    [{ plan: 'a|b' }, 'plan bad_code'],
    [{ category: '' }, 'category required'],
    [{ category: 'x'.repeat(61) }, 'category too_long'],
    [{ band_from: '-1' }, 'band_from negative_number'],
    [{ band_from: '7.5' }, 'band_from too_many_decimals'],
    [{ band_from: '1000000000001' }, 'band_from over_limit'],
  ];
  expect(rows.length).toBeGreaterThan(80);
  const before = await businessContent();
  expect(await load({ 'commission-plans.csv': sheet(rows.map(([cells]) => cells)) })).toMatchObject({
    code: 'bad_rows',
    cells: rows.map(([, problem], at) => `${at + 2} ${problem}`),
  });
  expect(await businessContent()).toEqual(before);
});

it('a sheet of plans names its rows as it stands, whole sets and all, and is written whole or not at all', async () => {
  const before = await businessContent();
  const text = sheet([
    {},
    { kind: 'fixed', value: '433000', band_from: '5' },
    { plan: 'Q', band_from: '9' },
    { plan: 'R', category: 'x' },
  ]);
  expect(await load({ 'commission-plans.csv': text })).toMatchObject({
    code: 'bad_rows',
    cells: ['3 kind mixed_kinds', '4 band_from band_gap', '5 category unknown_category'],
  });
  expect(await businessContent()).toEqual(before);
  const right = sheet([
    {},
    { band_from: '5.000.000', value: '12,5' },
    { category: 'imaging', kind: 'Fixed', value: '20.000 đ' },
  ]);
  expect(await load({ 'commission-plans.csv': right })).toMatchObject({ code: null });
  const { rows } = await pool().query(
    `SELECT r.kind, trim_scale(r.value)::text AS value, r.band_from::text AS band FROM commission_rule r JOIN commission_plan p ON p.id = r.plan_id
     WHERE p.code = 'P' ORDER BY r.kind, r.band_from`,
  );
  expect(rows).toEqual([
    { kind: 'fixed', value: '20000', band: '0' },
    { kind: 'percent', value: '10', band: '0' },
    { kind: 'percent', value: '12.5', band: '5000000' },
  ]);
  const once = await businessContent();
  expect(await load({ 'commission-plans.csv': right })).toMatchObject({ code: null });
  expect(await businessContent()).toEqual(once);
});

describe('the database itself stores no rule', () => {
  const insert = (rules: string) =>
    pool().query(
      `WITH p AS (INSERT INTO commission_plan (code) VALUES (gen_random_uuid()::text) RETURNING id)
       INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, kind, value, band_from)
       SELECT p.id, f::date, t::date, '*', k, v, b FROM p, (VALUES ${rules}) x (f, t, k, v, b)`,
    );

  it.each([
    ['over 100 percent', `('2026-01-01', NULL, 'percent', 101, 0)`],
    ['below 0', `('2026-01-01', NULL, 'percent', -1, 0)`],
    ['of a fraction of the smallest coin', `('2026-01-01', NULL, 'fixed', 1.5, 0)`],
    ['of a fixed amount from a band on', `('2026-01-01', NULL, 'fixed', 1, 5)`],
    [
      'of two kinds in one set',
      `('2026-01-01', NULL, 'percent', 10, 0), ('2026-01-01', NULL, 'percent', 10, 5), ('2026-01-01', NULL, 'fixed', 10, 0)`,
    ],
    ['without a band from 0', `('2026-01-01', NULL, 'percent', 10, 5)`],
    ['with two ends', `('2026-01-01', NULL, 'percent', 10, 0), ('2026-01-01', '2026-02-01', 'percent', 10, 5)`],
    [
      'that overlaps one with an end',
      `('2026-01-01', '2026-02-01', 'percent', 10, 0), ('2026-01-15', NULL, 'percent', 10, 0)`,
    ],
  ])('%s', async (_, rules) => {
    await expect(insert(rules)).rejects.toMatchObject({ code: expect.stringMatching(/^23(514|505)$/) });
  });

  it('but any that is right, its bands in any order', async () => {
    await expect(
      insert(`('2026-01-01', NULL, 'percent', 10, 5), ('2026-01-01', NULL, 'percent', 10, 0)`),
    ).resolves.toBeDefined();
    await expect(
      insert(`('2026-01-01', NULL, 'percent', 10, 0), ('2026-02-01', NULL, 'fixed', 10, 0)`),
    ).resolves.toBeDefined();
  });
});
