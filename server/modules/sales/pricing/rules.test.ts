import { describe, expect, it } from 'vitest';
import { disagreements, gatherVersions, overlapsInSheet, splitScope } from './rules';

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

  it('name their scope', () => {
    expect(splitScope('branch:Q3')).toEqual({ kind: 'branch', code: 'Q3' });
    expect(splitScope('all')).toEqual({ kind: 'all', code: null });
  });
});
