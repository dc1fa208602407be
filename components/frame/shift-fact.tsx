'use client';

import { clsx } from 'clsx';
import { WalletCards } from 'lucide-react';
import Link from 'next/link';
import { useTimeZone, useTranslations } from 'next-intl';
import { dateTimeText, dayOfInstant, timeText } from '@/components/ui/day-text';
import { useToday } from '@/components/ui/use-today';
import { DEFAULT_TIME_ZONE } from '@/i18n/locales';
import type { FrameProps } from './frame-props';

/** One's own shift, and the way to the till: the clock of today's, the day too of one that was left open. */
export function ShiftFact({ shift }: { shift: NonNullable<FrameProps['shift']> | null }) {
  const t = useTranslations('frame.bar');
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const today = useToday();
  const opened = shift && new Date(shift.openedAt);
  const isLeftOpen = opened !== null && dayOfInstant(opened, zone) !== today;
  return (
    <Link
      href="/pos"
      className={clsx(
        'flex min-w-0 items-center gap-1.5 rounded-md px-1 py-1 hover:bg-hover @max-[36rem]/bar:hidden',
        isLeftOpen ? 'font-medium text-notice' : 'text-ink-2',
      )}
    >
      <WalletCards aria-hidden="true" className="size-4 shrink-0" />
      <span className="truncate">
        {shift && opened
          ? t('shiftOpen', {
              till: shift.till,
              time: isLeftOpen ? dateTimeText(opened, zone) : timeText(opened, zone),
            })
          : t('shiftNone')}
      </span>
    </Link>
  );
}
