import { getTranslations } from 'next-intl/server';
import { DoctorPage } from '@/components/doctors/doctor-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';

type Props = { params: Promise<{ id: string }> };

// The title names the place, not the doctor: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('doctors'))('title') };
}

export default async function OneDoctorPage({ params }: Props) {
  await openPlace('/doctors');
  const asked = await params;
  const { id } = await foundOr404(appRouter.createCaller(await requestContext()).doctors.byId({ id: asked.id }));
  await prefetch(trpc.doctors.byId.queryOptions({ id }));
  return (
    <Prefetched>
      <DoctorPage id={id} />
    </Prefetched>
  );
}
