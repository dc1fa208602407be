'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Mail, MessageSquareText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { BoxMessage } from '@/server/modules/core/notifications/schema';

const REFRESH_MS = 5_000;
const PAGE_ROWS = 20;

/** What the local adapters hold instead of sending it: stands for the phones and mailboxes of the people written to. */
export function MessageBox() {
  const t = useTranslations('notifications');
  const sentenceOf = useErrorSentence();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const box = useInfiniteQuery(
    useTRPC().messages.list.infiniteQueryOptions(
      { search: search || undefined, limit: PAGE_ROWS },
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: REFRESH_MS },
    ),
  );
  const messages = box.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={typed}
        onChange={setTyped}
        className="max-w-96"
      />
      {box.isError && <ErrorState {...sentenceOf(box.error)} onRetry={() => void box.refetch()} />}
      {box.isPending && <SkeletonRows />}
      {box.isSuccess && messages.length === 0 && (
        <EmptyState icon={MessageSquareText} title={t(search ? 'noneFound' : 'empty')}>
          {t(search ? 'noneFoundHelp' : 'emptyHelp')}
        </EmptyState>
      )}
      {messages.length > 0 && (
        <ul aria-label={t('label')} className="card divide-y">
          {messages.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </ul>
      )}
      {box.hasNextPage && (
        <Button pending={box.isFetchingNextPage} onPress={() => void box.fetchNextPage()} className="self-center">
          {t('more')}
        </Button>
      )}
    </div>
  );
}

function MessageRow({ message }: { message: BoxMessage }) {
  const t = useTranslations('notifications');
  const Icon = message.channel === 'sms' ? MessageSquareText : Mail;
  return (
    <li className="flex gap-3 px-(--cell-px) py-3">
      <Icon role="img" aria-label={t(message.channel)} className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="tabular font-medium break-all">{message.to}</span>
          <DateTime value={message.at} precision="second" className="text-xs text-ink-3" />
        </div>
        {message.subject && <p className="text-ink-2">{message.subject}</p>}
        <p className="break-words whitespace-pre-wrap">{message.text}</p>
      </div>
    </li>
  );
}
