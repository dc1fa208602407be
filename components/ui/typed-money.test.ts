import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText } from './money-text';
import { readMoney, type TypedMoney, type TypedMoneyOptions, typeMoney } from './typed-money';

const vnd = { currency: 'VND', locale: 'vi' };
const usd = { currency: 'USD', locale: 'en' };

const START: TypedMoney = { text: '', caret: 0, minor: null, problem: null };

/** Types one sign after another behind what stands in the box. */
const type = (keys: string, options: TypedMoneyOptions, from = START): TypedMoney =>
  [...keys].reduce((box, key) => typeMoney(box.text, box.text + key, box.text.length + 1, options), from);
const paste = (text: string, options: TypedMoneyOptions, over = '') =>
  typeMoney(over, text, text.length, { ...options, atOnce: true });

describe('an amount that is typed', () => {
  it('is grouped at once, the caret at its digit', () => {
    expect(type('1234', vnd)).toMatchObject({ text: '1.234', caret: 5, minor: 1234n });
    expect(typeMoney('12.345', '12.9345', 4, vnd)).toMatchObject({ text: '129.345', caret: 3, minor: 129345n });
    expect(type('1234', { ...vnd, locale: 'en' })).toMatchObject({ text: '1,234', minor: 1234n });
  });

  it('loses its last digit by a backspace, and only that', () => {
    expect(typeMoney('45.000', '45.00', 5, vnd)).toMatchObject({ text: '4.500', minor: 4500n });
    expect(typeMoney('1,234', '1,23', 4, usd)).toMatchObject({ text: '123', minor: 12300n });
  });

  it.each([
    ['450k', 450_000n],
    ['45.000', 45_000n],
    ['45,000', 45_000n],
    ['45 000', 45_000n],
    ['1.234.567', 1_234_567n],
    ['45.000,00', 45_000n],
    ['45,000.00', 45_000n],
    ['45.', 45n],
    ['45,', 45n],
    ['45000 đ', 45_000n],
  ])('%s is read in both languages', (keys, minor) => {
    for (const locale of ['vi', 'en'])
      expect(type(keys, { ...vnd, locale }), locale).toMatchObject({ minor, problem: null });
  });

  it.each([
    ['7.5', 'too_many_decimals'],
    ['7,5', 'too_many_decimals'],
    ['45.000,05', 'too_many_decimals'],
    ['1.000,000', 'ambiguous_number'],
    ['4.5k', 'bad_number'],
    ['45x', 'bad_number'],
    ['4.50.00', 'bad_number'],
    ['1000000000001', 'over_limit'],
    ['9999999999999999999', 'over_limit'],
    ['-500', 'negative_number'],
  ])('%s is refused in both languages, and stands as it was typed', (keys, problem) => {
    for (const locale of ['vi', 'en']) {
      const box = type(keys, { ...vnd, locale });
      expect(box, locale).toMatchObject({ minor: null, problem });
      expect(box.text.replace(/[.,]/g, ''), locale).toBe(keys.replace(/[.,]/g, ''));
    }
  });

  it('has the decimals of its currency, whichever sign begins them', () => {
    for (const keys of ['12.5', '12,5', '12.50'])
      for (const locale of ['vi', 'en']) expect(type(keys, { ...usd, locale }), keys).toMatchObject({ minor: 1250n });
    expect(type('12.', usd)).toMatchObject({ text: '12.', caret: 3, minor: 1200n });
    expect(type('1234.56', usd)).toMatchObject({ text: '1,234.56', minor: 123456n });
    expect(type('12.345', usd)).toMatchObject({ minor: null, problem: 'ambiguous_number' });
    expect(type('1,234', usd)).toMatchObject({ minor: null, problem: 'ambiguous_number' });
    expect(type('12.3456', usd)).toMatchObject({ minor: null, problem: 'too_many_decimals' });
  });

  it('takes a minus only where one is allowed', () => {
    expect(type('-500', { ...vnd, allowNegative: true })).toMatchObject({ text: '−500', minor: -500n });
  });
});

describe('an amount that is pasted', () => {
  it.each([
    ['45.000,00', 45_000n],
    ['45,000.00', 45_000n],
    ['450.000 đ', 450_000n],
    ['VND 450,000', 450_000n],
    ['\u200b450\u00a0000\u202c', 450_000n],
    ['４５０', 450n],
  ])('%j is read and grouped', (text, minor) => {
    expect(paste(text, vnd)).toEqual({
      text: amountText(minor, 'VND', 'vi'),
      caret: expect.any(Number),
      minor,
      problem: null,
    });
  });

  it('is read as a whole, not as a digit taken from what stood there', () => {
    expect(paste('45.00', vnd, '45.000')).toMatchObject({ minor: 45n });
    expect(paste('45.05', vnd, '45.000')).toMatchObject({ minor: null, problem: 'too_many_decimals' });
  });

  it.each(['abc', '45 USD', '4.5.0', '=45', '45;000', '0901234567'])('%j is refused and stands', (text) =>
    expect(paste(text, vnd)).toMatchObject({ text, minor: null, problem: 'bad_number' }),
  );
});

it('is empty when nothing is left', () => {
  expect(typeMoney('4', '', 0, vnd)).toEqual(START);
  expect(readMoney(' \u200b', vnd)).toEqual({ minor: null, problem: null });
});

it('comes back as it went, however it is typed', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 99_999_999_999n }),
      fc.constantFrom('VND', 'USD'),
      fc.constantFrom('vi', 'en'),
      (minor, currency, locale) => {
        const options = { currency, locale };
        const text = amountText(minor, currency, locale);
        const keys = currency === 'VND' ? minor.toString() : text.replaceAll(locale === 'vi' ? '.' : ',', '');
        expect(type(keys, options)).toMatchObject({ text, minor });
        const pasted = paste(text, options);
        expect([minor, null]).toContain(pasted.minor);
      },
    ),
  );
});
