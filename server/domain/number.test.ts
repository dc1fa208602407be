import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberRule, PERCENT_RULE, PRICE_RULE, readNumber } from './number';

const read = (written: string, rule: NumberRule) => {
  const outcome = readNumber(written, rule);
  return 'value' in outcome ? outcome.value : outcome.code;
};

describe('a percentage', () => {
  it.each([
    ...[
      ['0', '0'],
      ['7.5', '7.5'],
      ['7,5', '7.5'],
      ['12.5', '12.5'],
      ['12,5', '12.5'],
      ['100', '100'],
      ['100.00', '100'],
    ],
    ...[
      ['100,0', '100'],
      ['0.125', '0.125'],
      ['0,125', '0.125'],
      ['12.5%', '12.5'],
      ['12,5 %', '12.5'],
      ['%12.5', '12.5'],
    ],
    ...[
      ['７．５', '7.5'],
      ['１２，５％', '12.5'],
      ['\u200b7.5\u00a0', '7.5'],
      ['33.3330', '33.333'],
      ['5.00', '5'],
      ['99.99', '99.99'],
    ],
    ...[
      ['0.000', '0'],
      ['-0', '0'],
    ],
    ...[
      ['50.000', 'ambiguous_number'],
      ['50,000', 'ambiguous_number'],
      ['12.345', 'ambiguous_number'],
      ['1.000', 'ambiguous_number'],
    ],
    ...[
      ['100.000', 'ambiguous_number'],
      ['7,500', 'ambiguous_number'],
      ['7,500%', 'ambiguous_number'],
    ],
    ...[
      ['101', 'over_limit'],
      ['100.5', 'over_limit'],
      ['100,001', 'ambiguous_number'],
      ['1 000', 'over_limit'],
      ["1'000", 'over_limit'],
    ],
    ...[
      ['1.000.000', 'over_limit'],
      ['1,000.5', 'over_limit'],
      ['999999999999999999', 'over_limit'],
    ],
    ...[
      ['1.2345', 'too_many_decimals'],
      ['0.0001', 'too_many_decimals'],
      ['-1', 'negative_number'],
      ['−7.5', 'negative_number'],
    ],
    ...[
      ['', 'bad_number'],
      ['%', 'bad_number'],
      ['5.', 'bad_number'],
      ['.5', 'bad_number'],
      [',5', 'bad_number'],
      ['5..', 'bad_number'],
    ],
    ...[
      ['1e1', 'bad_number'],
      ['0x10', 'bad_number'],
      ['1O', 'bad_number'],
      ['l0', 'bad_number'],
      ['٥', 'bad_number'],
      ['১০', 'bad_number'],
    ],
    ...[
      ['mười', 'bad_number'],
      ['10 %%', 'bad_number'],
      ['10;5', 'bad_number'],
      ['1/2', 'bad_number'],
      ['½', 'bad_number'],
      ['5‰', 'bad_number'],
    ],
    ...[
      ['007.5', 'bad_number'],
      ['00', 'bad_number'],
      ['+5', 'bad_number'],
      ['--5', 'bad_number'],
      ['(5)', 'bad_number'],
      ['5-', 'bad_number'],
    ],
    ...[
      ['NaN', 'bad_number'],
      ['Infinity', 'bad_number'],
      ['null', 'bad_number'],
      ['=5', 'bad_number'],
      ['12.5 đ', 'bad_number'],
      ['1.2.3', 'bad_number'],
    ],
    ...[
      ['1,2,3', 'bad_number'],
      ['1.2,3.4', 'bad_number'],
      ['10  5', 'bad_number'],
      ['10 5', 'bad_number'],
      ['TRUE', 'bad_number'],
    ],
  ])('%j is %s', (written, outcome) => expect(read(written, PERCENT_RULE)).toBe(outcome));
});

