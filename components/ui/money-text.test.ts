import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, moneyText, parseMoney, regroupMoney } from './money-text';

const vnd = { currency: 'VND', locale: 'vi' };
const usd = { currency: 'USD', locale: 'en' };

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
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -999999999999n, max: 999999999999n }),
        fc.constantFrom(vnd, usd),
        (minor, options) => {
          const text = amountText(minor, options.currency, options.locale);
          expect(parseMoney(text, { ...options, allowNegative: true })).toBe(minor);
        },
      ),
    );
  });
});

describe('regroupMoney', () => {
  it('groups while one types and keeps the caret at its digit', () => {
    expect(regroupMoney('1234', 4, vnd)).toEqual({ text: '1.234', caret: 5, minor: 1234n });
    expect(regroupMoney('12.9345', 4, vnd)).toEqual({ text: '129.345', caret: 3, minor: 129345n });
  });
  it('reads k as thousand', () => {
    expect(regroupMoney('450k', 4, vnd)).toEqual({ text: '450.000', caret: 7, minor: 450000n });
  });
  it('reads a pasted amount with its sign', () => {
    expect(regroupMoney('450.000 đ', 9, vnd).minor).toBe(450000n);
  });
  it('lets a fraction be begun', () => {
    expect(regroupMoney('12.', 3, usd)).toEqual({ text: '12.', caret: 3, minor: 1200n });
    expect(regroupMoney('12.345', 6, usd).minor).toBe(1234n);
  });
  it('is empty when nothing is left', () => {
    expect(regroupMoney('', 0, vnd)).toEqual({ text: '', caret: 0, minor: null });
    expect(regroupMoney('abc', 3, vnd).minor).toBeNull();
  });
  it('takes a minus only where one is allowed', () => {
    expect(regroupMoney('-500', 4, vnd).minor).toBe(500n);
    expect(regroupMoney('-500', 4, { ...vnd, allowNegative: true }).minor).toBe(-500n);
  });
});
