import { expect, it } from 'vitest';
import { atSeconds, CLOCK } from './seconds-left';

it('a clock in a sentence shows minutes and two digits', () => {
  expect([0, 9, 60, 125].map((seconds) => atSeconds(`in ${CLOCK}.`, seconds))).toEqual([
    'in 0:00.',
    'in 0:09.',
    'in 1:00.',
    'in 2:05.',
  ]);
  expect(atSeconds('now', 5)).toBe('now');
});
