'use client';

import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DetailBody } from '@/components/kit/detail/detail-panel';
import { ListTable, type PagedList } from '@/components/kit/list/list-table';
import { Code } from '../code';
import type { Column } from '../data-table-types';
import { Money } from '../money';
import { Details } from './details';
import { SAMPLE_COUNT, type SampleOrder, sampleOrder } from './samples';
import { Section, Specimen } from './specimen';

const nothing = async () => {
  throw new Error('Samples are not asked for.');
};

const list = (rows: readonly SampleOrder[] | undefined, more: Partial<PagedList<SampleOrder>> = {}) => ({
  data: rows && { pages: [{ rows }], pageParams: [null] },
  error: null,
  isPending: rows === undefined && !more.error,
  hasNextPage: false,
  isFetchingNextPage: false,
  fetchNextPage: nothing,
  refetch: nothing,
  ...more,
});

const query = { refetch: nothing };

/** The pieces that screens are made of, in the states that an answer of the server puts them in. */
export function Lists() {
  const t = useTranslations('design.t');
  const columns: Column<SampleOrder>[] = [
    { id: 'number', header: t('number'), cell: (row) => <Code>{row.number}</Code>, width: 150 },
    { id: 'patient', header: t('patient'), cell: (row) => row.patient, minWidth: 110 },
    {
      id: 'amount',
      header: t('amount'),
      cell: (row) => <Money minor={row.amount} withCurrency={false} />,
      width: 110,
      align: 'end',
    },
  ];
  const rows = [0, 1, 2].map(sampleOrder);
  const long = { ...sampleOrder(3), patient: t('longName') };
  const table = {
    columns,
    rowKey: (row: SampleOrder) => row.number,
    none: { icon: FileText, title: t('noneTitle'), text: t('noneText') },
    maxHeight: 'max-h-60',
  };
  const failure = new TypeError('fetch failed');
  return (
    <Section id="lists">
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name={`ListTable · ${t('full')}`} plain>
          <ListTable {...table} label={t('full')} list={list([...rows, long])} openKey={rows[1]?.number ?? null} />
        </Specimen>
        <Specimen name={`ListTable · ${t('loading')}`} plain>
          <ListTable {...table} label={t('loading')} list={list(undefined)} />
        </Specimen>
        <Specimen name={`ListTable · ${t('empty')}`} plain>
          <ListTable {...table} label={t('empty')} list={list([])} />
        </Specimen>
        <Specimen name={`ListTable · ${t('failed')}`} plain>
          <ListTable {...table} label={t('failed')} list={list(undefined, { error: failure })} />
        </Specimen>
        <Specimen name={`DetailBody · ${t('loading')}`}>
          <DetailBody query={{ ...query, data: undefined, error: null }}>{() => null}</DetailBody>
        </Specimen>
        <Specimen name={`DetailBody · ${t('full')}`}>
          <DetailBody query={{ ...query, data: SAMPLE_COUNT, error: null }}>
            {(count) => t('caption', { count })}
          </DetailBody>
        </Specimen>
      </div>
      <Details />
    </Section>
  );
}
