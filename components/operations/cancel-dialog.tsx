'use client';

import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { notify } from '@/components/ui/toast';
import type { Effect } from '@/server/modules/core/operations/schema';
import { aboutRuns } from './about-runs';
import { EffectFigures, effectFigures } from './effect-figures';
import { inParts } from './in-parts';
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
  const client = useTRPCClient();
  const acting = useRunAction();
  const typed = useKeptReason(...aboutRuns('cancel', { runIds }));
  const reasonProblem = useReasonProblem();
  const count = runIds.length;
  const doIt = (reason: string) =>
    acting({
      label: t('underWay', { count }),
      total: count,
      run: inParts(runIds, (part) => client.operations.cancel.mutate({ runIds: part, reason })),
      fromHere: true,
      onDone: ({ done, left }) => {
        (done > 0 ? notify.good : notify.notice)(t('done', { count: done }), {
          ...(left > 0 ? { description: t('doneLeft', { count: left }) } : {}),
        });
        onDone?.();
      },
    });
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
