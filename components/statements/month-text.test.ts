import { expect, it } from 'vitest';
import { monthsUpTo } from './month-text';

it('counts months back over the turn of the year', () =>
  expect(monthsUpTo('2027-02', 4)).toEqual(['2027-02', '2027-01', '2026-12', '2026-11']));
