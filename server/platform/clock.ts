import { CalendarDate, fromDate, parseDate, toZoned } from '@internationalized/date';
import { z } from 'zod';

export const DEFAULT_ZONE = 'Asia/Ho_Chi_Minh';

/** A day (YYYY-MM-DD) and a month (YYYY-MM) that a business of today can mean, and every calendar in use can hold. */
const isOfOurTime = (text: string) => /^(18|19|20|21)/.test(text);
export const calendarDay = z.iso.date().refine(isOfOurTime, { message: 'bad_date' });
export const calendarMonth = z.string().regex(/^(18|19|20|21)\d{2}-(0[1-9]|1[0-2])$/);

/** The business day (YYYY-MM-DD) of a moment in a zone. */
export function businessDay(moment: Date, zone: string = DEFAULT_ZONE): string {
  const at = fromDate(moment, zone);
  return new CalendarDate(at.year, at.month, at.day).toString();
}

/** The first moment of a day (YYYY-MM-DD) in a zone, in UTC. */
export function startOfDay(day: string, zone: string = DEFAULT_ZONE): Date {
  return toZoned(parseDate(day), zone).toDate();
}

/** The half-open moments `[from, to)` of a calendar month (YYYY-MM) in a zone, in UTC. */
export function monthBounds(month: string, zone: string = DEFAULT_ZONE): { from: Date; to: Date } {
  const first = parseDate(`${month}-01`);
  return { from: toZoned(first, zone).toDate(), to: toZoned(first.add({ months: 1 }), zone).toDate() };
}

/** The month (YYYY-MM) that holds a moment in a zone. */
export const monthOf = (moment: Date, zone: string = DEFAULT_ZONE): string => businessDay(moment, zone).slice(0, 7);
