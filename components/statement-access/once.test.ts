import { expect, it } from 'vitest';
import { firstOfMany } from './once';

it('a right code with an Enter behind it was sent twice, and called wrong', () => {
  const isFirst = firstOfMany();
  expect([0, 1, 40, 900, 7_999].map(isFirst)).toEqual([true, false, false, false, false]);
});

it('and may be sent again by whoever stopped the page', () => {
  const isFirst = firstOfMany();
  expect([0, 8_000, 8_001, 16_000].map(isFirst)).toEqual([true, true, false, true]);
});
