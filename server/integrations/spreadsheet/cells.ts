import { withoutEndingNoughts } from '@/server/domain/digits';

/** How typed cells become text. Serial days and binary fractions stop here; nothing after this sees a float. */

const two = (value: number) => String(value).padStart(2, '0');

const DAY = 86_400;
/** 31 December 9999, the last day that a spreadsheet knows. */
const LAST_DAY = 2_958_465;
/** Days between the beginnings of the two systems of dates. */
const SYSTEMS_APART = 1_462;

function dayOf(serial: number): string {
  // The spreadsheets' own mistake: their year 1900 has a 29 February, so days before it count from a day later.
  if (serial === 60) return '1900-02-29';
  const at = new Date(Date.UTC(1899, 11, (serial < 60 ? 31 : 30) + serial));
  return `${String(at.getUTCFullYear()).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

function timeOf(seconds: number): string {
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? time : `${time}:${two(seconds % 60)}`;
}

/**
 * A serial day as `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm[:ss]` where the cell has a time of day; a time alone (day zero) as
 * `HH:mm[:ss]`. Serials are binary fractions, so times are rounded to the second. Null for what a spreadsheet shows as no date.
 */
export function formatSerial(serial: number, date1904: boolean): string | null {
  const seconds = Math.round((date1904 ? serial + SYSTEMS_APART : serial) * DAY);
  const day = Math.floor(seconds / DAY);
  if (!(seconds >= 0) || day > LAST_DAY) return null;
  const rest = seconds - day * DAY;
  if (day === 0) return timeOf(rest);
  return rest === 0 ? dayOf(day) : `${dayOf(day)}T${timeOf(rest)}`;
}

/** Days as elapsed hours, `25:30` or `25:30:10`: how a sheet shows them under `[h]:mm`. Null for what it cannot show. */
export function formatDuration(days: number): string | null {
  const seconds = Math.round(days * DAY);
  return seconds >= 0 && Number.isSafeInteger(seconds) ? timeOf(seconds) : null;
}

const ISO = /^(?:(\d{4}-\d\d-\d\d)T?)?(?:(\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * A cell of type `d` in the same forms, with its offset where it has one: `2026-10-31T22:29+07:00`. Which wall clock that is,
 * is for who knows the organisation's zone. What is no such text stays as it is.
 */
export function formatIsoDate(text: string): string {
  const [, day, minutes, seconds = '00', zone = ''] = ISO.exec(text.trim()) ?? [];
  if (!day && !minutes) return text;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const time = `${minutes ?? '00:00'}${seconds === '00' ? '' : `:${seconds}`}`;
  if (!day) return `${time}${offset}`;
  return time === '00:00' && !offset ? day : `${day}T${time}${offset}`;
}

/** Moves the point of `digits` × 10^exponent without going through a float. */
function expand(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = withoutEndingNoughts(padded.slice(at));
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const plain = decimals ? `${integer}.${decimals}` : integer;
  return sign && plain !== '0' ? `-${plain}` : plain;
}

/** A plain decimal, to the fifteen digits that a spreadsheet itself keeps: 0.1 + 0.2 is `0.3`, 84343180949 has no exponent. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '0' : String(value);
  const shortest = String(value);
  return shortest.length <= 16 && !shortest.includes('e') ? shortest : expand(value.toPrecision(15));
}

/** A cell shown as a percentage reads as people see it, `12.5%`, and as the same sheet saved as CSV holds it. */
export const formatPercent = (value: number) => `${expand((value * 100).toPrecision(15))}%`;
