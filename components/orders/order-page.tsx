'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { OrderDetailView } from './order-detail-view';
import { OrderStateBadge } from './order-state';

/** An order at its own address. */
export function OrderPage({ id }: { id: string }) {
  const t = useTranslations('orders');
  const trpc = useTRPC();
  const { data: order } = useSuspenseQuery(trpc.orders.byId.queryOptions({ id }));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={<span className="tabular">{order.number}</span>}
        status={<OrderStateBadge state={order.state} />}
        back={
          <Link href="/orders" className="hover:underline">
            {t('title')}
          </Link>
        }
      />
      <div className="card p-(--card-p) lg:p-6">
        <OrderDetailView order={order} heading="h2" />
      </div>
    </div>
  );
}
