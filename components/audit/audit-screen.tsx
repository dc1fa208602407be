'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { ListScreen } from '@/components/kit/list/list-screen';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import type { EntryRow } from '@/server/modules/core/audit/schema';
import { auditPage } from './audit-filters';
import { ProofSeal, ProofState } from './proof';

function useColumns(): Column<EntryRow>[] {
  const t = useTranslations('audit');
  /** The trail's own name where the screens have none for it. */
  const nameOf = (group: 'actors' | 'actions' | 'entities', name: string) => {
    const key = `${group}.${name.replace('.', '_')}`;
    return t.has(key) ? t(key) : name;
  };
  return [
    {
      id: 'at',
      header: t('columns.at'),
      cell: (row) => <DateTime value={row.at} precision="second" />,
      width: 176,
      sortable: true,
    },
    {
      id: 'actor',
      header: t('columns.actor'),
      cell: (row) => row.actorName ?? nameOf('actors', row.actorKind),
      minWidth: 160,
    },
    {
      id: 'action',
      header: t('columns.action'),
      cell: (row) => <span title={row.action}>{nameOf('actions', row.action)}</span>,
      minWidth: 200,
    },
    { id: 'entity', header: t('columns.entity'), cell: (row) => nameOf('entities', row.entity), width: 150 },
    {
      id: 'label',
      header: t('columns.label'),
      cell: (row) =>
        row.label && row.address ? (
          <Link href={row.address} className="text-accent-ink underline-offset-2 hover:underline">
            {row.label}
          </Link>
        ) : (
          '—'
        ),
      minWidth: 160,
    },
    { id: 'entityId', header: t('columns.entityId'), cell: (row) => <Code>{row.entityId}</Code>, width: 180 },
    { id: 'branch', header: t('columns.branch'), cell: (row) => row.branchCode ?? '—', width: 96 },
  ];
}

/** Who did or saw what, and whether all of it is still as it was written: where an auditor's day begins. */
export function AuditScreen() {
  const t = useTranslations('audit');
  const trpc = useTRPC();
  const asked = auditPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(asked, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'audit',
        title: t('title'),
        page: {},
        caption: <ProofSeal />,
        beforeAll: <ProofState />,
        asked,
        order: '-at',
        columns: useColumns(),
        rowKey: (row) => row.id,
        rowLabel: (row) => `${row.action} ${row.label ?? row.entityId}`,
        search: { label: t('search'), placeholder: t('searchPlaceholder') },
        filters: [{ kind: 'days', from: 'from', to: 'to', label: t('days') }],
        icon: ScrollText,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
      }}
    />
  );
}
