'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { Button } from '@/components/ui/button';
import { DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { DayOfShifts, WaitingShift } from '@/server/modules/sales/till/schema';
import { CashGap } from './cash-gap';

const useShiftDay = () => useQuery(useTRPC().till.day.queryOptions());

/** The day over the list: how many shifts, how many of them open, what the closed ones took. */
export function DayHead() {
  const t = useTranslations('till.shifts');
  const { data: now } = useShiftDay();
  if (!now) return null;
  return t.rich('dayHead', {
    date: () => <DayText value={now.day} className="font-medium text-ink" />,
    money: () => <Money minor={now.taken} currency={now.currency} className="font-medium text-ink" />,
    shifts: now.shifts,
    open: now.open,
  });
}

/** A day over its shifts: how many, what the closed ones took, and by how much their drawers differ. */
export function DaySums({ day, sums }: { day: string; sums: DayOfShifts | undefined }) {
  const t = useTranslations('till.shifts');
  return (
    <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <DayText value={day} className="font-semibold text-ink" />
      {sums && (
        <>
          <span>{t('daySums', { shifts: sums.shifts, open: sums.open })}</span>
          <span>
            {t('dayTaken')} <Money minor={sums.taken} currency={sums.currency} className="font-medium text-ink" />
          </span>
          {sums.gap !== null && sums.gap !== 0n && <CashGap gap={sums.gap} currency={sums.currency} />}
        </>
      )}
    </span>
  );
}

/** What waits for the reader first: closed shifts to accept, each with its difference, a press away. */
export function WaitingShifts() {
  const t = useTranslations('till.shifts');
  const { set } = useUrlFilters();
  const { data: now } = useShiftDay();
  if (!now || now.waitingCount === 0) return null;
  const more = now.waitingCount - now.waiting.length;
  return (
    <section aria-label={t('waiting')} className="flex flex-wrap items-center gap-2">
      <span className="font-medium">{t('waiting')}</span>
      {now.waiting.map((shift) => (
        <Button key={shift.id} size="small" onPress={() => set({ open: shift.id }, true)}>
          <WaitingShiftFacts shift={shift} />
        </Button>
      ))}
      {more > 0 && (
        <Button size="small" variant="quiet" onPress={() => set({ state: 'closed' })}>
          {t('moreWaiting', { count: more })}
        </Button>
      )}
    </section>
  );
}

function WaitingShiftFacts({ shift }: { shift: WaitingShift }) {
  return (
    <>
      {shift.tillCode} · {shift.cashierName} <CashGap gap={shift.gap} currency={shift.currency} />
    </>
  );
}
