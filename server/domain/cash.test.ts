import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASH_UNITS, denominationsOf, isTooMuchChange, notesOf, roundedCash } from './cash';

describe('cash', () => {
  it('that no notes can make is rounded to the nearest that they can, half away from zero', () => {
    expect(roundedCash(39_445n, 'VND')).toBe(39_500n);
    expect(roundedCash(39_249n, 'VND')).toBe(39_000n);
    expect(roundedCash(39_250n, 'VND')).toBe(39_500n);
    expect(roundedCash(-39_250n, 'VND')).toBe(-39_500n);
    expect(roundedCash(249n, 'VND')).toBe(0n);
    expect(roundedCash(1_997n, 'USD')).toBe(1_997n);
    expect(roundedCash(1_997n, 'CHF')).toBe(1_995n);
    expect(roundedCash(7n, 'XYZ')).toBe(7n);
  });

  it('is a sum of its notes and coins, at most half a unit away, for every currency', () => {
    const currencies = ['VND', 'USD', 'EUR', 'GBP', 'CHF', 'AUD', 'SGD', 'THB', 'CNY', 'JPY', 'KRW'];
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.bigInt(-1_000_000_000_000n, 1_000_000_000_000n),
        (currency, amount) => {
          const unit = BigInt(CASH_UNITS[currency] ?? 1);
          const rounded = roundedCash(amount, currency);
          const off = rounded > amount ? rounded - amount : amount - rounded;
          expect(2n * off <= unit).toBe(true);
          let left = rounded < 0n ? -rounded : rounded;
          for (const value of denominationsOf(currency)) left %= BigInt(value);
          expect(left).toBe(0n);
        },
      ),
    );
  });

  it('is counted from the largest down, and quick amounts are made of notes', () => {
    for (const currency of ['VND', 'USD', 'EUR']) {
      const values = denominationsOf(currency);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(new Set(values).size).toBe(values.length);
      expect(notesOf(currency).every((note) => values.includes(note))).toBe(true);
    }
    expect(denominationsOf('XYZ')).toEqual([1]);
  });
});

describe('change', () => {
  it('is less than the largest note, since nobody hands over a note that is not needed', () => {
    // 510,000 paid with two notes of 500,000, and 45,000 with one.
    expect(isTooMuchChange(490_000n, 'VND')).toBe(false);
    expect(isTooMuchChange(455_000n, 'VND')).toBe(false);
    expect(isTooMuchChange(500_000n, 'VND')).toBe(true);
    expect(isTooMuchChange(99_000_000_000n - 45_000n, 'VND')).toBe(true);
    expect(isTooMuchChange(9_999n, 'USD')).toBe(false);
    expect(isTooMuchChange(10_000n, 'USD')).toBe(true);
    expect(isTooMuchChange(10_000n, 'XYZ')).toBe(false);
  });

  it('of a bill that is paid with the fewest notes of any kind is never too much', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 50_000_000n), fc.constantFrom(...notesOf('VND')), (due, note) => {
        const given = ((due + BigInt(note) - 1n) / BigInt(note)) * BigInt(note);
        expect(isTooMuchChange(given - due, 'VND')).toBe(false);
      }),
    );
  });
});
