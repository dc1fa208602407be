'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { moneyText } from '@/components/ui/money-text';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { notify } from '@/components/ui/toast';
import type { ActionResult, ReplayPreview, RunSelection } from '@/server/modules/core/operations/schema';
import { aboutRuns } from './about-runs';
import { EffectFigures } from './effect-figures';
import { inParts } from './in-parts';
import { runsAddress } from './run-filters';
import { useFunctionName } from './use-names';
import { useReasonProblem, useRunAction } from './use-run-action';

type Props = {
  selection: RunSelection;
  functionId?: string;
  retry?: boolean;
  onDone?: () => void;
  onClose: () => void;
};

/** Says what a replay will do before it is done: what has happened and will not happen again, what will, and what is left. */
export function ReplayDialog({ selection, functionId, retry, onDone, onClose }: Props) {
  const t = useTranslations('operations.replay');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const acting = useRunAction();
  const typed = useKeptReason(...aboutRuns('replay', selection));
  const reasonProblem = useReasonProblem();
  const nameOf = useFunctionName();
  const sentenceOf = useErrorSentence();
  // What is done changes by the second: a preview of a minute ago would promise something else.
  const preview = useQuery(trpc.operations.previewReplay.queryOptions(selection, { staleTime: 0, gcTime: 0 }));
  const runs = preview.data?.runs ?? 0;
  const asked = 'runIds' in selection ? selection.runIds.length : runs;
  const said = ({ done, left }: ActionResult) => {
    const seen = runsAddress(functionId ? { functionId } : { state: 'open' });
    (done > 0 ? notify.good : notify.notice)(t('done', { count: done }), {
      ...(left > 0 ? { description: t('doneLeft', { count: left }) } : {}),
      ...(done > 1 ? { action: { label: t('see'), onPress: () => router.push(seen) } } : {}),
    });
    onDone?.();
  };
  const doIt = (reason: string) => {
    const act = { label: t('underWay', { count: runs }), onDone: said };
    if (!('runIds' in selection))
      return acting({ ...act, total: null, run: () => client.operations.replay.mutate({ selection, reason }) });
    const replayPart = (runIds: string[]) => client.operations.replay.mutate({ selection: { runIds }, reason });
    return acting({ ...act, total: asked, run: inParts(selection.runIds, replayPart), fromHere: true });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone="primary"
      title={
        retry
          ? t('titleRetry')
          : 'runIds' in selection || !functionId
            ? t('title', { count: asked })
            : t('titleGroup', { function: nameOf(functionId) })
      }
      consequence={preview.data ? <Impact preview={preview.data} /> : t('loading')}
      confirmLabel={retry ? t('confirmRetry') : t('confirm', { count: runs })}
      confirmDisabled={runs === 0}
      reason="required"
      typed={typed}
      reasonProblem={reasonProblem}
      onConfirm={doIt}
    >
      {preview.data ? (
        <Figures preview={preview.data} />
      ) : preview.error ? (
        <Callout tone="wrong" announce>
          {sentenceOf(preview.error).sentence}
        </Callout>
      ) : (
        <Loading>
          <SkeletonText lines={4} />
        </Loading>
      )}
    </ConfirmDialog>
  );
}

function Impact({ preview: { runs, patients, money, currency } }: { preview: ReplayPreview }) {
  const t = useTranslations('operations.replay');
  const locale = useLocale();
  return (
    <>
      <p className="text-ink">{t('reach', { runs, patients })}</p>
      {money !== null && money > 0n && <p>{t('money', { money: moneyText(money, currency, locale) })}</p>}
    </>
  );
}

function Figures({ preview: { runs, effects, left } }: { preview: ReplayPreview }) {
  const t = useTranslations('operations');
  const figures = effects.map(({ kind, done, willHappen }) => ({ kind, done, left: willHappen, doneAt: null }));
  const leftOver = [
    ...(left.open > 0 ? [t('replay.leftOpen', { count: left.open })] : []),
    ...(left.replayed > 0 ? [t('replay.leftReplayed', { count: left.replayed })] : []),
    ...(left.eventGone > 0 ? [t('replay.leftGone', { count: left.eventGone })] : []),
  ];
  return (
    <>
      {runs > 0 &&
        (figures.length > 0 ? (
          <EffectFigures figures={figures} leftTitle={t('effect.willHappen')} />
        ) : (
          <p className="text-ink-2">{t('detail.noEffects')}</p>
        ))}
      {leftOver.length > 0 && (
        <Callout tone="notice" title={t('replay.left')}>
          <ul>
            {leftOver.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  );
}
