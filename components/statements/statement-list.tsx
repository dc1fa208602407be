'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListScreen } from '@/components/kit/list/list-screen';
import { STATEMENT_STATES } from '@/server/domain/states';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';
import { AttentionPanel, LOOK } from './attention-list';
import type { Rights } from './month-actions';
import { StatementBadge } from './statement-badge';
import { StatementBulk } from './statement-bulk';
import { nextStatements, statementPage } from './statement-page-input';
import { StatementView } from './statement-view';
import { useStatementColumns } from './use-statement-columns';

const BESIDE = ['doctor', 'code', 'state', 'payable'];

/** The month's statements by doctor; one opens beside the list. */
export function StatementList({ overview, rights }: { overview: MonthOverview; rights: Rights }) {
  const t = useTranslations('statements');
  const trpc = useTRPC();
  const { month } = overview;
  const asked = statementPage(month, Object.fromEntries(useSearchParams()));
  const filtered = asked.search !== undefined || (asked.state ?? null) !== null;
  const list = useInfiniteQuery(trpc.statements.list.infiniteQueryOptions(asked, { getNextPageParam: nextStatements }));
  const options = STATEMENT_STATES.filter((one) => one !== 'superseded').map((value) => ({
    value,
    label: t(`states.${value}`),
  }));
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'statements',
        title: t('list.title'),
        asked,
        order: 'code',
        columns: useStatementColumns(overview, filtered),
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => row.doctorName,
        hrefOf: (row) => `/statements/${month}/${row.id}`,
        search: { label: t('list.search'), placeholder: t('list.searchPlaceholder') },
        filters: [{ kind: 'choice', param: 'state', label: t('list.state'), options }],
        caption: t('currencyNote', { currency: overview.currency }),
        icon: FileText,
        none: {
          all: { title: t('list.none'), text: t('list.noneText') },
          filtered: { title: t('list.noneFound'), text: t('list.noneFoundText') },
        },
        bulk: (rows, clear) => <StatementBulk rows={rows} overview={overview} rights={rights} onDone={clear} />,
        panel: (id, onClose) =>
          id === LOOK ? (
            <AttentionPanel overview={overview} onClose={onClose} />
          ) : (
            <StatementPanel key={id} id={id} month={month} rights={rights} onClose={onClose} />
          ),
      }}
    />
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
