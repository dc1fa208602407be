'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { PageHeader } from '@/components/frame/page-header';
import { ErrorState } from '@/components/ui/error-state';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { ActionsProvider } from './actions';
import { RunActions } from './run-actions';
import { RunDetailView } from './run-detail-view';
import { RunStateBadge } from './run-state';
import { useFunctionName } from './use-names';
import { useRun } from './use-run';

/** A run at its own address. */
export function RunPage({ runId, mayAct }: { runId: string; mayAct: boolean }) {
  const t = useTranslations('operations');
  const nameOf = useFunctionName();
  const sentenceOf = useErrorSentence();
  const run = useRun(runId);
  return (
    <ActionsProvider mayAct={mayAct}>
      <div className="mx-auto max-w-3xl">
        <PageHeader
          title={run.data ? nameOf(run.data.functionId) : t('detail.loading')}
          status={run.data && <RunStateBadge state={run.data.state} />}
          back={
            <Link href="/operations#runs" className="inline-flex items-center gap-1 hover:underline">
              <ArrowLeft aria-hidden="true" className="size-3.5" />
              {t('title')}
            </Link>
          }
          action={run.data && <RunActions run={run.data} />}
        />
        <div className="card p-(--card-p) lg:p-6">
          {run.data ? (
            <RunDetailView run={run.data} now={run.dataUpdatedAt} heading="h2" />
          ) : run.error ? (
            <ErrorState message={sentenceOf(run.error).sentence} onRetry={() => void run.refetch()} />
          ) : (
            <Loading>
              <SkeletonText lines={8} />
            </Loading>
          )}
        </div>
      </div>
    </ActionsProvider>
  );
}
