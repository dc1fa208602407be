import { describe, expect, it } from 'vitest';
import { bandsFor, earnings, type KnownPlans, planProblems, type Rule, type Sale, takenFirst } from './rules';
import { type PlanRow, planRow } from './schema';

const sale = (parts: Partial<Sale> = {}): Sale => ({
  id: 'a',
  settledAt: 1,
  day: '2026-10-05',
  ref: 'R',
  position: 1,
  serviceId: 'cbc',
  category: 'blood',
  net: 1_000_000n,
  ...parts,
});
const rule = (id: string, parts: Partial<Rule> = {}): Rule => ({
  id,
  validFrom: '2026-01-01',
  validTo: null,
  category: '*',
  serviceId: null,
  kind: 'percent',
  value: '10',
  bandFrom: 0n,
  cap: null,
  ...parts,
});
const idsOf = (bands: readonly { id: string }[]) => bands.map(({ id }) => id);

describe('the turn of a sale', () => {
  it('is by moment, then reference in code units, then position', () => {
    const sales = [
      sale({ id: 'last', settledAt: 2, ref: 'A', position: 1 }),
      sale({ id: 'small', ref: 'b', position: 1 }),
      sale({ id: 'second', ref: 'B', position: 2 }),
      sale({ id: 'first', ref: 'B', position: 1 }),
    ];
    const turns = ['first', 'second', 'small', 'last'];
    expect(idsOf([...sales].sort(takenFirst))).toEqual(turns);
    expect(idsOf([...sales].reverse().sort(takenFirst))).toEqual(turns);
  });
});

describe('the rules of a sale', () => {
  const general = rule('general');
  const blood = rule('blood', { category: 'blood' });
  const own = rule('own', { category: 'whatever', serviceId: 'cbc' });

  it('are those for its service, else for its category, else for all; never another’s', () => {
    const others = [rule('imaging', { category: 'imaging' }), rule('mri', { category: 'blood', serviceId: 'mri' })];
    const all = [...others, rule('mri-all', { serviceId: 'mri' }), general, blood, own];
    expect(idsOf(bandsFor(sale(), all))).toEqual(['own']);
    expect(
      idsOf(
        bandsFor(
          sale(),
          all.filter((one) => one !== own),
        ),
      ),
    ).toEqual(['blood']);
    expect(idsOf(bandsFor(sale(), [...others, general]))).toEqual(['general']);
    expect(bandsFor(sale(), others)).toEqual([]);
  });

  it('are those in force on its day, the first included and the last not', () => {
    const during = (validFrom: string, validTo: string | null) => [rule('one', { validFrom, validTo })];
    const inForce = [during('2026-10-05', null), during('2026-10-04', '2026-10-06')].map((rules) =>
      bandsFor(sale(), rules),
    );
    expect(inForce.map(idsOf)).toEqual([['one'], ['one']]);
    for (const rules of [during('2026-10-06', null), during('2026-10-01', '2026-10-05')])
      expect(bandsFor(sale(), rules)).toEqual([]);
  });

  it('are the bands of the set that began last, the lowest first, and of two from one day the one that ends later', () => {
    const set = (id: string, validFrom: string, validTo: string | null) =>
      [5n, 0n, 9n].map((bandFrom) => rule(`${id}${bandFrom}`, { validFrom, validTo, bandFrom }));
    const before = set('before', '2026-01-01', null);
    const after = set('after', '2026-10-01', null);
    const short = set('short', '2026-10-01', '2026-12-01');
    for (const rules of [
      [...before, ...short, ...after],
      [...after, ...short, ...before],
    ])
      expect(idsOf(bandsFor(sale(), rules))).toEqual(['after0', 'after5', 'after9']);
    expect(idsOf(bandsFor(sale(), [...short, ...before]))).toEqual(['short0', 'short5', 'short9']);
  });
});

