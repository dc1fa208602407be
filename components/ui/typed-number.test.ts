import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, readTyped, stepped } from './typed-number';

const percent = { min: 0, max: 100, decimals: 3 };
const pieces = { min: 0, max: 1_000_000 };

describe('a percentage that is typed, the same in both languages', () => {
  it.each([
    ['7.5', 7.5],
    ['7,5', 7.5],
    ['12.5', 12.5],
    ['12,5 %', 12.5],
    ['100', 100],
    ['0.125', 0.125],
    ['7.', 7],
    ['7,', 7],
    ['７．５', 7.5],
  ])('%s is %d', (text, value) => expect(readTyped(text, percent)).toEqual({ text, value, problem: null }));

  it.each([
    ['75.0.0', 'bad_number'],
    ['50.000', 'ambiguous_number'],
    ['125', 'over_limit'],
    ['100.5', 'over_limit'],
    ['-5', 'negative_number'],
    ['1.2345', 'too_many_decimals'],
    ['x', 'bad_number'],
  ])('%s is refused, never clamped', (text, problem) =>
    expect(readTyped(text, percent)).toEqual({ text, value: null, problem }),
  );
});

it('a count is a whole number', () => {
  expect(readTyped('1.000', pieces).value).toBe(1000);
  expect(readTyped('1,5', pieces).problem).toBe('too_many_decimals');
  expect(readTyped('1000001', pieces).problem).toBe('over_limit');
  expect(readTyped('0', { ...pieces, min: 1 }).problem).toBe('under_limit');
  expect(readTyped('', pieces)).toEqual({ text: '', value: null, problem: null });
});

it('steps within its limits', () => {
  expect([
    stepped(null, 1, { min: 1, max: 9 }),
    stepped(9, 1, { min: 1, max: 9 }),
    stepped(1, -1, { min: 1, max: 9 }),
  ]).toEqual([1, 9, 1]);
  expect(stepped(0.1, 0.2, { decimals: 1 })).toBe(0.3);
});

it('what a box writes of a number is read as that number, or refused where it has three decimals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom('vi', 'en'), (thousandths, locale) => {
      const value = thousandths / 1000;
      const read = readTyped(numberText(value, locale), percent);
      if (read.problem === null) expect(read.value).toBe(value);
      else expect([read.problem, thousandths % 10 !== 0]).toEqual(['ambiguous_number', true]);
    }),
  );
});
