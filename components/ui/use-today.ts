'use client';

import { useTimeZone } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { DEFAULT_TIME_ZONE } from '@/i18n/locales';
import { dayOfInstant } from './day-text';

const LOOK_EVERY_MS = 30_000;

function onTime(look: () => void): () => void {
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** The business day (YYYY-MM-DD), also on a screen that is left open over midnight. */
export function useToday(): string {
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const today = () => dayOfInstant(new Date(), zone);
  return useSyncExternalStore(onTime, today, today);
}
