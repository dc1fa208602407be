'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { PatientDetailView } from './patient-detail-view';

/** A patient at an address of their own. */
export function PatientPage({ id }: { id: string }) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const { data: patient } = useSuspenseQuery(trpc.patients.byId.queryOptions({ id }));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={patient.fullName}
        status={<span className="tabular text-ink-2">{patient.code}</span>}
        back={
          <Link href="/patients" className="hover:underline">
            {t('title')}
          </Link>
        }
      />
      <div className="card p-(--card-p) lg:p-6">
        <PatientDetailView patient={patient} heading="h2" />
      </div>
    </div>
  );
}
