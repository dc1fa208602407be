import { getTranslations } from 'next-intl/server';
import { TillScreen } from '@/components/till/till-screen';
import { heldSalesKey } from '@/server/api/held-sales-key';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';

export async function generateMetadata() {
  return { title: (await getTranslations('pos'))('title') };
}

export default async function PosPage() {
  const cashier = await openPlace('/pos');
  await prefetch(
    trpc.till.current.queryOptions(),
    trpc.till.tills.queryOptions(),
    trpc.till.sellable.queryOptions({ customerId: null }),
  );
  return (
    <Prefetched>
      <TillScreen cashierKey={heldSalesKey(cashier.id)} />
    </Prefetched>
  );
}
