import { describe, expect, it } from 'vitest';
import { amountText, currencySign, moneyText, separators } from './money-text';

describe('amountText', () => {
  it('groups by the language', () => {
    expect(amountText(1234567n, 'VND', 'vi')).toBe('1.234.567');
    expect(amountText(1234567n, 'VND', 'en')).toBe('1,234,567');
    expect(amountText(0n, 'VND', 'vi')).toBe('0');
  });
  it('keeps minor digits and the sign', () => {
    expect(amountText(-5n, 'USD', 'en')).toBe('−0.05');
    expect(amountText(123456n, 'USD', 'vi')).toBe('1.234,56');
  });
  it('is exact beyond what a floating number holds', () => {
    expect(amountText(9007199254740993n, 'VND', 'en')).toBe('9,007,199,254,740,993');
  });
  it('puts the sign after a space that does not break', () => {
    expect(moneyText(450000n, 'VND', 'vi')).toBe('450.000 đ');
  });
  it('survives a code that is none', () => {
    for (const code of ['VNĐ', 'vnd', '', 'đồng', 'XX'])
      expect(() => [moneyText(5n, code, 'vi'), amountText(5n, code, 'en'), currencySign(code, 'vi')]).not.toThrow();
    expect(moneyText(45000n, 'VNĐ', 'vi')).toMatch(/^45\.000\sVNĐ$/);
  });
});

it('vi and all its regions write a comma before the decimals, every other language a point', () => {
  expect(separators('vi-VN')).toEqual({ group: '.', decimal: ',' });
  expect(separators('en')).toEqual({ group: ',', decimal: '.' });
});
