'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { SidePanel } from '@/components/ui/side-panel';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { RunActions } from './run-actions';
import { RunDetailView } from './run-detail-view';
import { runAddress } from './run-filters';
import { RunStateBadge } from './run-state';
import { useFunctionName } from './use-names';
import { useRun } from './use-run';

/** A run beside its list. */
export function RunPanel({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useTranslations('operations');
  const nameOf = useFunctionName();
  const sentenceOf = useErrorSentence();
  const run = useRun(runId);
  return (
    <SidePanel
      open
      onClose={onClose}
      title={run.data ? nameOf(run.data.functionId) : t('detail.loading')}
      subtitle={run.data && <RunStateBadge state={run.data.state} />}
      actions={
        <LinkButton href={runAddress(runId)} variant="quiet" size="small" icon={ExternalLink}>
          {t('detail.ownPage')}
        </LinkButton>
      }
      width="wide"
    >
      {run.data ? (
        <>
          <RunActions run={run.data} className="mb-4" />
          <RunDetailView run={run.data} now={run.dataUpdatedAt} />
        </>
      ) : run.error ? (
        <ErrorState message={sentenceOf(run.error).sentence} onRetry={() => void run.refetch()} />
      ) : (
        <Loading>
          <SkeletonText lines={8} />
        </Loading>
      )}
    </SidePanel>
  );
}
