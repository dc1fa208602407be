import { OrderPage } from '@/components/orders/order-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';

type Props = { params: Promise<{ id: string }> };

const orderOf = async (params: Props['params']) => {
  const { id } = await params;
  return foundOr404(appRouter.createCaller(await requestContext()).orders.byId({ id }));
};

export async function generateMetadata({ params }: Props) {
  await openPlace('/orders');
  return { title: (await orderOf(params)).number };
}

export default async function OneOrderPage({ params }: Props) {
  await openPlace('/orders');
  const { id } = await orderOf(params);
  await prefetch(trpc.orders.byId.queryOptions({ id }));
  return (
    <Prefetched>
      <OrderPage id={id} />
    </Prefetched>
  );
}
