'use client';

import { clsx } from 'clsx';
import { Ban, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { RunDetail } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';

/** What can be done with one run now: cancel it, try it again now, replay it. */
export function RunActions({ run, className }: { run: RunDetail; className?: string }) {
  const t = useTranslations('operations');
  const acts = useActions();
  if (!acts || !(run.canCancel || run.canReplay)) return null;
  const { runId, functionId, state, effects } = run;
  const retry = state === 'retrying';
  return (
    <div className={clsx('flex flex-wrap gap-2', className)}>
      {run.canReplay && (
        <Button
          variant={state === 'completed' ? 'secondary' : 'primary'}
          icon={RotateCcw}
          onPress={() => acts.ask({ kind: 'replay', selection: { runIds: [runId] }, functionId, retry })}
        >
          {retry ? t('replay.retry') : t('replay.action')}
        </Button>
      )}
      {run.canCancel && (
        <Button icon={Ban} onPress={() => acts.ask({ kind: 'cancel', runIds: [runId], ended: 0, effects })}>
          {t('cancel.action')}
        </Button>
      )}
    </div>
  );
}
