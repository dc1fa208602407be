'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { MessageBox } from '@/components/messages/message-box';
import { StatusBadge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonTiles } from '@/components/ui/skeleton';
import { CauseCards } from './cause-cards';
import { LaneTable } from './lane-table';

const REFRESH_MS = 5_000;
const ALIVE_MS = 20_000;

export function OperationsScreen({ showsMessages }: { showsMessages: boolean }) {
  const t = useTranslations('operations');
  const sentenceOf = useErrorSentence();
  const overview = useQuery(useTRPC().operations.overview.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (overview.isError) {
    const { sentence, correlationId } = sentenceOf(overview.error);
    return (
      <ErrorState
        message={sentence}
        correlationId={correlationId ?? undefined}
        onRetry={() => void overview.refetch()}
      />
    );
  }
  if (!overview.data) return <SkeletonTiles />;
  const { causes, lanes, relaySeenAt, currency } = overview.data;
  const alive = relaySeenAt !== null && overview.dataUpdatedAt - relaySeenAt.getTime() < ALIVE_MS;
  return (
    <div className="flex flex-col gap-6">
      <div>
        <PageHeader
          title={t('title')}
          description={t('description')}
          status={
            <StatusBadge tone={alive ? 'good' : 'wrong'}>{alive ? t('relayAlive') : t('relaySilent')}</StatusBadge>
          }
        />
        {causes.length === 0 ? (
          <div className="card">
            <EmptyState icon={CircleCheck} title={t('quietTitle')}>
              {t('quiet')}
            </EmptyState>
          </div>
        ) : (
          <CauseCards causes={causes} currency={currency} />
        )}
      </div>
      <section aria-labelledby="lanes">
        <h2 id="lanes" className="text-base font-semibold">
          {t('lanes')}
        </h2>
        <p className="mb-3 text-ink-2">{t('lanesHelp')}</p>
        <LaneTable lanes={lanes} />
      </section>
      {showsMessages ? (
        <section aria-labelledby="messages">
          <h2 id="messages" className="text-base font-semibold">
            {t('messages')}
          </h2>
          <p className="mb-3 text-ink-2">{t('messagesHelp')}</p>
          <MessageBox />
        </section>
      ) : null}
    </div>
  );
}
