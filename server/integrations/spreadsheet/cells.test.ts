import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, formatNumber, formatPercent, isPercentFormat } from './cells';

// The greatest number that a spreadsheet holds.
const GREATEST = 9.99999999999999e307;

describe('numbers', () => {
  it.each([
    [84343180949, '84343180949'],
    [9007199254740991, '9007199254740991'],
    [0.1 + 0.2, '0.3'],
    [12.5, '12.5'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [15.7929464439101, '15.7929464439101'],
    [100, '100'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('never has an exponent and keeps fifteen digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -GREATEST, max: GREATEST }), (value) => {
        const text = formatNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text).toPrecision(15)).toBe((value === 0 ? 0 : value).toPrecision(15));
      }),
      { numRuns: 2_000, examples: [[1745789888913372]] },
    );
  });

  it('shows percentages as people see them', () => {
    expect(formatPercent(0.125)).toBe('12.5%');
    expect(formatPercent(0.07)).toBe('7%');
    expect(isPercentFormat('0.0%')).toBe(true);
    expect(isPercentFormat('0" %"')).toBe(false);
  });
});

describe('dates', () => {
  it.each([
    ['2026-10-31T00:00:00.000Z', '2026-10-31'],
    ['2026-10-31T22:29:00.000Z', '2026-10-31T22:29'],
    ['2026-10-31T22:28:59.999Z', '2026-10-31T22:29'],
    ['2026-10-31T23:59:59.800Z', '2026-11-01'],
    ['1899-12-31T08:10:00.000Z', '08:10'],
  ])('%s is %s', (instant, text) => {
    expect(formatDate(new Date(instant))).toBe(text);
  });
});
