import { groupDigits } from '@/server/domain/digits';

/**
 * Money as people read and type it. Amounts are bigint minor units (VND has none: 150000n is 150.000 đ); nothing here
 * goes through a floating number.
 */
export const MINUS = '−';

const digitsByCurrency = new Map<string, number>();

/** Count of minor digits of an ISO 4217 currency: VND 0, USD 2. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

export function separators(locale: string): { group: string; decimal: string } {
  return locale.startsWith('vi') ? { group: '.', decimal: ',' } : { group: ',', decimal: '.' };
}

/** "đ" for VND, as it is written here; the currency's own narrow sign otherwise. */
export function currencySign(currency: string, locale: string): string {
  if (currency === 'VND') return 'đ';
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

export interface TypedMoney {
  /** What the box shows after regrouping. */
  text: string;
  /** Where the caret stands in it. */
  caret: number;
  /** null while the box holds no figure. */
  minor: bigint | null;
}

export interface TypedMoneyOptions {
  currency: string;
  locale: string;
  allowNegative?: boolean;
}

const MOST_DIGITS = 15;

/**
 * Reads what stands in the box after a keystroke or a paste and groups it again. The caret keeps the count of
 * significant characters at its left. A closing "k" means thousand, as cashiers say it: "450k" is 450 000.
 */
export function regroupMoney(raw: string, caret: number, options: TypedMoneyOptions): TypedMoney {
  const digits = minorDigits(options.currency);
  const { group, decimal } = separators(options.locale);
  const negative = options.allowNegative === true && /^\s*[-−]/.test(raw);
  const cut = digits > 0 ? raw.lastIndexOf(decimal) : -1;
  const hasFraction = cut >= 0;
  const wholeRaw = hasFraction ? raw.slice(0, cut) : raw;
  const thousands = /\d\s*k\s*$/i.test(raw) ? '000' : '';
  const whole = (wholeRaw.replace(/\D/g, '') + thousands).replace(/^0+(?=\d)/, '').slice(0, MOST_DIGITS);
  const fraction = hasFraction
    ? raw
        .slice(cut + 1)
        .replace(/\D/g, '')
        .slice(0, digits)
    : '';
  if (whole === '' && fraction === '') {
    const text = negative ? MINUS : '';
    return { text, caret: text.length, minor: null };
  }
  const shown = groupDigits(whole === '' ? '0' : whole, group) + (hasFraction ? decimal + fraction : '');
  const text = (negative ? MINUS : '') + shown;
  const size = BigInt((whole === '' ? '0' : whole) + fraction.padEnd(digits, '0'));
  const isCounted = (char: string) => /\d/.test(char) || (digits > 0 && char === decimal);
  const after = thousands ? 0 : [...raw.slice(caret)].filter(isCounted).length;
  const position = caretBefore(text, text.length - shown.length, after, isCounted);
  return { text, caret: position, minor: negative ? -size : size };
}

/**
 * The caret is counted from the right: what stands after it does not change while one types before it. It stays left
 * of a group sign, so that a backspace always takes a digit.
 */
function caretBefore(text: string, least: number, after: number, isCounted: (char: string) => boolean): number {
  let left = after;
  let position = text.length;
  while (position > least && (left > 0 || !isCounted(text.charAt(position - 1)))) {
    position -= 1;
    if (isCounted(text.charAt(position))) left -= 1;
  }
  return position;
}

/** Reads pasted or stored text as money; null when it holds no figure. */
export function parseMoney(text: string, options: TypedMoneyOptions): bigint | null {
  return regroupMoney(text, text.length, options).minor;
}
