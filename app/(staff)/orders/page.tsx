import { getTranslations } from 'next-intl/server';
import { orderFilters, orderPage } from '@/components/orders/order-filters';
import { OrdersScreen } from '@/components/orders/orders-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('orders'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OrdersPage({ searchParams }: Props) {
  const actor = await openPlace('/orders');
  const params = await searchParams;
  await prefetch(
    trpc.orders.list.infiniteQueryOptions(orderPage(params), { getNextPageParam: (page) => page.nextCursor }),
    trpc.orders.totals.queryOptions(orderFilters(params)),
    trpc.orders.branches.queryOptions(),
  );
  return (
    <PageMessages namespaces={['orders', 'till', 'giving-back']}>
      <Prefetched>
        <OrdersScreen maySell={can(actor.role, 'pos.sell')} />
      </Prefetched>
    </PageMessages>
  );
}
