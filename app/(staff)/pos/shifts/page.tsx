import { getTranslations } from 'next-intl/server';
import { ShiftsScreen } from '@/components/till/shifts-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('till.shifts'))('title') };
}

export default async function ShiftsPage() {
  const actor = await openPlace('/pos');
  await prefetch(trpc.till.shifts.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <PageMessages namespaces={['till']}>
      <Prefetched>
        <ShiftsScreen mayAccept={can(actor.role, 'shift.accept')} />
      </Prefetched>
    </PageMessages>
  );
}
