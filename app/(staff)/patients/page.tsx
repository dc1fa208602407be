import { getTranslations } from 'next-intl/server';
import { PatientsScreen } from '@/components/patients/patients-screen';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

export async function generateMetadata() {
  return { title: (await getTranslations('patients'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PatientsPage({ searchParams }: Props) {
  const actor = await openPlace('/patients');
  const { q } = await searchParams;
  const search = typeof q === 'string' ? q.slice(0, 100) : '';
  await prefetch(
    trpc.patients.list.infiniteQueryOptions({ search, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Prefetched>
      <PatientsScreen mayRegister={can(actor.role, 'patient.register')} />
    </Prefetched>
  );
}
