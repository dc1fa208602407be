import { groupDigits } from '@/server/domain/digits';
import { DONG_UNITS, type NumberProblem, type NumberRule, readNumber } from '@/server/domain/number';
import { plainLine } from '@/server/domain/text';
import { amountText, currencySign, MINUS, minorDigits, separators } from './money-text';

export interface TypedMoney {
  /** What the box shows. */
  text: string;
  /** Where the caret stands in it. */
  caret: number;
  /** Minor units; null while the box holds no figure, and where it cannot be read. */
  minor: bigint | null;
  /** Why it cannot be read. */
  problem: NumberProblem | null;
}

export interface TypedMoneyOptions {
  currency: string;
  locale: string;
  allowNegative?: boolean | undefined;
  /** The whole text came at once: pasted, dropped or filled in. */
  atOnce?: boolean;
}

/** A trillion minor units, the most that the till takes. */
const MOST_MINOR = 1_000_000_000_000n;

const digitsOf = (text: string) => text.replace(/\D/g, '');

function ruleOf({ currency, locale, allowNegative }: TypedMoneyOptions): NumberRule {
  const decimals = minorDigits(currency);
  const units =
    currency === 'VND' ? DONG_UNITS : [currency.toLowerCase(), currencySign(currency, locale).toLowerCase()];
  const most = (MOST_MINOR / 10n ** BigInt(decimals)).toString();
  return { decimals, most, units, ...(allowNegative ? { negative: true } : {}) };
}

function minorOf(value: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(decimals, '0'));
  return value.startsWith('-') ? -size : size;
}

/** Reads a whole text by the one rule of numbers. A sign just typed behind the figure is waited for; "450k" is 450 000. */
export function readMoney(raw: string, options: TypedMoneyOptions): Pick<TypedMoney, 'minor' | 'problem'> {
  const text = plainLine(raw);
  const figure = text.replace(/(?<=\d)[.,]$/, '');
  if (figure === '' || figure === MINUS || figure === '-') return { minor: null, problem: null };
  const thousands = /^\d+ ?k$/i.test(figure);
  const read = readNumber(thousands ? `${digitsOf(figure)}000` : figure, ruleOf(options));
  if ('value' in read) return { minor: minorOf(read.value, minorDigits(options.currency)), problem: null };
  return { minor: null, problem: read.code };
}

/**
 * The box's own way of writing: what stands in it is grouped by the language again. Only for texts that the box itself grouped, since
 * signs are dropped and set again. Null where a digit would be lost.
 */
function regroup(raw: string, caret: number, options: TypedMoneyOptions): TypedMoney | null {
  const digits = minorDigits(options.currency);
  const { group, decimal } = separators(options.locale);
  const negative = options.allowNegative === true && /^\s*[-−]/.test(raw);
  const cut = digits > 0 ? raw.lastIndexOf(decimal) : -1;
  const thousands = /\d\s*k\s*$/i.test(raw) ? '000' : '';
  const whole = (digitsOf(cut >= 0 ? raw.slice(0, cut) : raw) + thousands).replace(/^0+(?=\d)/, '');
  const fraction = cut >= 0 ? digitsOf(raw.slice(cut + 1)) : '';
  if (fraction.length > digits) return null;
  if (whole === '' && fraction === '') {
    const text = negative ? MINUS : '';
    return { text, caret: text.length, minor: null, problem: null };
  }
  const shown = groupDigits(whole === '' ? '0' : whole, group) + (cut >= 0 ? decimal + fraction : '');
  const text = (negative ? MINUS : '') + shown;
  const size = BigInt((whole === '' ? '0' : whole) + fraction.padEnd(digits, '0'));
  const isCounted = (char: string) => /\d/.test(char) || (digits > 0 && char === decimal);
  const after = thousands ? 0 : [...raw.slice(caret)].filter(isCounted).length;
  const position = caretBefore(text, text.length - shown.length, after, isCounted);
  if (size > MOST_MINOR) return { text, caret: position, minor: null, problem: 'over_limit' };
  return { text, caret: position, minor: negative ? -size : size, problem: null };
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

/** What came into the box by a keystroke: the middle of the new text that is not in the old one. */
function insertedInto(before: string, raw: string): string {
  let start = 0;
  while (start < before.length && start < raw.length && before[start] === raw[start]) start += 1;
  let end = 0;
  while (end < raw.length - start && end < before.length - start && before.at(-1 - end) === raw.at(-1 - end)) end += 1;
  return raw.slice(start, raw.length - end);
}

/**
 * What a keystroke or a paste makes of the box, `before` being what it showed. Digits typed into a text that the box grouped itself
 * are grouped again at once. A sign that a person types, and whatever is pasted, is read by the one rule of numbers, shown as it was
 * typed, and refused where it can be read two ways or holds more than the currency.
 */
export function typeMoney(before: string, raw: string, caret: number, options: TypedMoneyOptions): TypedMoney {
  const read = readMoney(raw, options);
  if (options.atOnce) {
    if (read.minor === null) return { text: raw, caret, ...read };
    const text = amountText(read.minor, options.currency, options.locale);
    return { text, caret: text.length, ...read };
  }
  const { decimal } = separators(options.locale);
  const inserted = insertedInto(before, raw);
  const begins = minorDigits(options.currency) > 0 && inserted === decimal && !before.includes(decimal);
  const isOwn = regroup(before, before.length, options)?.text === before;
  const own =
    isOwn && (begins || (options.allowNegative ? /^(\d*|k|[-−])$/i : /^(\d*|k)$/i).test(inserted))
      ? regroup(raw, caret, options)
      : null;
  return own ?? { text: raw, caret, ...read };
}
