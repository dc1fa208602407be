'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import { Money } from '@/components/ui/money';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { Figures } from './figures';

/** "About 12 seconds", "about 3 minutes": when an upload would be written. */
export function useDuration() {
  const t = useTranslations('uploads.duration');
  return (seconds: number) =>
    seconds < 60
      ? t('seconds', { count: Math.max(1, Math.round(seconds)) })
      : t('minutes', { count: Math.round(seconds / 60) });
}

/** What the check found; how many rows are wrong, and in which way, stands on the presses that show them. */
export function UploadFigures({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.tiles');
  const format = useFormatter();
  const duration = useDuration();
  const { valid, lines, netTotal, currency, patientsNew, tier, expectedSeconds } = upload;
  return (
    <Figures
      figures={[
        { label: t('ready'), value: format.number(valid), hint: t('lines', { count: lines }) },
        { label: t('money'), value: <Money minor={netTotal} currency={currency} />, hint: t('moneyHint') },
        { label: t('patientsNew'), value: format.number(patientsNew), hint: t('patientsHint') },
        { label: t('lane'), value: <TierBadge tier={tier} />, hint: t('laneHint') },
        {
          label: t('expected'),
          value: expectedSeconds === null ? '—' : duration(expectedSeconds),
          hint: expectedSeconds === null ? t('noForecast') : t('expectedHint'),
        },
      ]}
    />
  );
}
