import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatDay, formatInstant, formatPercent, minorDigits, periodDays, weekdayOf } from './format';

describe('formatAmount', () => {
  it.each([
    ['0', 0, 'vi', '0'],
    ['1234567', 0, 'vi', '1.234.567'],
    ['-1234567', 0, 'en', '-1,234,567'],
    ['-0', 0, 'en', '0'],
    ['5', 2, 'en', '0.05'],
    ['123456', 2, 'vi', '1.234,56'],
    ['-123', 2, 'en', '-1.23'],
  ] as const)('%s with %d digits in %s is %s', (value, digits, language, text) => {
    expect(formatAmount(value, digits, language)).toBe(text);
  });

  it('loses no digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) => {
        expect(BigInt(formatAmount(String(value), 0, 'vi').replaceAll('.', ''))).toBe(value);
        expect(BigInt(formatAmount(String(value), 2, 'en').replace(/[,.]/g, ''))).toBe(value);
      }),
    );
  });
});

describe('the rest', () => {
  it('writes percentages, days and instants as people here do', () => {
    expect(formatPercent('12.50', 'vi')).toBe('12,5\u00a0%');
    expect(formatPercent('10', 'en')).toBe('10\u00a0%');
    expect(formatDay('2026-10-03')).toBe('03/10/2026');
    expect(formatInstant('2026-10-31T17:30:00.000Z', 'Asia/Ho_Chi_Minh')).toBe('01/11/2026 00:30');
    expect(periodDays('2028-02')).toEqual(['2028-02-01', '2028-02-29']);
    expect(weekdayOf('2026-10-04')).toBe(0);
    expect([minorDigits('VND'), minorDigits('USD')]).toEqual([0, 2]);
  });
});
