/** Days and instants as people write them here: DD/MM/YYYY, 24 hours. A day is an ISO text "YYYY-MM-DD" without a zone. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether an ISO day exists in the calendar: 2025-02-29 does not. */
export function isDay(iso: string): boolean {
  const found = DAY.exec(iso);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** "2026-11-02" → "02/11/2026"; anything else comes back empty. */
export function dayText(iso: string): string {
  const found = DAY.exec(iso.slice(0, 10));
  return found ? `${found[3]}/${found[2]}/${found[1]}` : '';
}

/** The day before an ISO day: of a time that ends before a day, the last one in it. */
export const dayBefore = (iso: string): string =>
  new Date(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** What stands in the box after a keystroke: digits with slashes put in as soon as they are due. ISO pastes are turned. */
export function regroupDay(raw: string): string {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})/.exec(raw);
  if (iso) return `${iso[3]?.padStart(2, '0')}/${iso[2]?.padStart(2, '0')}/${iso[1]}`;
  const parts = raw.split(/[^\d]+/).filter(Boolean);
  const typedParts = raw.match(/[^\d]/g)?.length ?? 0;
  if (typedParts > 0 && parts.length > 0) {
    const padded = parts.map((part, index) => (index < parts.length - 1 && index < 2 ? part.padStart(2, '0') : part));
    const joined = padded.join('');
    const closed = /[^\d]$/.test(raw) && parts.length < 3;
    return slashed(closed ? padded.slice(0, -1).join('') + (parts.at(-1) ?? '').padStart(2, '0') : joined, closed);
  }
  return slashed(raw.replace(/\D/g, ''), false);
}

function slashed(digits: string, closed: boolean): string {
  const d = digits.slice(0, 8);
  const pieces = [d.slice(0, 2), d.slice(2, 4), d.slice(4)].filter(Boolean);
  const open = closed && pieces.length < 3 && (pieces.at(-1)?.length ?? 0) === 2;
  return pieces.join('/') + (open ? '/' : '');
}

/** ISO day of a whole "DD/MM/YYYY" (one-digit days and months allowed); null while it is unfinished or no real day. */
export function parseDay(text: string): string | null {
  const found =
    /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text);
  if (!found) return isDay(text.trim()) ? text.trim() : null;
  const iso = `${found[3]}-${found[2]?.padStart(2, '0')}-${found[1]?.padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoned(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

export type TimePrecision = 'minute' | 'second';

/** An instant in the organisation's zone: "02/11/2026 14:05", or with seconds. */
export function dateTimeText(instant: Date, timeZone: string, precision: TimePrecision = 'minute'): string {
  return `${dayOfInstant(instant, timeZone, 'written')} ${timeText(instant, timeZone, precision)}`;
}

/** The clock alone, "14:05". */
export function timeText(instant: Date, timeZone: string, precision: TimePrecision = 'minute'): string {
  const part = partsOf(instant, timeZone);
  return precision === 'second' ? `${part.hour}:${part.minute}:${part.second}` : `${part.hour}:${part.minute}`;
}

/** The business day of an instant in the organisation's zone, as ISO text or as written. */
export function dayOfInstant(instant: Date, timeZone: string, form: 'iso' | 'written' = 'iso'): string {
  const part = partsOf(instant, timeZone);
  return form === 'iso' ? `${part.year}-${part.month}-${part.day}` : `${part.day}/${part.month}/${part.year}`;
}

function partsOf(instant: Date, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    zoned(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
}
