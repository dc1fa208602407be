import { getTranslations } from 'next-intl/server';
import { DoctorsScreen } from '@/components/doctors/doctors-screen';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';

export async function generateMetadata() {
  return { title: (await getTranslations('doctors'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DoctorsPage({ searchParams }: Props) {
  await openPlace('/doctors');
  const { q } = await searchParams;
  const search = typeof q === 'string' ? q.slice(0, 100) : '';
  await prefetch(
    trpc.doctors.list.infiniteQueryOptions({ search, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Prefetched>
      <DoctorsScreen />
    </Prefetched>
  );
}
