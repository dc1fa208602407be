'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { currencySign } from '@/components/ui/money-text';
import { TierIcon } from '@/components/ui/tier-icon';
import type { OrderRow, OrderTotals } from '@/server/modules/sales/orders/schema';
import { OrderStateBadge } from './order-state';

/** The columns of a list of orders; the total stands for all that is filtered. */
export function useOrderColumns(totals: OrderTotals | undefined): Column<OrderRow>[] {
  const t = useTranslations('orders');
  const currency = totals?.currency ?? 'VND';
  const sign = currencySign(currency, useLocale());
  return [
    {
      id: 'number',
      header: t('columns.number'),
      cell: (row) => <Code className="font-semibold">{row.number}</Code>,
      width: 152,
      sortable: true,
    },
    {
      id: 'orderedAt',
      header: t('columns.orderedAt'),
      cell: (row) => <DateTime value={row.orderedAt} />,
      width: 152,
      sortable: true,
    },
    {
      id: 'patient',
      header: t('columns.patient'),
      cell: (row) => row.patientName,
      minWidth: 150,
    },
    {
      id: 'customer',
      header: t('columns.customer'),
      cell: (row) =>
        row.customerName ? (
          <span className="flex min-w-0 items-center gap-1.5">
            <TierIcon tier={row.tier} />
            <span className="truncate" title={row.customerName}>
              {row.customerName}
            </span>
          </span>
        ) : (
          <span className="text-ink-3">{t('selfPaid')}</span>
        ),
      minWidth: 190,
    },
    { id: 'doctor', header: t('columns.doctor'), cell: (row) => row.doctorName ?? '—', minWidth: 130 },
    { id: 'branch', header: t('columns.branch'), cell: (row) => row.branchCode, width: 96, hidden: true },
    { id: 'source', header: t('columns.source'), cell: (row) => t(`sources.${row.source}`), width: 110, hidden: true },
    { id: 'lines', header: t('columns.lines'), cell: (row) => row.lineCount, width: 88, align: 'end' },
    { id: 'state', header: t('columns.state'), cell: (row) => <OrderStateBadge state={row.state} />, width: 128 },
    {
      id: 'due',
      header: t('columns.due', { currency: sign }),
      cell: (row) =>
        row.due === 0n ? (
          <span className="text-ink-3">—</span>
        ) : (
          <Money minor={row.due} currency={row.currency} withCurrency={false} />
        ),
      width: 120,
      align: 'end',
      hidden: true,
      ...(totals ? { total: <Money minor={totals.due} currency={currency} withCurrency={false} /> } : {}),
    },
    {
      id: 'net',
      header: t('columns.net', { currency: sign }),
      cell: (row) => <Money minor={row.netTotal} currency={row.currency} withCurrency={false} />,
      width: 128,
      align: 'end',
      sortable: true,
      ...(totals ? { total: <Money minor={totals.net} currency={currency} withCurrency={false} /> } : {}),
    },
  ];
}
