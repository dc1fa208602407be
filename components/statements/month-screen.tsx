'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { monthName } from '@/components/statement-access/month-name';
import { AttentionButton } from './attention-list';
import { type Rights, useMonthActions } from './month-actions';
import { MonthStrip } from './month-strip';
import { RunStatus } from './run-status';
import { PeriodBadge } from './statement-badge';
import { StatementList } from './statement-list';

const REFRESH_MS = 1_000;

/** A period as a page: state, sums, what needs a look first, the doctors' statements, and the next step. */
export function MonthScreen({ month, thisMonth, rights }: { month: string; thisMonth: string; rights: Rights }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const trpc = useTRPC();
  const { data: overview, dataUpdatedAt } = useSuspenseQuery(
    trpc.statements.month.queryOptions(
      { month },
      { refetchInterval: ({ state }) => (isBusy(state.data?.run?.state) ? REFRESH_MS : false) },
    ),
  );
  const { data: periods } = useSuspenseQuery(trpc.statements.periods.queryOptions());
  const { runs, approves, publishes, dialog } = useMonthActions(overview, rights);
  const approved = overview.states.approved + overview.states.published + overview.states.paid;
  const published = overview.states.published + overview.states.paid;
  return (
    <div data-fills="" className="flex min-h-0 flex-col gap-1.5 lg:flex-1">
      <div className="flex items-start gap-1 [&>header]:mb-0 [&>header]:min-w-0 [&>header]:flex-1">
        <Link
          href="/statements"
          aria-label={t('title')}
          className="-ml-1.5 mt-1 rounded-md p-1 text-ink-2 hover:bg-hover"
        >
          <ArrowLeft aria-hidden="true" className="size-5" />
        </Link>
        <PageHeader
          title={t('month', { month: monthName(month, locale) })}
          status={
            <>
              <PeriodBadge state={overview.state} />
              {approved > 0 && <span className="text-ink-2">{t('totals.progressHint', { approved, published })}</span>}
            </>
          }
          secondary={
            <>
              <AttentionButton overview={overview} />
              {runs}
            </>
          }
          action={
            <>
              {approves}
              {publishes}
            </>
          }
        />
      </div>
      {overview.run && <RunStatus run={overview.run} month={month} now={dataUpdatedAt} />}
      <MonthStrip overview={overview} periods={periods} thisMonth={thisMonth} />
      <StatementList overview={overview} rights={rights} />
      {dialog}
    </div>
  );
}

const isBusy = (state: string | undefined) => state === 'requested' || state === 'running';
