'use client';

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { DataTable } from '@/components/ui/data-table';
import type { DataTableProps } from '@/components/ui/data-table-types';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';

type Page<Row> = { rows: readonly Row[] };

/** A list that is read page by page: what `useInfiniteQuery` answers. */
export type PagedList<Row> = Pick<
  UseInfiniteQueryResult<InfiniteData<Page<Row>>, unknown>,
  'data' | 'error' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'refetch'
>;

export const rowsOf = <Row,>({ data }: Pick<PagedList<Row>, 'data'>): Row[] =>
  data?.pages.flatMap((page) => [...page.rows]) ?? [];

type FromList = 'rows' | 'loading' | 'hasMore' | 'loadingMore' | 'onEndReached' | 'empty' | 'error';

export type ListTableProps<Row> = Omit<DataTableProps<Row>, FromList> & {
  list: PagedList<Row>;
  /** What an empty list says and teaches. */
  none: { icon: LucideIcon; title: string; text: string };
};

/** The table of every list: its rows page by page as they are scrolled to, its skeleton, its empty state, its error with retry. */
export function ListTable<Row>({ list, none, ...table }: ListTableProps<Row>) {
  const sentenceOf = useErrorSentence();
  const rows = rowsOf(list);
  // Rows that are there stay while a refresh fails; what cannot be shown at all says why.
  const failed = list.error && rows.length === 0 ? sentenceOf(list.error) : null;
  return (
    <DataTable
      {...table}
      rows={rows}
      loading={list.isPending}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onEndReached={() => void list.fetchNextPage()}
      empty={
        <EmptyState icon={none.icon} title={none.title}>
          {none.text}
        </EmptyState>
      }
      error={failed ? <ErrorState {...failed} onRetry={() => void list.refetch()} /> : undefined}
    />
  );
}
