import { minorDigits } from '@/server/domain/currency';
import { groupDigits, shortDecimal } from '@/server/domain/digits';
import type { Amount, Language } from './words';

export { minorDigits };

const separators: Record<Language, { group: string; decimal: string }> = {
  vi: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/** `1.234.567` in Vietnamese, `1,234,567` in English; a minus that can be copied into a sheet. */
export function formatAmount(value: Amount, digits: number, language: Language): string {
  const { group: separator, decimal } = separators[language];
  const negative = value.startsWith('-') && /[1-9]/.test(value);
  const padded = value.replace('-', '').padStart(digits + 1, '0');
  const whole = groupDigits(padded.slice(0, padded.length - digits).replace(/^0+(?=\d)/, ''), separator);
  const fraction = digits > 0 ? decimal + padded.slice(-digits) : '';
  return (negative ? '-' : '') + whole + fraction;
}

export const formatCount = (value: number, language: Language) =>
  groupDigits(String(value), separators[language].group);

/** `12.5` becomes `12,5 %` in Vietnamese and `12.5 %` in English; the space does not break. */
export const formatPercent = (value: string, language: Language) =>
  `${shortDecimal(value).replace('.', separators[language].decimal)}\u00a0%`;

/** `2026-10-03` as people write it here, `03/10/2026`, in both languages; a period `2026-10` is `10/2026`. */
export const formatDay = (day: string) => day.split('-').reverse().join('/');

/** An instant in the organisation's zone: `31/10/2026 22:29`. */
export function formatInstant(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('day')}/${part('month')}/${part('year')} ${part('hour')}:${part('minute')}`;
}

/** The first and last day of a period `YYYY-MM`. */
export function periodDays(period: string): [first: string, last: string] {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return [`${period}-01`, `${period}-${last}`];
}

/** 0 for Sunday. */
export const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
