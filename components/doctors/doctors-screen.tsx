'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListScreen } from '@/components/kit/list/list-screen';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { phoneText } from '@/server/domain/phone';
import type { DoctorListRow } from '@/server/modules/referral/doctors/schema';
import { DoctorDetailView } from './doctor-detail-view';
import { doctorPage } from './doctor-filters';
import { DoctorState } from './doctor-state';

const BESIDE = ['name', 'code', 'state'];

function useDoctorColumns(): Column<DoctorListRow>[] {
  const t = useTranslations('doctors');
  return [
    {
      id: 'name',
      header: t('columns.name'),
      cell: (row) => <span className="font-medium">{row.name}</span>,
      minWidth: 200,
      sortable: true,
    },
    {
      id: 'code',
      header: t('columns.code'),
      cell: (row) => <Code>{row.code}</Code>,
      width: 110,
      sortable: true,
    },
    {
      id: 'phone',
      header: t('columns.phone'),
      cell: (row) => <span className="tabular">{row.phone ? phoneText(row.phone) : '—'}</span>,
      width: 130,
    },
    { id: 'email', header: t('columns.email'), cell: (row) => row.email ?? '—', minWidth: 160 },
    { id: 'plan', header: t('columns.plan'), cell: (row) => row.plan ?? t('noPlan'), width: 150 },
    { id: 'state', header: t('columns.state'), cell: (row) => <DoctorState doctor={row} />, width: 170 },
  ];
}

/** Referring doctors: found as one types, the detail beside the list. */
export function DoctorsScreen() {
  const t = useTranslations('doctors');
  const trpc = useTRPC();
  const columns = useDoctorColumns();
  const asked = doctorPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    trpc.doctors.list.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'doctors',
        title: t('title'),
        page: {},
        asked,
        order: 'code',
        columns,
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => row.name,
        hrefOf: (row) => `/doctors/${row.id}`,
        search: { label: t('search'), placeholder: t('searchPlaceholder') },
        icon: Stethoscope,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFound'), text: t('noneFoundText') },
        },
        panel: (id, onClose) => <DoctorPanel key={id} id={id} onClose={onClose} />,
      }}
    />
  );
}

function DoctorPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('doctors');
  const doctor = useQuery(useTRPC().doctors.byId.queryOptions({ id }));
  return (
    <DetailPanel
      query={doctor}
      loading={t('loading')}
      title={(data) => data.name}
      subtitle={(data) => <Code>{data.code}</Code>}
      page={{ href: `/doctors/${id}`, label: t('ownPage') }}
      onClose={onClose}
    >
      {(data) => <DoctorDetailView doctor={data} />}
    </DetailPanel>
  );
}
