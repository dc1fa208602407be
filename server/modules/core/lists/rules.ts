import { minorDigits } from '@/server/domain/currency';
import type { ExportCell } from './schema';

/** Minor units as a decimal number with a point, as programs read it: 450000 đ is "450000", 12.50 USD is "12.50". */
export function decimalText(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

// To make a format takes a hundred times as long as to use it.
const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  clocks.set(timeZone, clock);
  return clock;
}

const figures = new Map<string, Intl.NumberFormat>();
function figuresOf(locale: string, decimals = 0): Intl.NumberFormat {
  const key = `${locale} ${decimals}`;
  const known = figures.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  figures.set(key, format);
  return format;
}

/** A moment on the wall clock of a zone, "2026-11-29 08:05": sorts as text, and spreadsheets know it. */
export function wallClock(at: Date, timeZone: string): string {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** A cell as programs read it. */
export function plainText(cell: ExportCell, timeZone: string): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  if ('minor' in cell) return cell.minor === null ? '' : decimalText(cell.minor, cell.currency);
  if ('day' in cell) return cell.day ?? '';
  return cell.at === null ? '' : wallClock(cell.at, timeZone);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})/;
const asRead = (iso: string) => iso.replace(DAY, '$3/$2/$1');

/** A cell as people read it on paper: figures grouped, days as DD/MM/YYYY. */
export function readText(cell: ExportCell, { timeZone, locale }: { timeZone: string; locale: 'vi' | 'en' }): string {
  if (typeof cell === 'number') return figuresOf(locale).format(cell);
  if (cell === null || typeof cell !== 'object') return cell ?? '';
  if ('minor' in cell) {
    if (cell.minor === null) return '';
    // A decimal text is formatted to its last digit, where a number would lose some.
    const text = decimalText(cell.minor, cell.currency) as `${number}`;
    return figuresOf(locale, minorDigits(cell.currency)).format(text);
  }
  return asRead(plainText(cell, timeZone));
}
