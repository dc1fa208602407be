import { getTranslations } from 'next-intl/server';
import { TodayScreen } from '@/components/orders/today-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { TODAYS_ORDERS } from '@/server/modules/sales/orders/schema';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('frame'))('places.today') };
}

export default async function TodayPage() {
  await openPlace('/today');
  await prefetch(trpc.orders.today.queryOptions());
  return (
    <PageMessages namespaces={['orders']}>
      <Prefetched>
        <TodayScreen mostShown={TODAYS_ORDERS} />
      </Prefetched>
    </PageMessages>
  );
}
