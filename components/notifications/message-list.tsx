'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { ListScreen } from '@/components/kit/list/list-screen';
import { rowsOf } from '@/components/kit/list/list-table';
import { messagePage } from './message-filters';
import { MessagePanel } from './message-panel';
import { useMessageColumns } from './use-message-columns';

const REFRESH_MS = 5_000;
const BESIDE = ['to', 'at'];

/** What the local adapters hold instead of sending it: stands for the phones and mailboxes of the people written to. */
export function MessageList({ tabs }: { tabs: ReactNode }) {
  const t = useTranslations('notifications');
  const asked = messagePage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    useTRPC().messages.list.infiniteQueryOptions(asked, {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: REFRESH_MS,
    }),
  );
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'messages',
        title: t('label'),
        page: { title: t('page') },
        caption: tabs,
        asked,
        order: '-at',
        columns: useMessageColumns(),
        beside: BESIDE,
        rowKey: (row) => row.id,
        rowLabel: (row) => row.to,
        search: { label: t('search') },
        icon: MessageSquareText,
        none: {
          all: { title: t('empty'), text: t('emptyHelp') },
          filtered: { title: t('noneFound'), text: t('noneFoundHelp') },
        },
        panel: (id, onClose) => (
          <MessagePanel message={rowsOf(list).find((row) => row.id === id)} list={list} onClose={onClose} />
        ),
      }}
    />
  );
}
