import { withoutEndingNoughts } from './digits';
import { plainLine } from './text';

/**
 * How a number is read: one rule for both languages, every screen, sheet and command. People here write `45.000` and `45,000` for
 * the same amount, and `7.5` and `7,5` for the same percentage, whatever the language of the screen; so the signs are judged by
 * where they stand, never by the language, and what can be read two ways is refused.
 *
 * 1. Points and commas both: the last of them begins the decimals, the other groups: `45.000,00` and `45,000.00`. (Three decimals so
 *    written in a field that keeps fewer are refused: `1.000,000` may be a million with one sign mistyped.)
 * 2. One of them, more than once: it groups: `1.234.567`.
 * 3. One of them, once: it begins decimals (`7.5`, `7,25`, `0.125`), except before exactly three digits behind one to three, where
 *    it could as well group. There `50.000` is fifty thousand in a field of whole numbers, and refused in one with decimals.
 * 4. Spaces and apostrophes group. Groups are of three digits; a number of more digits does not begin with zero.
 * 5. The unit of the field may stand with it: `%`, or the currency's code or sign.
 * 6. Decimals beyond the field's count are refused unless they are zeros; so is what is over its limit. Nothing is rounded or clamped.
 */

export type NumberRule = {
  /** Decimals that the field keeps; 0 is a field of whole numbers. */
  decimals: number;
  /** The largest number allowed, a decimal text. */
  most: string;
  least?: string;
  negative?: boolean;
  /** What may stand before or behind the figure, in lower case. */
  units?: readonly string[];
};

export type NumberProblem =
  | 'bad_number'
  | 'ambiguous_number'
  | 'too_many_decimals'
  | 'negative_number'
  | 'over_limit'
  | 'under_limit';

/** `value` is a plain decimal text: `1234.5`, `-3`, without needless zeros. */
export type NumberRead = { value: string } | { code: NumberProblem; params: { limit: string; decimals: string } };

export const PERCENT_UNITS = ['%'] as const;
export const DONG_UNITS = ['đ', '₫', 'đồng', 'd', 'dong', 'vnd', 'vnđ'] as const;

/** Up to a hundred with three decimals, as discounts and tax rates are kept. */
export const PERCENT_RULE: NumberRule = { decimals: 3, most: '100', units: PERCENT_UNITS };

/** A price, a fee or a commission in minor units. More is no price but a phone or a reference in the wrong column. */
export const MOST_PRICE = '1000000000';
export const PRICE_RULE: NumberRule = { decimals: 0, most: MOST_PRICE, units: DONG_UNITS };

/** An amount at the till, a band of revenue, in minor units. */
export const MOST_AMOUNT = '1000000000000';
export const AMOUNT_RULE: NumberRule = { decimals: 0, most: MOST_AMOUNT, units: DONG_UNITS };

const MOST_DIGITS = 15;

function withoutUnit(text: string, units: readonly string[]): string {
  const lower = text.toLowerCase();
  for (const unit of [...units].sort((a, b) => b.length - a.length)) {
    if (lower.length > unit.length && lower.endsWith(unit)) return text.slice(0, -unit.length).trim();
    if (lower.length > unit.length && lower.startsWith(unit)) return text.slice(unit.length).trim();
  }
  return text;
}

const isGrouped = (parts: readonly string[]) =>
  parts.length > 1 && /^[1-9]\d{0,2}$/.test(parts[0] ?? '') && parts.slice(1).every((part) => /^\d{3}$/.test(part));

/** The digits of a part that stands before the decimals; `group` is the one sign that may group in it. Null where it does not. */
function wholeDigits(text: string, group: string | undefined): string | null {
  const signs = group === undefined ? new Set(text.match(/[^\d]/g)) : new Set([group]);
  if (signs.size > 1) return null;
  const [sign] = signs;
  if (sign === undefined || !text.includes(sign)) return /^(0|[1-9]\d*)$/.test(text) ? text : null;
  const parts = text.split(sign);
  return isGrouped(parts) ? parts.join('') : null;
}

