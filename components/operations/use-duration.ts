'use client';

import { useTranslations } from 'next-intl';
import { type DurationParts, durationParts, forecastParts } from './duration';

function useSaid() {
  const t = useTranslations('operations.duration');
  return ({ unit, ...values }: DurationParts) => t(unit, values as Record<string, number>);
}

/** "340 ms", "12 s", "2 h 5 min": says milliseconds. */
export function useDuration() {
  const said = useSaid();
  return (ms: number) => said(durationParts(ms));
}

/** When a queue will be empty at the pace of the last minutes, or that it does not move; `short` under a header that asks it. */
export function useDrain({ short = false } = {}) {
  const t = useTranslations(short ? 'operations.drainShort' : 'operations.drain');
  const said = useSaid();
  return ({ waiting, drainSeconds }: { waiting: number; drainSeconds: number | null }) => {
    if (waiting === 0) return t('empty');
    if (drainSeconds === null) return t('stands');
    const parts = forecastParts(drainSeconds);
    return parts ? t('in', { time: said(parts) }) : t('soon');
  };
}
