'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { DoctorDetailView } from './doctor-detail-view';
import { DoctorState } from './doctor-state';

/** A doctor at an address of their own. */
export function DoctorPage({ id }: { id: string }) {
  const t = useTranslations('doctors');
  const { data: doctor } = useSuspenseQuery(useTRPC().doctors.byId.queryOptions({ id }));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={doctor.name}
        status={<DoctorState doctor={doctor} />}
        back={
          <Link href="/doctors" className="inline-flex items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {t('title')}
          </Link>
        }
      />
      <div className="card p-(--card-p) lg:p-6">
        <DoctorDetailView doctor={doctor} />
      </div>
    </div>
  );
}
