import { expect, it } from 'vitest';
import { shares } from './shares';

it('measures bars against the largest amount', () => {
  expect(shares([200n, 100n, 0n, -50n])).toEqual([1, 0.5, 0, 0]);
  expect(shares([0n])).toEqual([0]);
  expect(shares([])).toEqual([]);
});
