import { describe, expect, it } from 'vitest';
import { decimalText, plainText, readText, wallClock } from './rules';

describe('money for programs', () => {
  it.each([
    [450_000n, 'VND', '450000'],
    [-450_000n, 'VND', '-450000'],
    [1_250n, 'USD', '12.50'],
    [5n, 'USD', '0.05'],
    [-5n, 'USD', '-0.05'],
    [1n, 'KWD', '0.001'],
    [9_007_199_254_740_993n, 'VND', '9007199254740993'],
  ])('%d of %s is %s', (minor, currency, text) => expect(decimalText(minor, currency)).toBe(text));
});

it('a moment stands on the clock of the organisation', () => {
  expect(wallClock(new Date('2026-10-31T17:05:00Z'), 'Asia/Ho_Chi_Minh')).toBe('2026-11-01 00:05');
});

const how = { timeZone: 'Asia/Ho_Chi_Minh', locale: 'vi' as const };
const at = new Date('2026-11-01T02:05:00Z');

describe('a cell', () => {
  it.each([
    [null, '', ''],
    ['Lê An', 'Lê An', 'Lê An'],
    [1_204, '1204', '1.204'],
    [{ minor: 1_234_567n, currency: 'VND' }, '1234567', '1.234.567'],
    [{ minor: 1_250n, currency: 'USD' }, '12.50', '12,50'],
    [{ minor: null, currency: 'VND' }, '', ''],
    [{ at }, '2026-11-01 09:05', '01/11/2026 09:05'],
    [{ at: null }, '', ''],
    [{ day: '2026-11-01' }, '2026-11-01', '01/11/2026'],
    [{ day: null }, '', ''],
  ])('%o: for programs %j, for people %j', (cell, plain, read) => {
    expect(plainText(cell, how.timeZone)).toBe(plain);
    expect(readText(cell, how)).toBe(read);
  });

  it('is grouped as its language groups, to the last digit', () => {
    expect(readText({ minor: 9_007_199_254_740_993n, currency: 'VND' }, { ...how, locale: 'en' })).toBe(
      '9,007,199,254,740,993',
    );
  });
});
