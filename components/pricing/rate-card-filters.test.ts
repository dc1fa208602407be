import { expect, it } from 'vitest';
import type { RateCardVersion } from '@/server/modules/sales/pricing/schema';
import { changeOf, itemsPage, rateCardFilters, rateCardPage, versionShown } from './rate-card-filters';

const version = (id: string, state: RateCardVersion['state'], previousFrom: string | null = null): RateCardVersion => ({
  id,
  state,
  previousFrom,
  validFrom: '2026-01-01',
  validTo: null,
  itemCount: 1,
  publishedAt: null,
  publishedBy: null,
});

it('takes from the address what fits and leaves the rest', () => {
  expect(rateCardFilters({ q: 'minh dang', scope: 'customer', on: '2026-02-28' })).toEqual({
    search: 'minh dang',
    scope: 'customer',
    on: '2026-02-28',
  });
  expect(rateCardFilters({ q: '', scope: 'planet', on: '2026-02-30' })).toEqual({});
  expect(rateCardFilters({ on: '0000-01-01', scope: ['all', 'tier'] })).toEqual({});
  expect(rateCardFilters({ scope: 'general' })).toEqual({ scope: 'all' });
  expect(rateCardFilters({ scope: 'all', q: 'all' })).toEqual({ search: 'all' });
  expect(rateCardPage({ q: 'x' })).toEqual({ search: 'x', limit: 100 });
});

it('shows the version that is asked for, else the one in force, the next to come, the newest', () => {
  const versions = [
    version('d', 'upcoming'),
    version('c', 'upcoming'),
    version('b', 'in-force'),
    version('a', 'ended'),
  ];
  const shown = (from: RateCardVersion[], asked?: string) => versionShown(from, { version: asked })?.id;
  expect(shown(versions, 'a')).toBe('a');
  expect(shown(versions, 'x')).toBe('b');
  expect(shown([...versions.slice(0, 2), ...versions.slice(3)])).toBe('c');
  expect(shown(versions.slice(3))).toBe('a');
  expect(shown([])).toBeUndefined();
});

it('narrows prices by a change only where there is a version before', () => {
  const id = '019a1f8f-9cfe-712f-8ae0-970db10c38ef';
  const params = { service: ' mau ', change: 'raised' };
  expect(itemsPage(params, version(id, 'in-force', '2025-01-01'))).toMatchObject({ search: 'mau', change: 'raised' });
  expect(itemsPage(params, version(id, 'in-force')).change).toBeUndefined();
  expect(itemsPage({ change: 'sideways' }, version(id, 'in-force', '2025-01-01')).change).toBeUndefined();
});

it('a kind of change is taken from the address where it is one', () => {
  expect([changeOf({ change: 'raised' }), changeOf({ change: 'x' }), changeOf({})]).toEqual([
    'raised',
    undefined,
    undefined,
  ]);
});
