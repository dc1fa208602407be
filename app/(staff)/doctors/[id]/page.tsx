import { getTranslations } from 'next-intl/server';
import { DoctorPage } from '@/components/doctors/doctor-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ id: string }> };

// The title names the place, not the doctor: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('doctors'))('title') };
}

export default async function OneDoctorPage({ params }: Props) {
  await openPlace('/doctors');
  const asked = await params;
  const { id } = await loadDetail(trpc.doctors.byId.queryOptions({ id: asked.id }));
  return (
    <PageMessages namespaces={['doctors', 'statements']}>
      <Prefetched>
        <DoctorPage id={id} />
      </Prefetched>
    </PageMessages>
  );
}
