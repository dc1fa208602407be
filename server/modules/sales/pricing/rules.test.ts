import { describe, expect, it } from 'vitest';
import {
  disagreements,
  endsAfterStart,
  gatherVersions,
  oddPrices,
  overlapsInSheet,
  rivalsInSheet,
  splitScope,
} from './rules';

const value = (rate_card: string, valid_from: string, service_code: string) => ({
  rate_card,
  scope: 'all',
  currency: null,
  valid_from,
  valid_to: null,
  service_code,
  price: '100',
});
type Value = { [Key in keyof ReturnType<typeof value>]: string | null };
const placed = (changes: Partial<Value>[]) =>
  changes.map((change, at) => ({ row: at + 2, value: { ...value('A', '2026-01-01', `S${at}`), ...change } as never }));
const codes = (problems: { row: number; column: string; code: string }[]) =>
  problems.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('versions of a sheet', () => {
  it('are rows of one card and one first day, wherever they stand', () => {
    const versions = gatherVersions(
      placed([{}, { rate_card: 'B' }, { service_code: 'Y' }, { valid_from: '2026-02-01' }, { valid_to: '2026-03-01' }]),
      'VND',
    );
    expect(
      versions.map(({ given }) => [given.rate_card, given.valid_from, given.items.length, given.currency]),
    ).toEqual([
      ['A', '2026-01-01', 3, 'VND'],
      ['B', '2026-01-01', 1, 'VND'],
      ['A', '2026-02-01', 1, 'VND'],
    ]);
  });

  it('agree on scope, validity and currency, else the row that differs is wrong', () => {
    const rows = placed([
      {},
      { scope: 'tier:vip1' },
      { valid_to: '2027-01-01' },
      { currency: 'USD' },
      { currency: 'VND' },
    ]);
    expect(codes(disagreements(rows, 'VND'))).toEqual([
      '3 scope differs_in_card',
      '4 valid_to two_ends',
      '5 currency other_currency',
    ]);
    expect(codes(disagreements(placed([{ valid_to: '2026-01-01' }]), 'VND'))).toEqual(['2 valid_to ends_before_start']);
  });

  it.each([
    [[{ valid_to: '2026-02-01' }, { valid_from: '2026-02-01' }], []],
    [[{}, { valid_from: '2026-02-01' }], ['3 valid_from overlap_in_sheet']],
    [[{ valid_from: '2026-02-01' }, { valid_to: '2026-02-02' }], ['2 valid_from overlap_in_sheet']],
    [[{}, { valid_from: '2026-02-01', rate_card: 'B' }], []],
  ])('of one card do not overlap: %j', (changes, problems) =>
    expect(codes(overlapsInSheet(gatherVersions(placed(changes), 'VND')))).toEqual(problems),
  );

  it('say where they overlap, by the earlier in time wherever it stands', () => {
    const versions = gatherVersions(
      placed([
        { valid_from: '2026-03-01' },
        { valid_from: '2026-01-01', valid_to: '2026-02-01' },
        { valid_from: '2026-02-01' },
      ]),
      'VND',
    );
    expect(overlapsInSheet(versions)).toEqual([
      { row: 2, column: 'valid_from', code: 'overlap_in_sheet', params: { first: '4' } },
    ]);
  });

  it('hold what their rows list, and what their first row says of all', () => {
    const rows = placed([
      { currency: 'USD', valid_to: '2026-06-01' },
      { scope: 'tier:vip1', price: '7' },
    ]);
    const [version, ...others] = gatherVersions(rows, 'VND');
    expect(others).toEqual([]);
    expect(version).toEqual({
      given: {
        ...{ rate_card: 'A', scope: 'all', currency: 'USD', valid_from: '2026-01-01', valid_to: '2026-06-01' },
        items: [
          { service_code: 'S0', price: '100' },
          { service_code: 'S1', price: '7' },
        ],
      },
      first: rows[0],
      rows,
    });
  });

  it('disagree with the first row of their card, or of their version', () => {
    const rows = placed([
      { valid_to: '2026-02-01' },
      { valid_from: '2026-02-01', scope: 'tier:vip1', valid_to: '2026-03-01' },
      { valid_from: '2026-02-01', valid_to: null, currency: 'USD' },
      { rate_card: 'B', scope: 'tier:vip1', currency: 'VND' },
    ]);
    expect(disagreements(rows, 'VND')).toEqual([
      { row: 3, column: 'scope', code: 'differs_in_card', params: { first: '2', value: 'all' } },
      { row: 4, column: 'currency', code: 'other_currency', params: { value: 'USD', own: 'VND' } },
      { row: 4, column: 'valid_to', code: 'two_ends', params: { first: '3' } },
    ]);
  });

  it.each([
    [null, true],
    ['2026-01-02', true],
    ['2026-01-01', false],
    ['2025-12-31', false],
  ])('that begin on 2026-01-01 may end on %s: %s', (valid_to, may) =>
    expect(placed([{ valid_to }]).map(endsAfterStart)).toEqual([may]),
  );

  it('name their scope', () => {
    expect(splitScope('branch:Q3')).toEqual({ kind: 'branch', code: 'Q3' });
    expect(splitScope('all')).toEqual({ kind: 'all', code: null });
  });
});

describe('prices of two cards for one service', () => {
  const rivals = (...changes: Partial<Value>[]) =>
    rivalsInSheet(gatherVersions(placed(changes.map((change) => ({ service_code: 'S', ...change }))), 'VND'));
  const rival = (row: number, card: string) => ({ row, column: 'price', code: 'rival_card', params: { card } });

  it('contradict each other where scope and first day are one and the prices are not', () => {
    const other = { rate_card: 'B', price: '200' };
    expect(rivals({}, other)).toEqual([rival(3, 'A')]);
    expect(rivals({}, other, { rate_card: 'C', price: '200' })).toEqual([rival(3, 'A'), rival(4, 'A')]);
    for (const change of [
      { price: '100' },
      { scope: 'tier:vip1' },
      { valid_from: '2026-01-02' },
      { service_code: 'T' },
    ])
      expect(rivals({}, { ...other, ...change })).toEqual([]);
    expect(rivals({}, { price: '200' })).toEqual([]);
  });

  it('are compared in the order of the rows, though versions stand apart', () => {
    expect(rivals({ service_code: 'T' }, { rate_card: 'B', price: '200' }, {})).toEqual([rival(4, 'B')]);
  });
});

it('a price of nothing, or of fewer dong than any note has, is odd; a hundred cents are not', () => {
  const rows = placed(['0', '1', '999', '1000', '45000'].map((price) => ({ price })));
  const odd = (code: string, row: number, params = {}) => ({ row, column: 'price', code, params });
  expect(oddPrices(rows, 'VND')).toEqual([
    odd('zero_price', 2),
    odd('small_price', 3, { value: '1' }),
    odd('small_price', 4, { value: '999' }),
  ]);
  expect(oddPrices(rows, 'USD')).toEqual([odd('zero_price', 2)]);
});
