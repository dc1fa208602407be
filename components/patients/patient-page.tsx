'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { Code } from '@/components/ui/code';
import { PatientDetailView, SellTo } from './patient-detail-view';

/** A patient at an address of their own. */
export function PatientPage({ id, maySell = false }: { id: string; maySell?: boolean }) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const { data: patient } = useSuspenseQuery(trpc.patients.byId.queryOptions({ id }));
  return (
    <DetailPage
      title={patient.fullName}
      status={<Code className="text-ink-2">{patient.code}</Code>}
      back={{ href: '/patients', label: t('title') }}
      action={maySell && <SellTo patientId={id} />}
    >
      <PatientDetailView patient={patient} heading="h2" maySell={maySell} />
    </DetailPage>
  );
}
