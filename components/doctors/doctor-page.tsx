'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { DoctorDetailView } from './doctor-detail-view';
import { DoctorState } from './doctor-state';

/** A doctor at an address of their own. */
export function DoctorPage({ id }: { id: string }) {
  const t = useTranslations('doctors');
  const { data: doctor } = useSuspenseQuery(useTRPC().doctors.byId.queryOptions({ id }));
  return (
    <DetailPage
      title={doctor.name}
      status={<DoctorState doctor={doctor} />}
      back={{ href: '/doctors', label: t('title') }}
    >
      <DoctorDetailView doctor={doctor} />
    </DetailPage>
  );
}