describe('what sales earn', () => {
  const bands = [
    rule('low', { value: '10', cap: 500_000n }),
    rule('high', { value: '20', bandFrom: 1_000_000n, cap: 150_000n }),
  ];
  const earned = (sales: Sale[], rules: Rule[]) =>
    earnings(sales, rules).map(({ id, commission, parts }) => [
      id,
      commission,
      parts.map((one) => `${one.ruleId} ${one.part}`),
    ]);

  it('goes by what was sold before in the month under the same rules, in the turn of the sales', () => {
    const sales = [
      sale({ id: 'third', settledAt: 3, net: 1n }),
      sale({ id: 'first', settledAt: 1, net: 600_000n }),
      sale({ id: 'second', settledAt: 2, net: 600_000n }),
    ];
    expect(earned(sales, bands)).toEqual([
      ['first', 60_000n, ['low 600000']],
      ['second', 80_000n, ['low 400000', 'high 200000']],
      ['third', 0n, ['high 1']],
    ]);
  });

  it('ends a band where the next begins, and is no more than the least cap of the bands it touches', () => {
    const one = (net: bigint) => earned([sale({ net })], bands)[0]?.slice(1);
    expect(one(1_000_000n)).toEqual([100_000n, ['low 1000000']]);
    expect(one(1_000_005n)).toEqual([100_001n, ['low 1000000', 'high 5']]);
    expect(one(1_250_000n)).toEqual([150_000n, ['low 1000000', 'high 250000']]);
    expect(one(1_260_000n)).toEqual([150_000n, ['low 1000000', 'high 260000']]);
  });

  it('of nothing is nothing, under the band where it stands', () => {
    const free = sale({ id: 'free', settledAt: 2, net: 0n });
    const following = (net: bigint) => earned([sale({ net }), free], bands)[1];
    expect(earned([free], bands)).toEqual([['free', 0n, ['low 0']]]);
    expect(following(999_999n)).toEqual(['free', 0n, ['low 0']]);
    expect(following(1_000_000n)).toEqual(['free', 0n, ['high 0']]);
    expect(earned([sale()], [])).toEqual([['a', 0n, []]]);
  });

  it('is an amount where the rule is one, whatever was sold, up to its cap', () => {
    const fixed = rule('fixed', { kind: 'fixed', value: '20000', cap: 15_000n });
    expect(earned([sale({ net: 5n })], [fixed])).toEqual([['a', 15_000n, ['fixed 5']]]);
    expect(earned([sale({ net: 5n })], [{ ...fixed, cap: null }])).toEqual([['a', 20_000n, ['fixed 5']]]);
  });

  it('counts each set of rules for itself, and a service’s as one whatever category stands beside each of its bands', () => {
    const services = ['cbc', 'glu'].flatMap((serviceId) => [
      rule(`${serviceId}-low`, { serviceId, category: 'blood' }),
      rule(`${serviceId}-high`, { serviceId, category: '*', value: '20', bandFrom: 1_000_000n }),
    ]);
    const sales = [1, 2, 3].map((n) => sale({ id: `${n}`, settledAt: n, serviceId: n === 2 ? 'glu' : 'cbc' }));
    expect(earned(sales, services)).toEqual([
      ['1', 100_000n, ['cbc-low 1000000']],
      ['2', 100_000n, ['glu-low 1000000']],
      ['3', 200_000n, ['cbc-high 1000000']],
    ]);
  });
});

const ROW = {
  ...{ plan: 'P', valid_from: '2026-01-01', valid_to: '', category: '*', service_code: '', kind: 'percent' },
  ...{ value: '10', band_from: '0', cap_per_line: '' },
};
type Cells = Partial<typeof ROW>;
const row = (cells: Cells): PlanRow => planRow.parse({ ...ROW, ...cells });
const business: KnownPlans = {
  services: new Map([
    ['CBC', 'hematology'],
    ['XR', 'imaging'],
  ]),
  categories: new Set(['blood', 'imaging']),
  rules: [],
};
/** What is wrong with rows from the second of a sheet on, where some rules are in force. */
const problemsOf = (rows: readonly Cells[], stored: readonly Cells[] = []) =>
  planProblems(
    rows.map((cells, at) => ({ row: at + 2, value: row(cells) })),
    { ...business, rules: stored.map(row) },
  );

