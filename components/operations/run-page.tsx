'use client';

import { useTranslations } from 'next-intl';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { DetailBody } from '@/components/kit/detail/detail-panel';
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
  const run = useRun(runId);
  return (
    <ActionsProvider mayAct={mayAct}>
      <DetailPage
        title={run.data ? nameOf(run.data.functionId) : t('detail.loading')}
        status={run.data && <RunStateBadge state={run.data.state} />}
        back={{ href: '/operations/runs', label: t('runs') }}
        action={run.data && <RunActions run={run.data} />}
      >
        <DetailBody query={run}>
          {(data) => <RunDetailView run={data} now={run.dataUpdatedAt} heading="h2" />}
        </DetailBody>
      </DetailPage>
    </ActionsProvider>
  );
}
