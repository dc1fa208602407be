'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { Money } from '@/components/ui/money';
import type { MonthOverview, StatementRow } from '@/server/modules/referral/statements/schema';
import { StatementBadge } from './statement-badge';

/** The columns of a month's statements, with the month's totals under them while nothing is filtered. */
export function useStatementColumns(overview: MonthOverview, filtered: boolean): Column<StatementRow>[] {
  const t = useTranslations('statements');
  const { number } = useFormatter();
  const { totals, currency } = overview;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} withCurrency={false} />;
  const sum = (
    id: 'base' | 'commission' | 'carryForward' | 'adjustments' | 'tax' | 'payable',
    hidden = false,
  ): Column<StatementRow> => ({
    id,
    header: t(`columns.${id}`),
    cell: (row) => (id === 'payable' ? <span className="font-medium">{money(row[id])}</span> : money(row[id])),
    align: 'end',
    width: 124,
    hidden,
    sortable: id === 'base' || id === 'payable',
    ...(filtered ? {} : { total: money(totals[id]) }),
  });
  const count = (id: 'orders' | 'lines'): Column<StatementRow> => ({
    id,
    header: t(`columns.${id}`),
    cell: (row) => number(row[id]),
    align: 'end',
    width: 92,
    sortable: id === 'orders',
    ...(filtered ? {} : { total: number(totals[id]) }),
  });
  return [
    {
      id: 'doctor',
      header: t('columns.doctor'),
      cell: (row) => (
        <span className="block truncate">
          <span className="font-medium">{row.doctorName}</span>
          {!row.hasChannel && <span className="ml-2 text-xs text-notice">{t('list.noChannel')}</span>}
        </span>
      ),
      minWidth: 180,
      sortable: true,
    },
    {
      id: 'code',
      header: t('columns.code'),
      cell: (row) => <Code>{row.doctorCode}</Code>,
      width: 100,
      sortable: true,
    },
    { id: 'state', header: t('columns.state'), cell: (row) => <StatementBadge state={row.state} />, width: 136 },
    count('orders'),
    count('lines'),
    sum('base'),
    sum('commission'),
    sum('carryForward', totals.carryForward === 0n),
    sum('adjustments', totals.adjustments === 0n),
    sum('tax'),
    sum('payable'),
  ];
}
