'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ExternalLink, FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { LinkButton } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail, SidePanel } from '@/components/ui/side-panel';
import { SkeletonText } from '@/components/ui/skeleton';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { type MonthOverview, STATEMENT_STATES } from '@/server/modules/referral/statements/schema';
import type { Rights } from './month-actions';
import { StatementBadge } from './statement-badge';
import { nextStatements, statementPage } from './statement-page-input';
import { StatementView } from './statement-view';
import { useStatementColumns } from './use-statement-columns';

const BESIDE = new Set(['doctor', 'code', 'state', 'payable']);

/** The month's statements by doctor; one opens beside the list. */
export function StatementList({ overview, rights }: { overview: MonthOverview; rights: Rights }) {
  const t = useTranslations('statements');
  const trpc = useTRPC();
  const { get, set } = useUrlFilters();
  const sentenceOf = useErrorSentence();
  const { month } = overview;
  const asked = statementPage({ month, q: get('q'), state: get('state') });
  const filtered = asked.search !== '' || asked.state !== null;
  const list = useInfiniteQuery(trpc.statements.list.infiniteQueryOptions(asked, { getNextPageParam: nextStatements }));
  const open = get('open');
  const columns = useStatementColumns(overview, filtered);
  // Beside an open statement there is room for what distinguishes the rows.
  const shown = open ? columns.filter(({ id }) => BESIDE.has(id)) : columns;
  const options = STATEMENT_STATES.filter((one) => one !== 'superseded').map((value) => ({
    value,
    label: t(`states.${value}`),
  }));
  return (
    <div className="flex flex-col gap-2">
      <FilterBar
        search={{ label: t('list.search'), placeholder: t('list.searchPlaceholder') }}
        filters={[{ kind: 'choice', param: 'state', label: t('list.state'), options }]}
      />
      <ListDetail
        list={
          <DataTable
            label={t('list.title')}
            columns={shown}
            rows={list.data?.pages.flatMap((page) => page.rows) ?? []}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.doctorName}
            loading={list.isPending}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onEndReached={() => void list.fetchNextPage()}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/statements/${month}/${row.id}`}
            openKey={open || null}
            {...(open ? {} : { storageKey: 'statements' })}
            caption={<span className="text-xs text-ink-3">{t('currencyNote', { currency: overview.currency })}</span>}
            empty={
              <EmptyState icon={FileText} title={filtered ? t('list.noneFound') : t('list.none')}>
                {filtered ? t('list.noneFoundText') : t('list.noneText')}
              </EmptyState>
            }
            error={
              list.error ? (
                <ErrorState message={sentenceOf(list.error).sentence} onRetry={() => void list.refetch()} />
              ) : undefined
            }
          />
        }
        panel={open ? <StatementPanel key={open} id={open} rights={rights} onClose={() => set({ open: '' })} /> : null}
      />
    </div>
  );
}

function StatementPanel({ id, rights, onClose }: { id: string; rights: Rights; onClose: () => void }) {
  const t = useTranslations('statements.list');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const statement = useQuery(trpc.statements.byId.queryOptions({ statementId: id }));
  return (
    <SidePanel
      open
      onClose={onClose}
      width="wide"
      title={statement.data?.content.doctor.name ?? t('loading')}
      subtitle={statement.data && <StatementBadge state={statement.data.state} />}
      actions={
        statement.data && (
          <LinkButton
            href={`/statements/${statement.data.month}/${id}`}
            variant="quiet"
            size="small"
            icon={ExternalLink}
          >
            {t('ownPage')}
          </LinkButton>
        )
      }
    >
      {statement.error ? (
        <ErrorState message={sentenceOf(statement.error).sentence} onRetry={() => void statement.refetch()} />
      ) : statement.data ? (
        <StatementView statement={statement.data} rights={rights} />
      ) : (
        <SkeletonText />
      )}
    </SidePanel>
  );
}
