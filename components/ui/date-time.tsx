import { clsx } from 'clsx';
import { useTimeZone } from 'next-intl';
import { dateTimeText, dayText, type TimePrecision, timeText } from './day-text';

const FALLBACK_ZONE = 'Asia/Ho_Chi_Minh';

export interface DateTimeProps {
  /** An instant: ISO text or Date, UTC. It is shown in the organisation's zone, which the messages provider carries. */
  value: string | Date;
  precision?: TimePrecision;
  /** The clock alone, where the day is plain from the place. */
  timeOnly?: boolean;
  className?: string;
}

export function DateTime({ value, precision = 'minute', timeOnly, className }: DateTimeProps) {
  const zone = useTimeZone() ?? FALLBACK_ZONE;
  const instant = typeof value === 'string' ? new Date(value) : value;
  const exact = dateTimeText(instant, zone, precision);
  return (
    <time
      dateTime={instant.toISOString()}
      title={`${dateTimeText(instant, zone, 'second')} (${zone})`}
      className={clsx('whitespace-nowrap', className)}
    >
      {timeOnly ? timeText(instant, zone, precision) : exact}
    </time>
  );
}

/** A business day: ISO "YYYY-MM-DD" in, DD/MM/YYYY out; it has no zone. */
export function DayText({ value, className }: { value: string; className?: string }) {
  return (
    <time dateTime={value} className={clsx('whitespace-nowrap', className)}>
      {dayText(value)}
    </time>
  );
}