type Split = { whole: string; fraction: string } | 'bad_number' | 'ambiguous_number';

const parted = (whole: string | null, fraction: string): Split =>
  whole === null || !/^\d*$/.test(fraction) ? 'bad_number' : { whole, fraction };

/** Whether what would be taken for decimals may be the last group of a number without its first sign: `1200.000`. */
const mayBeGroup = ({ whole, fraction }: { whole: string; fraction: string }, decimals: number) =>
  decimals < 3 && fraction.length === 3 && whole !== '0' && withoutEndingNoughts(fraction).length <= decimals;

/** Takes a figure apart by the rule above; `text` holds digits, points, commas, spaces and apostrophes. */
function takeApart(text: string, decimals: number): Split {
  const signs = [...text].filter((sign) => sign === '.' || sign === ',');
  const last = signs.at(-1);
  if (last === undefined) return parted(wholeDigits(text, undefined), '');
  const at = text.lastIndexOf(last);
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const kinds = new Set(signs);
  if (kinds.size === 1 && signs.length > 1) return parted(wholeDigits(text, last), '');
  if (after === '') return 'bad_number';
  if (kinds.size === 2) {
    const other = last === '.' ? ',' : '.';
    if (signs.filter((sign) => sign === last).length > 1) return 'bad_number';
    const split = parted(wholeDigits(before, other), after);
    // `1.000,000` among whole numbers: a thousand with decimals, or a million with one sign mistyped.
    return split !== 'bad_number' && decimals < 3 && after.length === 3 ? 'ambiguous_number' : split;
  }
  // `45.0000`: forty-five with decimals, or `45.000` with a nought too many.
  if (decimals === 0 && /^[1-9]\d{0,2}$/.test(before) && /^0{4,}$/.test(after)) return 'ambiguous_number';
  if (!isGrouped([before, after])) {
    const split = parted(wholeDigits(before, undefined), after);
    return typeof split === 'object' && mayBeGroup(split, decimals) ? 'ambiguous_number' : split;
  }
  return decimals === 0 ? { whole: before + after, fraction: '' } : 'ambiguous_number';
}

/** Compares two plain decimal texts that are not negative. */
function isOver(value: string, limit: string): boolean {
  const [[whole = '', fraction = ''], [most = '', rest = '']] = [value.split('.'), limit.split('.')];
  const scale = Math.max(fraction.length, rest.length);
  return BigInt(whole + fraction.padEnd(scale, '0')) > BigInt(most + rest.padEnd(scale, '0'));
}

/** Reads a number as people write it; see the rule above. */
export function readNumber(written: string, rule: NumberRule): NumberRead {
  const params = { limit: rule.most, decimals: String(rule.decimals) };
  const refuse = (code: NumberProblem, limit = rule.most): NumberRead => ({ code, params: { ...params, limit } });
  const figure = withoutUnit(plainLine(written), rule.units ?? []);
  const negative = /^[-−]/.test(figure);
  const text = negative ? figure.slice(1).trim() : figure;
  if (!/^\d[\d.,'’ ]*$/.test(text)) return refuse('bad_number');
  const split = takeApart(text, rule.decimals);
  if (typeof split === 'string') return refuse(split);
  const fraction = withoutEndingNoughts(split.fraction);
  if (split.whole.length > MOST_DIGITS) return refuse('over_limit');
  if (fraction.length > rule.decimals) return refuse('too_many_decimals');
  const size = fraction ? `${split.whole}.${fraction}` : split.whole;
  if (negative && size !== '0' && !rule.negative) return refuse('negative_number');
  if (isOver(size, rule.most)) return refuse('over_limit');
  const value = negative && size !== '0' ? `-${size}` : size;
  const least = rule.least ?? '0';
  if (!value.startsWith('-') && value !== least && isOver(least, value)) return refuse('under_limit', least);
  return { value };
}

/** A number's value, or null where it cannot be read. */
export function numberOf(written: string, rule: NumberRule): string | null {
  const read = readNumber(written, rule);
  return 'value' in read ? read.value : null;
}
