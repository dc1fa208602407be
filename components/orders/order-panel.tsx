'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { OrderDetailView } from './order-detail-view';
import { OrderStateBadge } from './order-state';

/** An order beside its list. */
export function OrderPanel({ id, maySell, onClose }: { id: string; maySell: boolean; onClose: () => void }) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const order = useQuery(trpc.orders.byId.queryOptions({ id }));
  return (
    <DetailPanel
      query={order}
      loading={t('detail.loading')}
      title={(data) => data.number}
      subtitle={(data) => <OrderStateBadge state={data.state} />}
      page={{ href: `/orders/${id}`, label: t('detail.ownPage') }}
      width="wide"
      onClose={onClose}
    >
      {(data) => <OrderDetailView order={data} maySell={maySell} />}
    </DetailPanel>
  );
}
