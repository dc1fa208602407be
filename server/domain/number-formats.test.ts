import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberRule, PRICE_RULE, readNumber } from './number';

const read = (written: string, rule: NumberRule) => {
  const outcome = readNumber(written, rule);
  return 'value' in outcome ? outcome.value : outcome.code;
};

const FORMATS = [
  { group: '', decimal: '.' },
  { group: '', decimal: ',' },
  { group: '.', decimal: ',' },
  { group: ',', decimal: '.' },
  { group: ' ', decimal: ',' },
  { group: '\u00a0', decimal: '.' },
  { group: '\u202f', decimal: ',' },
  { group: "'", decimal: '.' },
  { group: '’', decimal: ',' },
];

const write = (whole: string, fraction: string, { group, decimal }: (typeof FORMATS)[number]) =>
  whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? decimal + fraction : '');

describe('a number in any format', () => {
  const wholes = fc.bigInt({ min: 0n, max: 999_999_999n }).map(String);
  const fractions = fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,6}$/));
  const units = fc.constantFrom('', ' đ', ' VND', 'đ');

  it('is read as what it says or refused, in a field of whole numbers', () => {
    fc.assert(
      fc.property(wholes, fractions, fc.constantFrom(...FORMATS), units, (whole, fraction, format, unit) => {
        const outcome = readNumber(write(whole, fraction, format) + unit, PRICE_RULE);
        const isWhole = /^0*$/.test(fraction);
        if ('value' in outcome && fraction.length === 3 && whole.length <= 3) return;
        if ('value' in outcome) expect([outcome.value, isWhole]).toEqual([whole, true]);
        else if (isWhole && fraction.length !== 3)
          expect.unreachable(`${write(whole, fraction, format)} is ${outcome.code}`);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read as what it says or refused, in a field with decimals', () => {
    const rule = { decimals: 3, most: '1000000000' };
    fc.assert(
      fc.property(wholes, fractions, fc.constantFrom(...FORMATS), (whole, fraction, format) => {
        const outcome = readNumber(write(whole, fraction, format), rule);
        const exact = fraction.replace(/0+$/, '') ? `${whole}.${fraction.replace(/0+$/, '')}` : whole;
        if ('value' in outcome) expect(outcome.value).toBe(exact);
        else expect(['ambiguous_number', 'too_many_decimals']).toContain(outcome.code);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read the same from what both languages print of it', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), fc.nat(99), (whole, hundredths) => {
        const value = Number(`${whole}.${String(hundredths).padStart(2, '0')}`);
        for (const language of ['vi-VN', 'en-GB', 'de-CH', 'fr-FR']) {
          const outcome = read(
            new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value),
            { decimals: 2, most: '1000000000' },
          );
          expect(Number(outcome)).toBe(value);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
