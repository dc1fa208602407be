import { getTranslations } from 'next-intl/server';
import { doctorPage } from '@/components/doctors/doctor-filters';
import { DoctorsScreen } from '@/components/doctors/doctors-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('doctors'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DoctorsPage({ searchParams }: Props) {
  await openPlace('/doctors');
  await prefetch(
    trpc.doctors.list.infiniteQueryOptions(doctorPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['doctors', 'statements']}>
      <Prefetched>
        <DoctorsScreen />
      </Prefetched>
    </PageMessages>
  );
}
