import { expect, it } from 'vitest';
import { groupDigits, shortDecimal, withoutEndingNoughts } from './digits';

it.each([
  ['', ''],
  ['1', '1'],
  ['123', '123'],
  ['1234', '1.234'],
  ['1234567', '1.234.567'],
])('%j in groups is %j', (digits, text) => expect(groupDigits(digits, '.')).toBe(text));

it.each([
  ['12.500', '12.5'],
  ['12.000', '12'],
  ['100', '100'],
  ['0.0', '0'],
  ['7.25', '7.25'],
])('%j is %j for short', (decimal, text) => expect(shortDecimal(decimal)).toBe(text));

it('takes a long row of noughts in one pass', () => {
  expect(withoutEndingNoughts('0'.repeat(1_000_000))).toBe('');
  expect(withoutEndingNoughts(`${'0'.repeat(1_000_000)}1`)).toHaveLength(1_000_001);
});
