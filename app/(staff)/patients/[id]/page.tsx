import { getTranslations } from 'next-intl/server';
import { PatientPage } from '@/components/patients/patient-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ id: string }> };

// The title names the place, not the patient: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('patients'))('title') };
}

export default async function OnePatientPage({ params }: Props) {
  const actor = await openPlace('/patients');
  const asked = await params;
  const { id } = await loadDetail(trpc.patients.byId.queryOptions({ id: asked.id }));
  return (
    <PageMessages namespaces={['orders', 'patients']}>
      <Prefetched>
        <PatientPage id={id} maySell={can(actor.role, 'pos.sell')} />
      </Prefetched>
    </PageMessages>
  );
}
