import { OrderPage } from '@/components/orders/order-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ id: string }> };

const orderOf = async (params: Props['params']) => {
  const { id } = await params;
  return loadDetail(trpc.orders.byId.queryOptions({ id }));
};

export async function generateMetadata({ params }: Props) {
  await openPlace('/orders');
  return { title: (await orderOf(params)).number };
}

export default async function OneOrderPage({ params }: Props) {
  const actor = await openPlace('/orders');
  const { id } = await orderOf(params);
  return (
    <PageMessages namespaces={['orders', 'till', 'giving-back']}>
      <Prefetched>
        <OrderPage id={id} maySell={can(actor.role, 'pos.sell')} mayGiveBack={can(actor.role, 'order.refund')} />
      </Prefetched>
    </PageMessages>
  );
}
