import { expect, it } from 'vitest';
import { PLACES, permittedGroups, placeOf } from './places';

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

it('knows the innermost place that a path lies in', () => {
  expect(placeOf('/pos')?.id).toBe('pos');
  expect(placeOf('/pos/shifts')?.id).toBe('shifts');
  expect(placeOf('/pos/shifts/7')?.id).toBe('shifts');
  expect(placeOf('/postal')).toBeUndefined();
});
