'use client';

import { useTranslations } from 'next-intl';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
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
  const run = useRun(runId);
  return (
    <DetailPanel
      query={run}
      loading={t('detail.loading')}
      title={(data) => nameOf(data.functionId)}
      subtitle={(data) => <RunStateBadge state={data.state} />}
      page={{ href: runAddress(runId), label: t('detail.ownPage') }}
      width="wide"
      onClose={onClose}
    >
      {(data) => (
        <>
          <RunActions run={data} className="mb-4" />
          <RunDetailView run={data} now={run.dataUpdatedAt} />
        </>
      )}
    </DetailPanel>
  );
}
