'use client';

import { CalendarRange } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { Button } from './button';
import { type DayRange, daysOf, presetOf } from './day-presets';
import { dayText } from './day-text';
import { later } from './later';
import { Popover } from './popover';

const DayRangeBox = later(() => import('./day-range-box').then((module) => module.DayRangeBox));

/** With one press, where there is room; the others stand behind the first button. */
const QUICK = ['today', 'last7', 'thisMonth'] as const;

/** As large as what comes, so that nothing moves. */
const boxPlace = <div className="h-28 w-83 max-w-full" />;

/** The day that it is in the organisation's zone, YYYY-MM-DD. */
const todayIn = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('en-CA', timeZone ? { timeZone } : {}).format(new Date());

export type DayRangeFilterProps = {
  label: string;
  /** Empty where it is open. */
  value: DayRange;
  onChange: (range: DayRange) => void;
};

/** Days from one to another: the most usual ones with one press, the others and any by two fields behind another. */
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
    <div className="flex items-center gap-1">
      <Popover
        label={label}
        trigger={
          <Button icon={CalendarRange}>
            <span>
              <span className="font-normal text-ink-2">{label}:</span> {said()}
            </span>
          </Button>
        }
        preload={DayRangeBox.preload}
        className="flex flex-col gap-3"
      >
        {(close) => (
          <DayRangeBox
            value={value}
            onChange={onChange}
            preset={preset}
            today={today}
            close={close}
            fallback={boxPlace}
          />
        )}
      </Popover>
      {QUICK.map((one) => (
        <Button
          key={one}
          variant="quiet"
          aria-pressed={one === preset}
          onPress={() => onChange(one === preset ? { from: '', to: '' } : daysOf(one, today))}
          className="max-xl:hidden px-2 aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
        >
          {t(`quick.${one}`)}
        </Button>
      ))}
    </div>
  );
}
