'use client';

import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { GiveBackByNumber } from '@/components/giving-back/give-back-by-number';
import { ListScreen } from '@/components/kit/list/list-screen';
import { LinkButton } from '@/components/ui/button';
import type { Filter } from '@/components/ui/filter-bar';
import { later } from '@/components/ui/later';
import { PanelPlace } from '@/components/ui/panel-place';
import { ORDER_SOURCES, ORDER_STATES } from '@/server/domain/states';
import { orderFilters, orderPage } from './order-filters';
import { useOrderColumns } from './use-order-columns';

const OrderPanel = later(() => import('./order-panel').then((module) => module.OrderPanel));

const BESIDE = ['number', 'patient', 'state', 'net'];

/** Orders of every way of selling: filters in the address, sums under the columns, the detail beside the list. */
export function OrdersScreen({ maySell }: { maySell: boolean }) {
  const t = useTranslations('orders');
  const format = useFormatter();
  const trpc = useTRPC();
  const params = Object.fromEntries(useSearchParams());
  const asked = orderPage(params);
  const totals = useQuery(trpc.orders.totals.queryOptions(orderFilters(params)));
  const list = useInfiniteQuery(
    trpc.orders.list.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  const sum = totals.data?.[0];
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'orders',
        title: t('title'),
        page: {
          action: maySell && (
            <>
              <GiveBackByNumber />
              <LinkButton href="/pos" variant="primary">
                {t('sell')}
              </LinkButton>
            </>
          ),
        },
        asked,
        order: '-orderedAt',
        columns: useOrderColumns(sum),
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => row.number,
        hrefOf: (row) => `/orders/${row.id}`,
        search: { label: t('filters.search'), placeholder: t('filters.searchPlaceholder') },
        filters: useOrderFilters(),
        caption: sum && (
          <span className="tabular">{t('found', { count: sum.orders, number: format.number(sum.orders) })}</span>
        ),
        icon: ReceiptText,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
        panel: (id, onClose) => (
          <OrderPanel key={id} id={id} maySell={maySell} onClose={onClose} fallback={<PanelPlace width="wide" />} />
        ),
      }}
    />
  );
}

function useOrderFilters(): Filter[] {
  const t = useTranslations('orders');
  const locale = useLocale();
  const { data: branches } = useSuspenseQuery(useTRPC().orders.branches.queryOptions());
  const options = branches.map(({ code, nameEn, nameVi }) => ({
    value: code,
    label: locale === 'en' ? nameEn : nameVi,
  }));
  return [
    { kind: 'days', from: 'from', to: 'to', label: t('filters.days') },
    ...(branches.length > 1 ? [{ kind: 'choice' as const, param: 'branch', label: t('filters.branch'), options }] : []),
    {
      kind: 'choice',
      param: 'source',
      label: t('filters.source'),
      options: ORDER_SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
    },
    {
      kind: 'choice',
      param: 'state',
      label: t('filters.state'),
      options: ORDER_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
    },
  ];
}
