import { getTranslations } from 'next-intl/server';
import { patientPage } from '@/components/patients/patient-filters';
import { PatientsScreen } from '@/components/patients/patients-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('patients'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PatientsPage({ searchParams }: Props) {
  const actor = await openPlace('/patients');
  await prefetch(
    trpc.patients.list.infiniteQueryOptions(patientPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['orders', 'patients']}>
      <Prefetched>
        <PatientsScreen mayRegister={can(actor.role, 'patient.register')} maySell={can(actor.role, 'pos.sell')} />
      </Prefetched>
    </PageMessages>
  );
}
