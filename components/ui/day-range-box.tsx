'use client';

import { useTranslations } from 'next-intl';
import { Button } from './button';
import { DateField } from './date-field';
import { DAY_PRESETS, type DayPreset, type DayRange, daysOf } from './day-presets';

type Props = {
  value: DayRange;
  onChange: (range: DayRange) => void;
  preset: DayPreset | null;
  today: string;
  close: () => void;
};

/** What the filter of days offers: the usual ones, and two fields. */
export function DayRangeBox({ value: { from, to }, onChange, preset, today, close }: Props) {
  const t = useTranslations('ui.days');
  return (
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
  );
}
