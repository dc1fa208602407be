import { plainLine } from './text';

/**
 * Days and moments as people write them. The day comes before the month, unless the year of four digits comes first; parts may have
 * one digit; `-`, `/` or `.` part them, the same sign twice. A time has hours and minutes (`8:05`, `8h05`, `8h`), may have seconds,
 * and may say AM, PM, SA or CH; it stands before or behind the day. A moment with an offset (`Z`, `+07:00`) is that instant; all
 * others are on the wall clock of the zone. An offset to the west is one only as programs write it, behind a `T` or seconds:
 * `08:00-09:00` is an hour and no zone.
 */

const DAY = /^(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2}))$/;
const TIME = /^(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?|h)$/i;
const HALF = /^(?:(am|sa)|(pm|ch))$/i;
const OFFSET = /(?:Z|([+-])(\d{2}):?(\d{2}))$/;
/** A day behind the time whose year is no offset: `16:07 09-10-2026`. */
const DAY_AT_END = /(?:^|\s)\d{1,2}-\d{1,2}-\d{4}$/;
const BY_PROGRAM = /\dT\d|:\d{2}:\d{2}/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const daysOf = (year: number, month: number) =>
  month === 2 && (year % 4 === 0 ? year % 100 !== 0 || year % 400 === 0 : false) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

const two = (value: number) => String(value).padStart(2, '0');

type Day = { year: number; month: number; day: number; short: boolean };

function readDay(text: string): Day | null {
  const found = DAY.exec(text);
  if (!found) return null;
  const year = found[1] ?? found[8] ?? '';
  const [month, day] = [Number(found[3] ?? found[7]), Number(found[4] ?? found[5])];
  return { year: Number(year), month, day, short: year.length === 2 };
}

const isReal = ({ year, month, day }: Day) => year >= 1900 && day >= 1 && day <= daysOf(year, month);
const dayText = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`;

/** Minutes of the day; null for what is no time. */
function readTime(text: string, half: string | undefined): number | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [hour, minute, second] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (half === undefined) return hour * 60 + minute;
  const [, , afternoon] = HALF.exec(half) ?? [];
  return hour < 1 || hour > 12 ? null : ((hour % 12) + (afternoon ? 12 : 0)) * 60 + minute;
}

/**
 * Whether a moment can be read both ways and says AM or PM, as where the month comes first: `2/1/2026 9:00 PM`. It is read with the
 * day first, like all others.
 */
export function isAmerican(written: string): boolean {
  const text = plainLine(written.slice(0, 80)).slice(0, 40);
  if (!/\d\s?[ap]m(?:\s|$)/i.test(text)) return false;
  const [, first, second] = /(?:^|\s)(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?:\s|$)/.exec(text) ?? [];
  return Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** An instant on the wall clock of a zone, `YYYY-MM-DD HH:MM`. */
function onWall(instant: number, zone: string): string {
  let clock = clocks.get(zone);
  if (!clock) {
    // Swedish writes dates so.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    clocks.set(zone, clock);
  }
  return clock.format(instant);
}

type Parts = { day: Day; minutes: number; offset: number | null };

function takeApart(written: string): Parts | null {
  const text = written.trim();
  if (text.length > 40) return null;
  const zoned = /\d{1,2}:\d{2}/.test(text) && !DAY_AT_END.test(text) ? OFFSET.exec(text) : null;
  if (zoned?.[1] === '-' && !BY_PROGRAM.test(text)) return null;
  const plain = zoned ? text.slice(0, zoned.index) : text;
  const words = plain.replace(/^([\d/.-]+)T(?=\d)/, '$1 ').split(/\s+/);
  // It stands at the end, or behind its time where the day comes last.
  const at = words.findIndex(
    (word, index) => HALF.test(word) && (index === words.length - 1 || TIME.test(words[index - 1] ?? '')),
  );
  const [half] = at < 0 ? [] : words.splice(at, 1);
  if (words.length > 2 || (half && words.length < 2)) return null;
  const [first = '', second] = words;
  const day = readDay(first) ?? (second === undefined ? null : readDay(second));
  if (!day) return null;
  const time = second === undefined ? '0:00' : readDay(first) ? second : first;
  const minutes = readTime(time, half);
  const [hours, rest] = [Number(zoned?.[2] ?? 0), Number(zoned?.[3] ?? 0)];
  if (minutes === null || hours > 14 || rest > 59) return null;
  const offset = zoned ? (zoned[1] === '-' ? -1 : 1) * (hours * 60 + rest) : null;
  return { day, minutes, offset };
}

function momentText({ day, minutes, offset }: Parts, zone: string): string | null {
  if (!isReal(day)) return null;
  if (offset === null) return `${dayText(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return onWall(Date.UTC(day.year, day.month - 1, day.day, 0, minutes - offset), zone);
}

/** A moment as `YYYY-MM-DD HH:MM` on the zone's wall clock; seconds are left out. Null for all else; a year has four digits. */
export function readMoment(text: string, zone: string): string | null {
  const parts = takeApart(text);
  return parts && !parts.day.short ? momentText(parts, zone) : null;
}

/**
 * A day alone, `YYYY-MM-DD`, in the forms of a moment: what programs write behind a day without a time, `00:00`, may stand with it.
 * Null for all else, and for a moment with an offset.
 */
export function readDayAlone(text: string): string | null {
  const parts = takeApart(text);
  const alone = parts && !parts.day.short && parts.minutes === 0 && parts.offset === null;
  return alone && isReal(parts.day) ? dayText(parts.day) : null;
}

/**
 * A day of birth as `YYYY-MM-DD`, in the forms of a moment. A year of two digits is the last such year in which that day is not
 * later than `today`: on 2026-11-20, `1/3/58` is 1958-03-01 and `1/3/20` is 2020-03-01. Null for all else.
 */
export function readBirthDay(text: string, zone: string, today: string): string | null {
  const parts = takeApart(text);
  if (!parts) return null;
  if (!parts.day.short) return momentText(parts, zone)?.slice(0, 10) ?? null;
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  const late = { ...parts.day, year: century + parts.day.year };
  const day = dayText(late) <= today.slice(0, 10) ? late : { ...late, year: late.year - 100 };
  return isReal(day) ? dayText(day) : null;
}
