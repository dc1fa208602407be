import { describe, expect, it } from 'vitest';
import { gatherVersions, splitScope } from './rules';

const row = (rate_card: string, valid_from: string, service_code: string) => ({
  rate_card,
  scope: 'all',
  currency: 'VND',
  valid_from,
  valid_to: null,
  service_code,
  price: '100',
});

describe('versions of a sheet', () => {
  it('are rows of one card and one validity, wherever they stand', () => {
    const versions = gatherVersions([
      row('A', '2026-01-01', 'X'),
      row('B', '2026-01-01', 'X'),
      row('A', '2026-01-01', 'Y'),
      row('A', '2026-02-01', 'X'),
    ]);
    expect(versions.map(({ rate_card, valid_from, items }) => [rate_card, valid_from, items.length])).toEqual([
      ['A', '2026-01-01', 2],
      ['B', '2026-01-01', 1],
      ['A', '2026-02-01', 1],
    ]);
  });

  it('name their scope', () => {
    expect(splitScope('branch:Q3')).toEqual({ kind: 'branch', code: 'Q3' });
    expect(splitScope('all')).toEqual({ kind: 'all', code: null });
  });
});
