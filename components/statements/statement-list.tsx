'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListTable } from '@/components/kit/list/list-table';
import { FilterBar } from '@/components/ui/filter-bar';
import { ListDetail } from '@/components/ui/side-panel';
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
          <ListTable
            label={t('list.title')}
            columns={shown}
            list={list}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.doctorName}
            onOpen={(row) => set({ open: row.id })}
            hrefOf={(row) => `/statements/${month}/${row.id}`}
            openKey={open || null}
            {...(open ? {} : { storageKey: 'statements' })}
            caption={<span className="text-xs text-ink-3">{t('currencyNote', { currency: overview.currency })}</span>}
            none={{
              icon: FileText,
              title: filtered ? t('list.noneFound') : t('list.none'),
              text: filtered ? t('list.noneFoundText') : t('list.noneText'),
            }}
          />
        }
        panel={
          open ? (
            <StatementPanel key={open} id={open} month={month} rights={rights} onClose={() => set({ open: '' })} />
          ) : null
        }
      />
    </div>
  );
}

type PanelProps = { id: string; month: string; rights: Rights; onClose: () => void };

function StatementPanel({ id, month, rights, onClose }: PanelProps) {
  const t = useTranslations('statements.list');
  const trpc = useTRPC();
  const statement = useQuery(trpc.statements.byId.queryOptions({ statementId: id }));
  return (
    <DetailPanel
      query={statement}
      loading={t('loading')}
      title={(data) => data.content.doctor.name}
      subtitle={(data) => <StatementBadge state={data.state} />}
      page={{ href: `/statements/${month}/${id}`, label: t('ownPage') }}
      width="wide"
      onClose={onClose}
    >
      {(data) => <StatementView statement={data} rights={rights} />}
    </DetailPanel>
  );
}
