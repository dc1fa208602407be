'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { Button } from '@/components/ui/button';
import { DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { DayOfShifts, ShiftDay, WaitingShift } from '@/server/modules/sales/till/schema';
import { CashGap } from './cash-gap';

const useShiftDay = () => useQuery(useTRPC().till.day.queryOptions());

/**
 * Beside the title what waits for the reader: closed shifts to accept. Where nothing does, today: how many shifts, how many of them open,
 * what the closed ones took.
 */
export function ShiftsHead() {
  const t = useTranslations('till.shifts');
  const { data: now } = useShiftDay();
  if (!now) return null;
  if (now.waitingCount > 0) return <WaitingShifts now={now} />;
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

/** Shown one by one, the longest wait first: the head of the list is one line. */
const SHOWN = 1;

function WaitingShifts({ now }: { now: ShiftDay }) {
  const t = useTranslations('till.shifts');
  const { set } = useUrlFilters();
  const more = now.waitingCount - Math.min(SHOWN, now.waiting.length);
  return (
    <section aria-label={t('waiting')} className="flex flex-wrap items-center gap-2">
      <span className="font-medium">{t('waiting')}</span>
      {now.waiting.slice(0, SHOWN).map((shift) => (
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
      <span className="max-w-44 truncate">
        {shift.tillCode} · {shift.cashierName}
      </span>{' '}
      <CashGap gap={shift.gap} currency={shift.currency} />
    </>
  );
}
