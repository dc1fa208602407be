'use client';

import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { ListTable } from '@/components/kit/list/list-table';
import { LinkButton } from '@/components/ui/button';
import { FilterBar } from '@/components/ui/filter-bar';
import { Money } from '@/components/ui/money';
import { ListDetail } from '@/components/ui/side-panel';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { ORDER_SOURCES, ORDER_STATES, type OrderTotals } from '@/server/modules/sales/orders/schema';
import { orderFilters, orderPage } from './order-filters';
import { OrderPanel } from './order-panel';
import { useOrderColumns } from './use-order-columns';

/** The orders that one may see: filters in the address, sums of what is filtered, the detail beside the list. */
export function OrdersScreen({ maySell }: { maySell: boolean }) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const params = Object.fromEntries(useSearchParams());
  const { get, set } = useUrlFilters();
  const totals = useQuery(trpc.orders.totals.queryOptions(orderFilters(params)));
  const list = useInfiniteQuery(
    trpc.orders.list.infiniteQueryOptions(orderPage(params), { getNextPageParam: (page) => page.nextCursor }),
  );
  const columns = useOrderColumns(totals.data?.[0]);
  const open = get('open');
  const filtered = Object.keys(orderFilters(params)).length > 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        {...(maySell
          ? {
              action: (
                <LinkButton href="/pos" variant="primary">
                  {t('sell')}
                </LinkButton>
              ),
            }
          : {})}
      />
      <OrderFilterBar />
      <OrderSums totals={totals.data} />
      <ListDetail
        list={
          <ListTable
            label={t('title')}
            columns={columns}
            list={list}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.number}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/orders/${row.id}`}
            openKey={open || null}
            storageKey="orders"
            maxHeight="max-h-[calc(100dvh-19rem)]"
            none={{
              icon: ReceiptText,
              title: filtered ? t('noneFiltered') : t('none'),
              text: filtered ? t('noneFilteredText') : t('noneText'),
            }}
          />
        }
        panel={open ? <OrderPanel key={open} id={open} onClose={() => set({ open: '' })} /> : null}
      />
    </>
  );
}

function OrderFilterBar() {
  const t = useTranslations('orders');
  const locale = useLocale();
  const trpc = useTRPC();
  const { data: branches } = useSuspenseQuery(trpc.orders.branches.queryOptions());
  const branchFilter = {
    kind: 'choice' as const,
    param: 'branch',
    label: t('filters.branch'),
    options: branches.map((branch) => ({ value: branch.code, label: locale === 'en' ? branch.nameEn : branch.nameVi })),
  };
  return (
    <FilterBar
      search={{ label: t('filters.search'), placeholder: t('filters.searchPlaceholder') }}
      filters={[
        { kind: 'day', param: 'from', label: t('filters.from') },
        { kind: 'day', param: 'to', label: t('filters.to') },
        ...(branches.length > 1 ? [branchFilter] : []),
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
      ]}
    />
  );
}

function OrderSums({ totals }: { totals: OrderTotals[] | undefined }) {
  const t = useTranslations('orders.sums');
  const format = useFormatter();
  const sum = totals?.[0] ?? { orders: 0, list: 0n, discount: 0n, net: 0n, currency: 'VND' };
  const waiting = totals === undefined;
  const money = (minor: bigint) => (waiting ? '…' : <Money minor={minor} currency={sum.currency} />);
  return (
    <div className="mb-3">
      <StatTiles>
        <StatTile label={t('orders')} value={waiting ? '…' : format.number(sum.orders)} />
        <StatTile label={t('list')} value={money(sum.list)} />
        <StatTile label={t('discount')} value={money(sum.discount)} />
        <StatTile label={t('net')} value={money(sum.net)} />
      </StatTiles>
    </div>
  );
}
