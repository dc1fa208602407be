import { getTranslations } from 'next-intl/server';
import { shiftPage } from '@/components/till/shift-filters';
import { ShiftsScreen } from '@/components/till/shifts-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('till.shifts'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ShiftsPage({ searchParams }: Props) {
  const actor = await openPlace('/pos/shifts');
  await prefetch(
    trpc.till.shifts.infiniteQueryOptions(shiftPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
    trpc.till.day.queryOptions(),
  );
  return (
    <PageMessages namespaces={['till']}>
      <Prefetched>
        <ShiftsScreen mayAccept={can(actor.role, 'shift.accept')} />
      </Prefetched>
    </PageMessages>
  );
}
