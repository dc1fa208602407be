import { getTranslations } from 'next-intl/server';
import { PatientPage } from '@/components/patients/patient-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';

type Props = { params: Promise<{ id: string }> };

// The title names the place, not the patient: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('patients'))('title') };
}

export default async function OnePatientPage({ params }: Props) {
  await openPlace('/patients');
  const asked = await params;
  const { id } = await foundOr404(appRouter.createCaller(await requestContext()).patients.byId({ id: asked.id }));
  await prefetch(trpc.patients.byId.queryOptions({ id }));
  return (
    <Prefetched>
      <PatientPage id={id} />
    </Prefetched>
  );
}
