'use client';

import { useQuery } from '@tanstack/react-query';
import { Calculator, FileSpreadsheet } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { monthName } from '@/components/statement-access/month-name';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import type { Column } from '@/components/ui/data-table-types';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Money } from '@/components/ui/money';
import type { PeriodRow } from '@/server/modules/referral/statements/schema';
import { MonthChart } from './month-chart';
import { monthsUpTo } from './month-text';
import { RunMonthDialog } from './run-month-dialog';
import { PeriodBadge } from './statement-badge';

const REFRESH_MS = 1_500;

function usePeriodColumns(currency: string): Column<PeriodRow>[] {
  const t = useTranslations('statements');
  const locale = useLocale();
  const sum = (minor: bigint) => <Money minor={minor} currency={currency} withCurrency={false} />;
  return [
    {
      id: 'month',
      header: t('columns.month'),
      cell: (row) => <span className="font-medium">{monthName(row.month, locale)}</span>,
      width: 150,
    },
    {
      id: 'state',
      header: t('columns.state'),
      cell: (row) =>
        row.running ? <StatusBadge tone="info">{t('periods.running')}</StatusBadge> : <PeriodBadge state={row.state} />,
      minWidth: 130,
    },
    { id: 'statements', header: t('columns.statements'), cell: (row) => row.statements, align: 'end', width: 100 },
    { id: 'published', header: t('columns.published'), cell: (row) => row.published, align: 'end', width: 120 },
    { id: 'base', header: t('columns.base'), cell: (row) => sum(row.base), align: 'end', minWidth: 130 },
    {
      id: 'commission',
      header: t('columns.commission'),
      cell: (row) => sum(row.commission),
      align: 'end',
      minWidth: 130,
    },
    { id: 'tax', header: t('columns.tax'), cell: (row) => sum(row.tax), align: 'end', minWidth: 120 },
    {
      id: 'payable',
      header: t('columns.payable'),
      cell: (row) => <span className="font-medium">{sum(row.payable)}</span>,
      align: 'end',
      minWidth: 130,
    },
  ];
}

/** The months: how each stands, what it came to, and the way to run one. `thisMonth` is today's in the organisation's zone. */
export function StatementsScreen({
  mayRun,
  thisMonth,
  currency,
}: {
  mayRun: boolean;
  thisMonth: string;
  currency: string;
}) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const sentenceOf = useErrorSentence();
  const [asking, setAsking] = useState(false);
  const periods = useQuery(
    useTRPC().statements.periods.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(({ running }) => running) ? REFRESH_MS : false),
    }),
  );
  const rows = periods.data ?? [];
  const action = (
    <Button variant="primary" icon={Calculator} onPress={() => setAsking(true)}>
      {t('run.action')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} description={t('description')} {...(mayRun ? { action } : {})} />
      <MonthChart periods={rows} upTo={thisMonth} currency={currency} className="card px-4 py-2" />
      <DataTable
        label={t('title')}
        columns={usePeriodColumns(currency)}
        rows={rows}
        rowKey={(row) => row.month}
        rowLabel={(row) => monthName(row.month, locale)}
        loading={periods.isPending}
        hrefOf={(row) => `/statements/${row.month}`}
        {...(rows.length > 0
          ? { caption: <span className="text-xs text-ink-3">{t('currencyNote', { currency })}</span> }
          : {})}
        empty={
          <EmptyState icon={FileSpreadsheet} title={t('periods.none')}>
            {t(mayRun ? 'periods.noneText' : 'periods.noneToSee')}
          </EmptyState>
        }
        error={
          periods.error ? (
            <ErrorState {...sentenceOf(periods.error)} onRetry={() => void periods.refetch()} />
          ) : undefined
        }
      />
      {asking && (
        <RunMonthDialog
          open
          onClose={() => setAsking(false)}
          upTo={thisMonth}
          suggested={monthsUpTo(thisMonth, 2)[1] ?? thisMonth}
        />
      )}
    </div>
  );
}
