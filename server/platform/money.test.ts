import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, millionths, percentOf, split } from './money';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const percent = fc
  .integer({ min: 0, max: 100_000 })
  .map((n) => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`);

describe('rounding', () => {
  it('goes half away from zero', () => {
    expect([5n, -5n, 3n, -3n, 1n, -1n].map((n) => divideRounded(n, 2n))).toEqual([3n, -3n, 2n, -2n, 1n, -1n]);
  });

  it('mirrors: what a refund takes back is what the sale gave', () => {
    fc.assert(fc.property(amount, percent, (a, p) => percentOf(-a, p) === -percentOf(a, p)));
  });

  it('is never more than half a unit away', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
        const gap = divideRounded(n, d) * d - n;
        return (gap < 0n ? -gap : gap) * 2n <= d;
      }),
    );
  });
});

describe('percent', () => {
  it('reads decimals exactly', () => {
    expect(percentOf(375_333n, '7.25')).toBe(27_212n);
    expect(millionths('-0.5')).toBe(-500_000n);
    expect(() => millionths('1e3')).toThrow(RangeError);
  });
});

describe('split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 })
    .filter((w) => w.some((x) => x > 0n));

  it('adds up to the amount, and no part is a unit away from its share', () => {
    fc.assert(
      fc.property(amount, weights, (a, w) => {
        const parts = split(a, w);
        const total = w.reduce((x, y) => x + y, 0n);
        const fair = parts.every((part, i) => {
          const gap = part * total - a * (w[i] ?? 0n);
          return (gap < 0n ? -gap : gap) < total;
        });
        return parts.reduce((x, y) => x + y, 0n) === a && fair;
      }),
    );
  });
});
