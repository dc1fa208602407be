import { getTranslations } from 'next-intl/server';
import { ShiftsScreen } from '@/components/till/shifts-screen';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

export async function generateMetadata() {
  return { title: (await getTranslations('pos.shifts'))('title') };
}

export default async function ShiftsPage() {
  const actor = await openPlace('/pos');
  await prefetch(trpc.till.shifts.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <Prefetched>
      <ShiftsScreen mayAccept={can(actor.role, 'shift.accept')} />
    </Prefetched>
  );
}