describe('an amount in whole units', () => {
  it.each([
    ...[
      ['45000', '45000'],
      ['45.000', '45000'],
      ['45,000', '45000'],
      ['45 000', '45000'],
      ["45'000", '45000'],
      ['45’000', '45000'],
    ],
    ...[
      ['45.000,00', '45000'],
      ['45,000.00', '45000'],
      ['45 000,0', '45000'],
      ['45000.00', '45000'],
      ['45000,0', '45000'],
    ],
    ...[
      ['1.234.567', '1234567'],
      ['1,234,567', '1234567'],
      ['1 234 567', '1234567'],
      ['1.234.567,00', '1234567'],
    ],
    ...[
      ['45.000 đ', '45000'],
      ['45.000đ', '45000'],
      ['₫45.000', '45000'],
      ['45.000 VND', '45000'],
      ['VNĐ 45.000', '45000'],
      ['45000 đồng', '45000'],
    ],
    ...[
      ['45000 dong', '45000'],
      ['45.000 ₫', '45000'],
      ['４５．０００', '45000'],
      ['45\u00a0000', '45000'],
      ['45\u202f000', '45000'],
    ],
    ...[
      ['45\u200b000', '45000'],
      ['0', '0'],
      ['-0', '0'],
      ['1000000000', '1000000000'],
    ],
    ...[
      ['7.5', 'too_many_decimals'],
      ['45.000,05', 'too_many_decimals'],
      ['45,000.5', 'too_many_decimals'],
      ['0.5', 'too_many_decimals'],
    ],
    ...[
      ['0.500', 'too_many_decimals'],
      ['0,125', 'too_many_decimals'],
      ['1234.567', 'too_many_decimals'],
      ['45000.001', 'too_many_decimals'],
    ],
    ...[
      ['1.000,000', 'ambiguous_number'],
      ['1,000.000', 'ambiguous_number'],
    ],
    ...[
      ['1000000001', 'over_limit'],
      ['1.000.000.001', 'over_limit'],
      ['99999999999999999999', 'over_limit'],
      ['-45000', 'negative_number'],
    ],
    ...[
      ['-1', 'negative_number'],
      ['−45.000', 'negative_number'],
    ],
    ...[
      ['0901234567', 'bad_number'],
      ['045', 'bad_number'],
      ['4.50.00', 'bad_number'],
      ['4,5,0', 'bad_number'],
      ['1.23.456', 'bad_number'],
    ],
    ...[
      ['1234.567.890', 'bad_number'],
      ['1,234.567,890', 'bad_number'],
      ['45k', 'bad_number'],
      ['45 nghìn', 'bad_number'],
      ['4.5e4', 'bad_number'],
    ],
    ...[
      ['45000$', 'bad_number'],
      ['$45', 'bad_number'],
      ['45 USD', 'bad_number'],
      ['45O00', 'bad_number'],
      ['l5000', 'bad_number'],
      ['', 'bad_number'],
    ],
    ...[
      ['đ', 'bad_number'],
      ['.', 'bad_number'],
      [',', 'bad_number'],
      ['45.', 'bad_number'],
      ['.45', 'bad_number'],
      ['#REF!', 'bad_number'],
    ],
    ...[
      ['=45000', 'bad_number'],
      ['45..000', 'bad_number'],
      ['45.,000', 'bad_number'],
      ['45 00', 'bad_number'],
      ['4 5000', 'bad_number'],
    ],
    ...[
      ['45;000', 'bad_number'],
      ['45_000', 'bad_number'],
      ['45·000', 'bad_number'],
      ['+45000', 'bad_number'],
      ['(45000)', 'bad_number'],
    ],
  ])('%j is %s', (written, outcome) => expect(read(written, PRICE_RULE)).toBe(outcome));
});

it('refuses what is beyond its limits, at the limit takes it', () => {
  const rule = { decimals: 0, least: '1', most: '10' };
  expect(['0', '1', '10', '11'].map((written) => read(written, rule))).toEqual([
    'under_limit',
    '1',
    '10',
    'over_limit',
  ]);
  expect(readNumber('101', PERCENT_RULE)).toEqual({ code: 'over_limit', params: { limit: '100', decimals: '3' } });
});

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
