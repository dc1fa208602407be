import { describe, expect, it } from 'vitest';
import { formatDuration, formatIsoDate, formatNumber, formatPercent, formatSerial } from './cells';

describe('cells as text', () => {
  it.each([
    [0.1 + 0.2, '0.3'],
    [84_343_180_949, '84343180949'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [Number.NaN, ''],
  ])('the number %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it.each([
    [0.125, '12.5%'],
    [1, '100%'],
    [0.07, '7%'],
    [-0.005, '-0.5%'],
  ])('the percentage %s', (value, text) => expect(formatPercent(value)).toBe(text));

  it.each([
    [46326, false, '2026-10-31'],
    [46326.5, false, '2026-10-31T12:00'],
    [46326.999999, false, '2026-11-01'],
    [0.5, false, '12:00'],
    [0.50001, false, '12:00:01'],
    [2_958_465, false, '9999-12-31'],
    [2_958_466, false, null],
    [-1, false, null],
    [Number.NaN, false, null],
    [0, true, '1904-01-01'],
  ])('the serial day %s', (serial, date1904, text) => expect(formatSerial(serial, date1904)).toBe(text));

  it.each([
    [1.0625, '25:30'],
    [0.00001, '00:00:01'],
    [-1, null],
  ])('the duration %s', (days, text) => expect(formatDuration(days)).toBe(text));

  it.each([
    ['2026-10-31T22:29:00+0700', '2026-10-31T22:29+07:00'],
    ['2026-10-31Z', '2026-10-31T00:00Z'],
    ['next week', 'next week'],
    ['', ''],
  ])('the ISO date %s', (text, expected) => expect(formatIsoDate(text)).toBe(expected));
});
