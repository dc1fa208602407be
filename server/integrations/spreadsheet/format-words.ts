import { CURRENCY_CODES } from '@/server/domain/currency';
import { groupDigits } from '@/server/domain/digits';
import { DONG_UNITS } from '@/server/domain/number';
import { formatNumber } from './cells';

/**
 * Number formats whose words make another number of what is typed: under `#,##0",000"` a cell that holds 45 shows 45,000, under
 * `0" nghìn"` 45 thousand, under `"KH-"#` a code. Who sees the sheet means what it shows, and its CSV holds the same. So do signs of
 * money and of percent, as in `#,##0" đ"`: `$1,500` is no price in đồng, nor 50 đ a discount of 50 %. Other units change nothing
 * and are left out. `isAmount`: the number is itself, beside its unit.
 */
export type Words = { before: string; behind: string; grouped: boolean; isAmount: boolean };

/**
 * Words and escaped signs; the sign of a currency; other brackets, widths and fillings, which show nothing; the places of digits; the
 * end of a section.
 */
const TOKEN = /"([^"]{0,60})"|\\(.)|\[(?:\$([^\]-]{1,20}))?[^\]]{0,60}\]|[_*].|(general|[#0?.,]+)|(;)|(.)/gis;

const isDong = (word: string) => (DONG_UNITS as readonly string[]).includes(word);

/** Whether words beside a number say of what it is one: money, or hundredths. */
const isUnit = (words: string): boolean =>
  /[\p{Sc}%]/u.test(words) ||
  words.split(/[^\p{L}]+/u).some((word) => isDong(word.toLowerCase()) || CURRENCY_CODES.has(word.toUpperCase()));

/** Words that multiply what stands before them. A number that says so is refused where an amount is expected. */
const MULTIPLE =
  /^\s*(?:k|n|ng|ngh|nghìn|ngàn|nghin|ngan|tr|triệu|trieu|tỷ|tỉ|ty|m|mn|mil|mio|millions?|thousands?|bn)(?!\p{L})/iu;

/** A comma behind the last digit's place divides by a thousand: then the words only say what was done. */
const SCALED = /,(?![#0?,])|,$/;

/** The words of a format, by its first section, which is the one for the numbers that people enter; null where they change nothing. */
export function wordsOf(code: string): Words | null {
  let [before, places, behind] = ['', '', ''];
  for (const [, quoted = '', escaped = '', sign = '', place = '', end, other = ''] of code
    .normalize('NFC')
    .matchAll(TOKEN)) {
    if (end) break;
    if (place) [places, behind] = [places + place, ''];
    else if (places) behind += quoted + escaped + sign + other;
    else before += quoted + escaped + sign + other;
  }
  if (places === '' || SCALED.test(places)) return null;
  const grouped = places.includes(',');
  const isCode = !grouped && !places.includes('.') && /[\p{L}\d]/u.test(before);
  const isOther = /\d/.test(behind) || MULTIPLE.test(behind);
  if (isCode || isOther)
    return { before: isCode ? before : '', behind: isOther ? behind.trimEnd() : '', grouped, isAmount: false };
  const units = { before: isUnit(before) ? before.trimStart() : '', behind: isUnit(behind) ? behind.trimEnd() : '' };
  return units.before || units.behind ? { ...units, grouped: false, isAmount: true } : null;
}

/** A number as the words of its format show it. */
export function formatWords(value: number, { before, behind, grouped }: Words): string {
  const text = formatNumber(value);
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(.*)$/s.exec(text) ?? [];
  return `${before}${grouped ? `${sign}${groupDigits(whole, ',')}${rest}` : text}${behind}`;
}
