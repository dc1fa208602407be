'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { Code } from '@/components/ui/code';
import { OrderDetailView } from './order-detail-view';
import { OrderStateBadge } from './order-state';

/** An order at its own address. */
export function OrderPage({ id, maySell = false }: { id: string; maySell?: boolean }) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const { data: order } = useSuspenseQuery(trpc.orders.byId.queryOptions({ id }));
  return (
    <DetailPage
      title={<Code>{order.number}</Code>}
      status={<OrderStateBadge state={order.state} />}
      back={{ href: '/orders', label: t('title') }}
    >
      <OrderDetailView order={order} heading="h2" maySell={maySell} />
    </DetailPage>
  );
}
