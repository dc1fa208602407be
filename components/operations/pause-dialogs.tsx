'use client';

import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { notify } from '@/components/ui/toast';
import type { FunctionRow } from '@/server/modules/core/operations/schema';
import { useFunctionName } from './use-names';
import { useReasonProblem, useRunAction } from './use-run-action';

type Props = { row: FunctionRow; onClose: () => void };

/** Makes the runs of a function wait before their first step. */
export function PauseDialog({ row, onClose }: Props) {
  const t = useTranslations('operations.pause');
  const client = useTRPCClient();
  const acting = useRunAction();
  const { functionId, running, retrying, queued } = row;
  const name = useFunctionName()(functionId);
  const typed = useKeptReason(`pause.${functionId}`, '');
  const reasonProblem = useReasonProblem();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone="primary"
      title={t('title', { function: name })}
      consequence={t('consequence', { running: running + retrying, queued: queued ?? 0 })}
      confirmLabel={t('confirm')}
      reason="required"
      typed={typed}
      reasonProblem={reasonProblem}
      onConfirm={(reason) =>
        acting({
          label: t('title', { function: name }),
          total: null,
          run: () => client.operations.pause.mutate({ functionId, reason }),
          onDone: () => notify.good(t('done', { function: name })),
        })
      }
    />
  );
}

/** Lets a paused function go on, after saying how many runs start at once. */
export function ResumeDialog({ row, onClose }: Props) {
  const t = useTranslations('operations.resume');
  const client = useTRPCClient();
  const acting = useRunAction();
  const { functionId, pausedRuns } = row;
  const name = useFunctionName()(functionId);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone="primary"
      title={t('title', { function: name })}
      consequence={t('consequence', { pausedRuns })}
      confirmLabel={t('confirm')}
      onConfirm={() =>
        acting({
          label: t('title', { function: name }),
          total: null,
          run: () => client.operations.resume.mutate({ functionId }),
          onDone: () => notify.good(t('done', { function: name })),
        })
      }
    />
  );
}
