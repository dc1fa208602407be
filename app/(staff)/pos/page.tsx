import { getTranslations } from 'next-intl/server';
import { TillScreen } from '@/components/till/till-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('till'))('title') };
}

export default async function PosPage() {
  await openPlace('/pos');
  await prefetch(
    trpc.till.current.queryOptions(),
    trpc.till.tills.queryOptions(),
    trpc.till.sellable.queryOptions({ customerId: null }),
  );
  return (
    <PageMessages namespaces={['patients', 'till']}>
      <Prefetched>
        <TillScreen />
      </Prefetched>
    </PageMessages>
  );
}
