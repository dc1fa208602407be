'use client';

import { type CalendarDate, parseDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from 'react-aria-components/Calendar';
import { isDay } from './day-text';

interface DayCalendarProps {
  /** ISO days; what is none counts as not given. */
  value: string | null;
  min?: string | undefined;
  max?: string | undefined;
  onPick: (day: string) => void;
}

const toCalendar = (iso: string | null | undefined): CalendarDate | null => (iso && isDay(iso) ? parseDate(iso) : null);

const turn = 'grid size-8 place-items-center rounded-md text-ink-2 not-disabled:hover:bg-hover disabled:opacity-40';

/** One month, Monday first, for picking a day. */
export function DayCalendar({ value, min, max, onPick }: DayCalendarProps) {
  const t = useTranslations('ui.date');
  return (
    <Calendar
      aria-label={t('calendar')}
      autoFocus
      firstDayOfWeek="mon"
      value={toCalendar(value)}
      minValue={toCalendar(min)}
      maxValue={toCalendar(max)}
      onChange={(day) => day && onPick(day.toString())}
    >
      <div className="mb-2 flex items-center justify-between">
        <Button slot="previous" aria-label={t('previousMonth')} className={turn}>
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Button>
        <Heading className="text-sm font-semibold first-letter:uppercase" />
        <Button slot="next" aria-label={t('nextMonth')} className={turn}>
          <ChevronRight aria-hidden="true" className="size-4" />
        </Button>
      </div>
      <CalendarGrid weekdayStyle="narrow" className="tabular border-separate border-spacing-0.5">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="size-9 text-xs font-medium text-ink-3">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(day) => (
            <CalendarCell
              date={day}
              className="grid size-9 cursor-pointer place-items-center rounded-md text-sm outline-offset-0 data-disabled:cursor-default data-disabled:text-ink-3 data-hovered:bg-hover data-outside-month:invisible data-selected:bg-accent data-selected:font-semibold data-selected:text-on-accent data-today:border data-today:border-accent"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
