'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { GiveBackActs } from '@/components/giving-back/give-back-acts';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { Code } from '@/components/ui/code';
import { OrderDetailView } from './order-detail-view';
import { OrderStateBadge } from './order-state';

/** An order at its own address. */
export function OrderPage({
  id,
  maySell = false,
  mayGiveBack = false,
}: {
  id: string;
  maySell?: boolean;
  mayGiveBack?: boolean;
}) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const { data: order } = useSuspenseQuery(trpc.orders.byId.queryOptions({ id }));
  return (
    <DetailPage
      title={<Code>{order.number}</Code>}
      status={<OrderStateBadge state={order.state} />}
      action={mayGiveBack && <GiveBackActs order={order} />}
      back={{ href: '/orders', label: t('title') }}
    >
      <OrderDetailView order={order} heading="h2" maySell={maySell} />
    </DetailPage>
  );
}
