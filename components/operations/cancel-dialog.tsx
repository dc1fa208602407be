'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { notify } from '@/components/ui/toast';
import type { Effect } from '@/server/modules/core/operations/schema';
import { EffectFigures, effectFigures } from './effect-figures';
import { aboutRuns } from './about-runs';
import { useReasonProblem, useRunAction } from './use-run-action';

type Props = {
  runIds: string[];
  ended: number;
  effects?: Effect[];
  onDone?: () => void;
  onClose: () => void;
};

/** Stops runs before their next step, after saying how many, and what stays done. */
export function CancelDialog({ runIds, ended, effects, onDone, onClose }: Props) {
  const t = useTranslations('operations.cancel');
  const said = useTranslations('operations.effect');
  const trpc = useTRPC();
  const acting = useRunAction();
  const typed = useKeptReason(...aboutRuns('cancel', { runIds }));
  const reasonProblem = useReasonProblem();
  const cancel = useMutation(trpc.operations.cancel.mutationOptions());
  const count = runIds.length;
  const doIt = async (reason: string) => {
    const { done, left } = await acting(() => cancel.mutateAsync({ runIds, reason }));
    (done > 0 ? notify.good : notify.notice)(t('done', { count: done }), {
      ...(left > 0 ? { description: t('doneLeft', { count: left }) } : {}),
    });
    onDone?.();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('title', { count })}
      consequence={
        <>
          <p>{count > 0 ? t('consequence', { count }) : t('keep')}</p>
          {ended > 0 && count > 0 && <p className="mt-2">{t('ended', { count: ended })}</p>}
        </>
      }
      confirmLabel={t('confirm', { count })}
      confirmDisabled={count === 0}
      reason="required"
      typed={typed}
      reasonProblem={reasonProblem}
      onConfirm={doIt}
    >
      {effects && effects.length > 0 && (
        <EffectFigures figures={effectFigures(effects)} leftTitle={said('wontHappen')} />
      )}
    </ConfirmDialog>
  );
}
