'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ExternalLink, Stethoscope } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { LinkButton } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import type { Column } from '@/components/ui/data-table-types';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail, SidePanel } from '@/components/ui/side-panel';
import { SkeletonText } from '@/components/ui/skeleton';
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
  const sentenceOf = useErrorSentence();
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
          <DataTable
            label={t('title')}
            columns={columns}
            rows={list.data?.pages.flatMap((page) => page.rows) ?? []}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.name}
            loading={list.isPending}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onEndReached={() => void list.fetchNextPage()}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/doctors/${row.id}`}
            openKey={open || null}
            storageKey="doctors"
            empty={
              <EmptyState icon={Stethoscope} title={search ? t('noneFound') : t('none')}>
                {search ? t('noneFoundText') : t('noneText')}
              </EmptyState>
            }
            error={
              list.error ? (
                <ErrorState message={sentenceOf(list.error).sentence} onRetry={() => void list.refetch()} />
              ) : undefined
            }
          />
        }
        panel={open ? <DoctorPanel key={open} id={open} onClose={() => set({ open: '' })} /> : null}
      />
    </>
  );
}

function DoctorPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('doctors');
  const sentenceOf = useErrorSentence();
  const doctor = useQuery(useTRPC().doctors.byId.queryOptions({ id }));
  return (
    <SidePanel
      open
      onClose={onClose}
      title={doctor.data?.name ?? t('loading')}
      subtitle={doctor.data && <span className="tabular">{doctor.data.code}</span>}
      actions={
        <LinkButton href={`/doctors/${id}`} variant="quiet" size="small" icon={ExternalLink}>
          {t('ownPage')}
        </LinkButton>
      }
    >
      {doctor.error ? (
        <ErrorState message={sentenceOf(doctor.error).sentence} onRetry={() => void doctor.refetch()} />
      ) : doctor.data ? (
        <DoctorDetailView doctor={doctor.data} />
      ) : (
        <SkeletonText />
      )}
    </SidePanel>
  );
}
