'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { AttentionList } from './attention-list';
import { type Rights, useMonthActions } from './month-actions';
import { MonthChart } from './month-chart';
import { monthText } from './month-text';
import { MonthTotals } from './month-totals';
import { RunStatus } from './run-status';
import { PeriodBadge } from './statement-badge';
import { StatementList } from './statement-list';

const REFRESH_MS = 1_000;

/** A period as a page: state, sums, what needs a look first, the doctors' statements, and the next step. */
export function MonthScreen({ month, thisMonth, rights }: { month: string; thisMonth: string; rights: Rights }) {
  const t = useTranslations('statements');
  const trpc = useTRPC();
  const { data: overview, dataUpdatedAt } = useSuspenseQuery(
    trpc.statements.month.queryOptions(
      { month },
      { refetchInterval: ({ state }) => (isBusy(state.data?.run?.state) ? REFRESH_MS : false) },
    ),
  );
  const { data: periods } = useSuspenseQuery(trpc.statements.periods.queryOptions());
  const { runs, approves, publishes, dialog } = useMonthActions(overview, rights);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={t('month', { month: monthText(month) })}
        status={<PeriodBadge state={overview.state} />}
        back={
          <Link href="/statements" className="inline-flex items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {t('title')}
          </Link>
        }
        description={t('currencyNote', { currency: overview.currency })}
        secondary={runs}
        action={
          <>
            {approves}
            {publishes}
          </>
        }
      />
      {overview.run && <RunStatus run={overview.run} month={month} now={dataUpdatedAt} />}
      <MonthTotals overview={overview} />
      <div className="grid items-start gap-4 grid-cols-1 lg:grid-cols-2">
        <MonthChart periods={periods} upTo={thisMonth} currency={overview.currency} current={month} />
        {overview.totals.statements > 0 && <AttentionList overview={overview} />}
      </div>
      <StatementList overview={overview} rights={rights} />
      {dialog}
    </div>
  );
}

const isBusy = (state: string | undefined) => state === 'requested' || state === 'running';
