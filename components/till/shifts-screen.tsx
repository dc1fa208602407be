'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Vault } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { ListScreen } from '@/components/kit/list/list-screen';
import { StatusBadge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { currencySign } from '@/components/ui/money-text';
import { SHIFT_STATES } from '@/server/domain/states';
import type { ShiftRow, ShiftState } from '@/server/modules/sales/till/schema';
import { CashGap } from './cash-gap';
import { DaySums, ShiftsHead } from './shift-day';
import { shiftPage } from './shift-filters';
import { ShiftPanel } from './shift-panel';

const TONES = { open: 'info', closed: 'waiting', accepted: 'good' } as const satisfies Record<ShiftState, string>;

export function ShiftStateBadge({ state }: { state: ShiftState }) {
  const t = useTranslations('till.shifts.states');
  return <StatusBadge tone={TONES[state]}>{t(state)}</StatusBadge>;
}

const BESIDE = ['openedAt', 'till', 'state', 'gap'];

function useColumns(): Column<ShiftRow>[] {
  const t = useTranslations('till.shifts');
  const currency = currencySign('VND', useLocale());
  const money = (row: ShiftRow, minor: bigint | null) =>
    minor === null ? '—' : <Money minor={minor} currency={row.currency} withCurrency={false} />;
  return [
    {
      id: 'openedAt',
      header: t('openedAt'),
      cell: (row) => <DateTime value={row.openedAt} />,
      width: 156,
      sortable: true,
    },
    { id: 'till', header: t('till'), cell: (row) => row.tillCode, width: 96, sortable: true },
    { id: 'cashier', header: t('cashier'), cell: (row) => row.cashierName, minWidth: 160 },
    { id: 'state', header: t('state'), cell: (row) => <ShiftStateBadge state={row.state} />, width: 150 },
    { id: 'orders', header: t('orders'), cell: (row) => row.orders, width: 96, align: 'end' },
    {
      id: 'taken',
      header: t('taken', { currency }),
      cell: (row) => (row.state === 'open' ? '—' : money(row, row.taken)),
      width: 140,
      align: 'end',
    },
    {
      id: 'counted',
      header: t('counted', { currency }),
      cell: (row) => money(row, row.countedCash),
      width: 150,
      align: 'end',
    },
    {
      id: 'gap',
      header: t('gap', { currency }),
      cell: (row) =>
        row.countedCash === null || row.expectedCash === null ? (
          '—'
        ) : (
          <CashGap gap={row.countedCash - row.expectedCash} currency={row.currency} />
        ),
      width: 136,
      align: 'end',
    },
  ];
}

/** The branch's shifts for its manager, one's own for a cashier; the report that proves itself stands beside the list. */
export function ShiftsScreen({ mayAccept }: { mayAccept: boolean }) {
  const t = useTranslations('till.shifts');
  const trpc = useTRPC();
  const asked = shiftPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    trpc.till.shifts.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  const days = new Map(list.data?.pages.flatMap((page) => page.days).map((one) => [one.day, one]));
  const states = SHIFT_STATES.map((value) => ({ value, label: t(`states.${value}`) }));
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'shifts',
        title: t('title'),
        page: {
          action: (
            <LinkButton href="/pos" variant="primary">
              {t('toTill')}
            </LinkButton>
          ),
        },
        asked,
        order: '-openedAt',
        columns: useColumns(),
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => `${row.tillCode} ${row.cashierName}`,
        search: { label: t('search'), placeholder: t('searchPlaceholder') },
        group: { by: 'openedAt', keyOf: (row) => row.day, head: (day) => <DaySums day={day} sums={days.get(day)} /> },
        filters: [
          { kind: 'days', from: 'from', to: 'to', label: t('days') },
          { kind: 'choice', param: 'state', label: t('state'), options: states },
        ],
        caption: <ShiftsHead />,
        icon: Vault,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
        panel: (id, onClose) => <ShiftPanel key={id} id={id} mayAccept={mayAccept} onClose={onClose} />,
      }}
    />
  );
}
