'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { useIsUnderWay, useLongAct } from '@/components/kit/long-act/use-long-act';
import { monthName } from '@/components/statement-access/month-name';
import { notify } from '@/components/ui/toast';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';

export type MonthAct = 'approve' | 'publish';

/** How many statements of the month an act has before it. */
export const waitingFor = (act: MonthAct, { states }: Pick<MonthOverview, 'states'>): number =>
  act === 'approve' ? states.draft + states.reviewed : states.approved;

export const monthKey = (month: string): string => `month.${month}`;

/** How many statements an act has done that had `before` of them before it, as the server counts them now. */
export function useMonthProgress(month: string) {
  const client = useQueryClient();
  const trpc = useTRPC();
  return (act: MonthAct, before: number) => async (): Promise<number> => {
    const now = await client.fetchQuery(trpc.statements.month.queryOptions({ month }, { staleTime: 0 }));
    return Math.max(0, before - waitingFor(act, now));
  };
}

/** Approves or publishes a month, as an act that may take long. */
export function useMonthAct(overview: MonthOverview, refresh: () => Promise<unknown>) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const trpc = useTRPC();
  const begin = useLongAct();
  const { month } = overview;
  const progressOf = useMonthProgress(month);
  const approve = useSentOnce(trpc.statements.approve.mutationOptions());
  const publish = useSentOnce(trpc.statements.publish.mutationOptions());
  const start = (act: MonthAct, beforeEnd = false): Promise<void> => {
    const total = waitingFor(act, overview);
    return begin({
      key: monthKey(month),
      label: t(`${act}.progress`, { month: monthName(month, locale) }),
      total,
      run: async () =>
        act === 'approve'
          ? (await approve.mutateAsync({ month, beforeEnd })).approved
          : (await publish.mutateAsync({ month })).published,
      progress: progressOf(act, total),
      onDone: (count) => notify.good(t(`${act}.done`, { count })),
      onEnd: refresh,
    });
  };
  return { start, isUnderWay: useIsUnderWay(monthKey(month)) };
}
