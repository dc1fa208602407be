'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
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
  const trpc = useTRPC();
  const acting = useRunAction();
  const { functionId, running, retrying, queued } = row;
  const name = useFunctionName()(functionId);
  const typed = useKeptReason(`pause.${functionId}`, '');
  const reasonProblem = useReasonProblem();
  const pause = useMutation(trpc.operations.pause.mutationOptions());
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
      onConfirm={async (reason) => {
        await acting(() => pause.mutateAsync({ functionId, reason }));
        notify.good(t('done', { function: name }));
      }}
    />
  );
}

/** Lets a paused function go on, after saying how many runs start at once. */
export function ResumeDialog({ row, onClose }: Props) {
  const t = useTranslations('operations.resume');
  const trpc = useTRPC();
  const acting = useRunAction();
  const { functionId, pausedRuns } = row;
  const name = useFunctionName()(functionId);
  const resume = useMutation(trpc.operations.resume.mutationOptions());
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone="primary"
      title={t('title', { function: name })}
      consequence={t('consequence', { pausedRuns })}
      confirmLabel={t('confirm')}
      onConfirm={async () => {
        await acting(() => resume.mutateAsync({ functionId }));
        notify.good(t('done', { function: name }));
      }}
    />
  );
}
