'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListScreen } from '@/components/kit/list/list-screen';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime, DayText } from '@/components/ui/date-time';
import { notify } from '@/components/ui/toast';
import { useAskedOnce } from '@/components/ui/use-asked-once';
import { phoneText } from '@/server/domain/phone';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import { PatientDetailView, SellTo } from './patient-detail-view';
import { patientPage } from './patient-filters';
import { RegisterPatientDialog } from './register-patient-dialog';

const BESIDE = ['name', 'code', 'dob', 'phone'];

function useColumns(): Column<PatientRow>[] {
  const t = useTranslations('patients');
  return [
    {
      id: 'name',
      header: t('columns.name'),
      cell: (row) => <span className="font-medium">{row.fullName}</span>,
      minWidth: 200,
      sortable: true,
    },
    {
      id: 'code',
      header: t('columns.code'),
      cell: (row) => <Code>{row.code}</Code>,
      width: 120,
      sortable: true,
    },
    { id: 'dob', header: t('columns.dob'), cell: (row) => <DayText value={row.dob} />, width: 120 },
    { id: 'sex', header: t('columns.sex'), cell: (row) => t(`sex.${row.sex}`), width: 96 },
    {
      id: 'phone',
      header: t('columns.phone'),
      cell: (row) => <span className="tabular">{phoneText(row.phone)}</span>,
      width: 140,
    },
    {
      id: 'createdAt',
      header: t('columns.createdAt'),
      cell: (row) => <DateTime value={row.createdAt} />,
      width: 160,
      sortable: true,
    },
  ];
}

type Props = { mayRegister: boolean; maySell?: boolean };

/** Patients: found as one types, registered here too, the detail beside the list. */
export function PatientsScreen({ mayRegister, maySell = false }: Props) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const router = useRouter();
  const [registering, setRegistering] = useState(false);
  useAskedOnce('new', () => setRegistering(mayRegister));
  const asked = patientPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    trpc.patients.list.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  const action = (
    <Button variant="primary" icon={UserPlus} onPress={() => setRegistering(true)}>
      {t('register.action')}
    </Button>
  );
  return (
    <>
      <ListScreen
        list={list}
        definition={{
          name: 'patients',
          title: t('title'),
          page: mayRegister ? { action } : {},
          asked,
          order: '-createdAt',
          columns: useColumns(),
          beside: BESIDE,
          rowKey: (row) => row.id,
          rowLabel: (row) => row.fullName,
          hrefOf: (row) => `/patients/${row.id}`,
          search: { label: t('search'), placeholder: t('searchPlaceholder') },
          icon: Users,
          none: {
            all: { title: t('none'), text: t('noneText') },
            filtered: { title: t('noneFound'), text: t('noneFoundText') },
          },
          panel: (id, onClose) => <PatientPanel key={id} id={id} maySell={maySell} onClose={onClose} />,
        }}
      />
      <RegisterPatientDialog
        open={registering}
        typed={asked.search ?? ''}
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

function PatientPanel({ id, maySell, onClose }: { id: string; maySell: boolean; onClose: () => void }) {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const patient = useQuery(trpc.patients.byId.queryOptions({ id }));
  return (
    <DetailPanel
      query={patient}
      loading={t('loading')}
      title={(data) => data.fullName}
      subtitle={(data) => <Code>{data.code}</Code>}
      page={{ href: `/patients/${id}`, label: t('ownPage') }}
      footer={() => maySell && <SellTo patientId={id} />}
      onClose={onClose}
    >
      {(data) => <PatientDetailView patient={data} maySell={maySell} />}
    </DetailPanel>
  );
}
