import { describe, expect, it } from 'vitest';
import { CURRENCY_CODES, minorDigits, readCurrency } from './currency';

describe('a currency', () => {
  it.each([
    ...[
      ['VND', 'VND'],
      ['vnd', 'VND'],
      ['Vnd', 'VND'],
      [' VND ', 'VND'],
      ['VNĐ', 'VND'],
      ['vnđ', 'VND'],
      ['đ', 'VND'],
      ['Đ', 'VND'],
    ],
    ...[
      ['₫', 'VND'],
      ['đồng', 'VND'],
      ['Đồng', 'VND'],
      ['đồng'.normalize('NFD'), 'VND'],
      ['Việt Nam Đồng', 'VND'],
      ['ＶＮＤ', 'VND'],
    ],
    ...[
      ['V\u200bND', 'VND'],
      ['VND\u00a0', 'VND'],
      ['\ufeffVND', 'VND'],
      ['usd', 'USD'],
      ['Eur', 'EUR'],
      ['sgd', 'SGD'],
      ['JPY', 'JPY'],
    ],
  ])('%j is %s', (written, code) => expect(readCurrency(written)).toBe(code));

  it.each([
    ...[
      '',
      ' ',
      '\u200b',
      'VN',
      'VNDD',
      'V N D',
      'VNÐ',
      'VNƉ',
      'ВНД',
      'VИD',
      'vn₫',
      '$',
      'US$',
      'đô',
      'đô la',
      'dollar',
      '€',
      '£',
      '¥',
      '元',
    ],
    ...[
      'XBA',
      'XTS',
      'XAU',
      'XAG',
      'XDR',
      'DEM',
      'FRF',
      'ITL',
      'ATS',
      'BTC',
      'ETH',
      'ABC',
      'QQQ',
      'ZZZ',
      'AAA',
      'vnđđ',
      'nghìn',
      'triệu',
      'k',
      '1',
    ],
    ...[
      'VND;',
      'VND,',
      'VND/USD',
      'VND USD',
      'null',
      'undefined',
      'NaN',
      'true',
      '0',
      '704',
      '=VND',
      '-',
      '.',
      '#N/A',
      '%',
      'VND%',
      'dong',
      'VN D',
      'đ.',
      'đồng/lần',
    ],
  ])('%j is none', (written) => expect(readCurrency(written)).toBeNull());

  it('is one that this runtime knows, too', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    const younger = new Set(['XCG', 'ZWG']);
    expect([...CURRENCY_CODES].filter((code) => !known.has(code) && !younger.has(code))).toEqual([]);
    expect(CURRENCY_CODES.size).toBeGreaterThan(150);
  });

  it('that is none has no minor digits, and shows without an error', () => {
    expect(['VND', 'USD', 'BHD', 'VNĐ', '', 'x', 'vnd'].map(minorDigits)).toEqual([0, 2, 3, 0, 0, 0, 0]);
  });
});