describe('a sheet of plans', () => {
  it('names every wrong cell, with what it stands against', () => {
    const rows = [
      { plan: 'A' },
      { plan: 'A', band_from: '5', kind: 'fixed' },
      { plan: 'B', valid_to: '2026-06-01' },
      { plan: 'B', band_from: '5', valid_to: '2026-07-01' },
      { plan: 'C', band_from: '7' },
      { plan: 'C' },
      { plan: 'C', band_from: '7' },
      { plan: 'C', band_from: '7' },
      { plan: 'D', kind: 'fixed', band_from: '9' },
      { plan: 'E', band_from: '4' },
      { plan: 'F', valid_to: '2026-01-01', category: 'x-ray', service_code: 'NO', cap_per_line: '0' },
      { plan: 'G', valid_to: '2026-06-02' },
      { plan: 'G', valid_from: '2026-06-01' },
    ];
    const wrong = (at: number, column: string, code: string, params = {}) => ({ row: at, column, code, params });
    expect(problemsOf(rows)).toEqual([
      wrong(12, 'valid_to', 'ends_before_start'),
      wrong(12, 'category', 'unknown_category', { value: 'x-ray' }),
      wrong(12, 'service_code', 'unknown_service', { value: 'NO' }),
      wrong(12, 'cap_per_line', 'zero_cap'),
      wrong(3, 'kind', 'mixed_kinds', { first: '2', kind: 'percent' }),
      wrong(5, 'valid_to', 'two_ends', { first: '4' }),
      wrong(8, 'band_from', 'duplicate_band', { first: '6' }),
      wrong(9, 'band_from', 'duplicate_band', { first: '6' }),
      wrong(10, 'band_from', 'fixed_has_bands'),
      wrong(11, 'band_from', 'band_gap'),
      wrong(14, 'valid_from', 'plan_overlap', { first: '13' }),
    ]);
  });

  it('may give a service, a category and all of a plan rules of their own, from the same day on', () => {
    const scopes = [
      {},
      { category: 'blood' },
      { category: 'imaging' },
      { service_code: 'CBC' },
      { service_code: 'XR' },
    ];
    const cells = [...scopes, ...scopes.map((scope) => ({ ...scope, plan: 'Q' }))];
    expect(problemsOf(cells.map((scope) => ({ ...scope, cap_per_line: '1', valid_to: '2026-01-02' })))).toEqual([]);
  });

  it('takes the rules of a service for one set, whatever category stands beside them', () => {
    const cbc = { service_code: 'CBC' };
    expect(
      problemsOf([
        { ...cbc, category: 'blood' },
        { ...cbc, band_from: '5' },
      ]),
    ).toEqual([]);
    expect(
      problemsOf([
        { ...cbc, category: 'blood', valid_to: '2026-02-02' },
        { ...cbc, valid_from: '2026-02-01' },
      ]),
    ).toMatchObject([{ row: 3, code: 'plan_overlap' }]);
  });

  it('puts an overlap to the row that is new, wherever it stands in time', () => {
    const [early, late] = [{ valid_to: '2026-06-02' }, { valid_from: '2026-06-01', valid_to: '2026-09-01' }];
    const none = { code: 'plan_overlap', column: 'valid_from' };
    expect(problemsOf([late, early])).toEqual([{ ...none, row: 2, params: { first: '3' } }]);
    expect(problemsOf([late], [early])).toEqual([{ ...none, row: 2, params: { first: '0' } }]);
    expect(problemsOf([early], [late])).toEqual([{ ...none, row: 2, params: { first: '0' } }]);
    const third = { valid_from: '2026-08-31' };
    expect(problemsOf([third, { valid_to: '2026-06-01' }, late])).toEqual([
      { ...none, row: 2, params: { first: '4' } },
    ]);
  });
});

describe('a rule that is in force', () => {
  const stored = { category: 'blood', service_code: 'CBC', valid_to: '2027-01-01', cap_per_line: '5000', value: '7.5' };

  it('may be said again', () => expect(problemsOf([stored, { ...stored, plan: 'Q' }], [stored])).toEqual([]));

  it.each<Cells>([
    { category: '*' },
    { valid_to: '' },
    { kind: 'fixed', value: '7' },
    { value: '7.6' },
    { cap_per_line: '5001' },
  ])('is not said in another way: %o', (cells) => {
    const differs = { row: 2, column: 'value', code: 'rule_differs', params: {} };
    expect(problemsOf([{ ...stored, ...cells }], [stored])).toEqual([differs]);
  });

  it('takes further bands of its kind and its end, for the same plan, thing and day alone', () => {
    const band = { ...stored, band_from: '5' };
    expect(problemsOf([band], [stored])).toEqual([]);
    for (const other of [{ plan: 'Q' }, { service_code: 'XR' }, { valid_from: '2027-01-01', valid_to: '' }])
      expect(problemsOf([{ ...band, ...other }], [stored])).toMatchObject([{ row: 2, code: 'band_gap' }]);
    expect(problemsOf([{ ...band, valid_to: '' }], [stored])).toMatchObject([{ row: 2, code: 'two_ends' }]);
  });

  it('that no sheet could say today names no row of the sheet, which may mend it', () => {
    const gap = { band_from: '4' };
    const ends = [{ plan: 'B' }, { plan: 'B', band_from: '3', valid_to: '2026-05-01' }];
    const overlap = [
      { plan: 'C', valid_to: '2026-03-01' },
      { plan: 'C', valid_from: '2026-02-01' },
    ];
    expect(problemsOf([{ plan: 'Q' }], [gap, ...ends, ...overlap])).toEqual([]);
    expect(problemsOf([{ band_from: '6' }], [gap])).toMatchObject([{ row: 2, code: 'band_gap' }]);
    expect(problemsOf([{}], [gap])).toEqual([]);
  });
});
