'use client';

import { CalendarRange } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { Button } from './button';
import { DateField } from './date-field';
import { DAY_PRESETS, type DayRange, daysOf, presetOf } from './day-presets';
import { dayText } from './day-text';
import { Popover } from './popover';

/** The day that it is in the organisation's zone, YYYY-MM-DD. */
const todayIn = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('en-CA', timeZone ? { timeZone } : {}).format(new Date());

export type DayRangeFilterProps = {
  label: string;
  /** Empty where it is open. */
  value: DayRange;
  onChange: (range: DayRange) => void;
};

/** Days from one to another: the usual ones with one press, any others by two fields. */
export function DayRangeFilter({ label, value, onChange }: DayRangeFilterProps) {
  const t = useTranslations('ui.days');
  const today = todayIn(useTimeZone());
  const { from, to } = value;
  const preset = presetOf(value, today);
  const said = () => {
    if (preset) return t(preset);
    if (from && to) return from === to ? dayText(from) : t('between', { from: dayText(from), to: dayText(to) });
    if (from) return t('since', { day: dayText(from) });
    return to ? t('until', { day: dayText(to) }) : t('all');
  };
  return (
    <Popover
      label={label}
      trigger={
        <Button icon={CalendarRange}>
          <span>
            <span className="font-normal text-ink-2">{label}:</span> {said()}
          </span>
        </Button>
      }
      className="flex flex-col gap-3"
    >
      {(close) => (
        <>
          <div className="flex flex-wrap gap-1">
            {DAY_PRESETS.map((one) => (
              <Button
                key={one}
                size="small"
                variant={one === preset ? 'primary' : 'secondary'}
                onPress={() => {
                  onChange(daysOf(one, today));
                  close();
                }}
              >
                {t(one)}
              </Button>
            ))}
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                onChange({ from: '', to: '' });
                close();
              }}
            >
              {t('all')}
            </Button>
          </div>
          <div className="flex gap-2">
            <DateField
              label={t('from')}
              value={from || null}
              onChange={(day) => onChange({ from: day ?? '', to })}
              className="w-40"
            />
            <DateField
              label={t('to')}
              value={to || null}
              onChange={(day) => onChange({ from, to: day ?? '' })}
              className="w-40"
            />
          </div>
        </>
      )}
    </Popover>
  );
}
