'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListTable } from '@/components/kit/list/list-table';
import type { Column } from '@/components/ui/data-table-types';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail } from '@/components/ui/side-panel';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { phoneText } from '@/server/domain/phone';
import type { DoctorListRow } from '@/server/modules/referral/doctors/schema';
import { DoctorDetailView } from './doctor-detail-view';
import { DoctorState } from './doctor-state';

function useDoctorColumns(): Column<DoctorListRow>[] {
  const t = useTranslations('doctors');
  return [
    {
      id: 'name',
      header: t('columns.name'),
      cell: (row) => <span className="font-medium">{row.name}</span>,
      minWidth: 200,
    },
    { id: 'code', header: t('columns.code'), cell: (row) => <span className="tabular">{row.code}</span>, width: 110 },
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
  const { get, set } = useUrlFilters();
  const columns = useDoctorColumns();
  const search = get('q');
  const open = get('open');
  const list = useInfiniteQuery(
    trpc.doctors.list.infiniteQueryOptions({ search, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FilterBar search={{ label: t('search'), placeholder: t('searchPlaceholder') }} />
      <ListDetail
        list={
          <ListTable
            label={t('title')}
            columns={columns}
            list={list}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.name}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/doctors/${row.id}`}
            openKey={open || null}
            storageKey="doctors"
            none={{
              icon: Stethoscope,
              title: search ? t('noneFound') : t('none'),
              text: search ? t('noneFoundText') : t('noneText'),
            }}
          />
        }
        panel={open ? <DoctorPanel key={open} id={open} onClose={() => set({ open: '' })} /> : null}
      />
    </>
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
      subtitle={(data) => <span className="tabular">{data.code}</span>}
      page={{ href: `/doctors/${id}`, label: t('ownPage') }}
      onClose={onClose}
    >
      {(data) => <DoctorDetailView doctor={data} />}
    </DetailPanel>
  );
}
