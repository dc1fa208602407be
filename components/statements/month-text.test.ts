import { expect, it } from 'vitest';
import { monthsUpTo, monthText } from './month-text';

it('writes a month as people here do', () => expect(monthText('2026-10')).toBe('10/2026'));

it('counts months back over the turn of the year', () =>
  expect(monthsUpTo('2027-02', 4)).toEqual(['2027-02', '2027-01', '2026-12', '2026-11']));
