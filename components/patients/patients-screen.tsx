'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListTable } from '@/components/kit/list/list-table';
import { Button } from '@/components/ui/button';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime, DayText } from '@/components/ui/date-time';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail } from '@/components/ui/side-panel';
import { notify } from '@/components/ui/toast';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { phoneText } from '@/server/domain/phone';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { PatientDetailView } from './patient-detail-view';
import { RegisterPatientDialog } from './register-patient-dialog';

function useColumns(): Column<PatientRow>[] {
  const t = useTranslations('patients');
  return [
    {
      id: 'name',
      header: t('columns.name'),
      cell: (row) => <span className="font-medium">{row.fullName}</span>,
      minWidth: 200,
    },
    { id: 'code', header: t('columns.code'), cell: (row) => <span className="tabular">{row.code}</span>, width: 120 },
    { id: 'dob', header: t('columns.dob'), cell: (row) => <DayText value={row.dob} />, width: 120 },
    { id: 'sex', header: t('columns.sex'), cell: (row) => t(`sex.${row.sex}`), width: 96 },
    {
      id: 'phone',
      header: t('columns.phone'),
      cell: (row) => <span className="tabular">{phoneText(row.phone)}</span>,
      width: 140,
    },
    { id: 'createdAt', header: t('columns.createdAt'), cell: (row) => <DateTime value={row.createdAt} />, width: 160 },
  ];
}

/** Patients: found as one types, registered here too, the detail beside the list. */
export function PatientsScreen({ mayRegister }: { mayRegister: boolean }) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const router = useRouter();
  const { get, set } = useUrlFilters();
  const [registering, setRegistering] = useState(false);
  const search = get('q');
  const open = get('open');
  const list = useInfiniteQuery(
    trpc.patients.list.infiniteQueryOptions({ search, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const action = (
    <Button variant="primary" icon={UserPlus} onPress={() => setRegistering(true)}>
      {t('register.action')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} {...(mayRegister ? { action } : {})} />
      <FilterBar search={{ label: t('search'), placeholder: t('searchPlaceholder') }} />
      <ListDetail
        list={
          <ListTable
            label={t('title')}
            columns={useColumns()}
            list={list}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.fullName}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/patients/${row.id}`}
            openKey={open || null}
            storageKey="patients"
            none={{
              icon: Users,
              title: search ? t('noneFound') : t('none'),
              text: search ? t('noneFoundText') : t('noneText'),
            }}
          />
        }
        panel={open ? <PatientPanel key={open} id={open} onClose={() => set({ open: '' })} /> : null}
      />
      <RegisterPatientDialog
        open={registering}
        typed={search}
        onClose={() => setRegistering(false)}
        onDone={(patient, how) => {
          setRegistering(false);
          if (how === 'other-sex') notify.notice(t('register.otherSex'));
          else notify.good(how === 'new' ? t('register.done') : t('register.known'));
          router.push(`/patients/${patient.id}`);
        }}
      />
    </>
  );
}

function PatientPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const patient = useQuery(trpc.patients.byId.queryOptions({ id }));
  return (
    <DetailPanel
      query={patient}
      loading={t('loading')}
      title={(data) => data.fullName}
      subtitle={(data) => <span className="tabular">{data.code}</span>}
      page={{ href: `/patients/${id}`, label: t('ownPage') }}
      onClose={onClose}
    >
      {(data) => <PatientDetailView patient={data} />}
    </DetailPanel>
  );
}
