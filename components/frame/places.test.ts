import { expect, it } from 'vitest';
import { isInside, PLACES, permittedGroups } from './places';

it('shows only what is permitted, and no empty group', () => {
  const groups = permittedGroups(['/pos', '/settings', '/nowhere']);
  expect(groups.map(({ group, places }) => [group, places.map((place) => place.id)])).toEqual([
    ['counter', ['pos']],
    ['oversight', ['settings']],
  ]);
  expect(permittedGroups([])).toEqual([]);
});

it('keeps each place in a group and at one address', () => {
  expect(permittedGroups(PLACES.map((place) => place.href)).flatMap(({ places }) => places)).toHaveLength(
    PLACES.length,
  );
  expect(new Set(PLACES.map((place) => place.href)).size).toBe(PLACES.length);
});

it('knows what lies inside a place', () => {
  expect(isInside('/pos/shifts', '/pos')).toBe(true);
  expect(isInside('/postal', '/pos')).toBe(false);
});
