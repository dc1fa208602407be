'use client';

import { useFormatter, useNow } from 'next-intl';
import { useEffect, useState } from 'react';
import { DateTime, type DateTimeProps } from './date-time';

/** The exact time with "5 minutes ago" as a hint after it; the hint comes after the first paint and keeps going. */
export function RelativeTime({ value, ...rest }: DateTimeProps) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <span>
      <DateTime value={value} {...rest} />
      {mounted && <span className="text-ink-3"> · {format.relativeTime(new Date(value), now)}</span>}
    </span>
  );
}
