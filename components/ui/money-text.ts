import { minorDigits } from '@/server/domain/currency';
import { groupDigits } from '@/server/domain/digits';

export { minorDigits };

/**
 * Money as people read it. Amounts are bigint minor units (VND has none: 150000n is 150.000 đ); nothing here
 * goes through a floating number.
 */
export const MINUS = '−';

export function separators(locale: string): { group: string; decimal: string } {
  return locale.startsWith('vi') ? { group: '.', decimal: ',' } : { group: ',', decimal: '.' };
}

/** "đ" for VND, as it is written here; the currency's own narrow sign otherwise. */
export function currencySign(currency: string, locale: string): string {
  if (currency === 'VND') return 'đ';
  if (!/^[A-Za-z]{3}$/.test(currency)) return currency;
  const parts = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** The figure alone, for columns whose header names the currency: -1234567n VND in Vietnamese is "−1.234.567". */
export function amountText(minor: bigint, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  const { group, decimal } = separators(locale);
  const plain = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = groupDigits(plain.slice(0, plain.length - digits), group);
  const fraction = digits > 0 ? decimal + plain.slice(-digits) : '';
  return (minor < 0n ? MINUS : '') + whole + fraction;
}

/** The figure with its currency, kept on one line: "450.000 đ". */
export function moneyText(minor: bigint, currency: string, locale: string): string {
  return `${amountText(minor, currency, locale)} ${currencySign(currency, locale)}`;
}
