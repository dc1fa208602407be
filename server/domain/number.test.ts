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
    // A million and more with its first sign left out, as people write prices in a hurry.
    ...[
      ['1200.000', 'ambiguous_number'],
      ['1200,000', 'ambiguous_number'],
      ['1500.000đ', 'ambiguous_number'],
      ['12000.000', 'ambiguous_number'],
      ['1 200.000', 'ambiguous_number'],
      ["1'200,000", 'ambiguous_number'],
      ['0.000', '0'],
      ['1200.0000', '1200'],
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

it('takes three decimals behind thousands for what they are only where a field keeps three', () => {
  const cents = { decimals: 2, most: '1000000000' };
  expect(
    ['1200.000', '1200.500', '1,200.500', '1200.50', '1200.125', '0.500'].map((text) => read(text, cents)),
  ).toEqual([...['ambiguous_number', 'ambiguous_number', 'ambiguous_number', '1200.5', 'too_many_decimals', '0.5']]);
  expect(read('1200.500', { decimals: 3, most: '1000000000' })).toBe('1200.5');
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
