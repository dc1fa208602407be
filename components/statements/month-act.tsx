'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { monthName } from '@/components/statement-access/month-name';
import { Callout } from '@/components/ui/callout';
import { ProgressBar } from '@/components/ui/progress-bar';
import { notify } from '@/components/ui/toast';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';

export type MonthAct = 'approve' | 'publish';

/** How many statements of the month an act has before it. */
export const waitingFor = (act: MonthAct, { states }: MonthOverview): number =>
  act === 'approve' ? states.draft + states.reviewed : states.approved;

type UnderWay = { act: MonthAct; total: number; since: number };

/** A question that is answered stays no longer than this: the page then says how far the act is, and may be left. */
const PATIENCE_MS = 1_000;
const LONG_S = 10;

/**
 * Approves or publishes a month. `start` resolves once it is done or takes long, and throws the sentence of a refusal that came at once;
 * what takes long goes on in `status`, with its count, and a later refusal is said there.
 */
export function useMonthAct(overview: MonthOverview, refresh: () => Promise<unknown>) {
  const t = useTranslations('statements');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const [underWay, setUnderWay] = useState<UnderWay | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const approve = useSentOnce(trpc.statements.approve.mutationOptions());
  const publish = useSentOnce(trpc.statements.publish.mutationOptions());
  const { month } = overview;
  const run = async (act: MonthAct, beforeEnd: boolean): Promise<number> =>
    act === 'approve'
      ? (await approve.mutateAsync({ month, beforeEnd })).approved
      : (await publish.mutateAsync({ month })).published;

  const start = (act: MonthAct, beforeEnd = false): Promise<void> => {
    setFailure(null);
    const total = waitingFor(act, overview);
    return new Promise((resolve, reject) => {
      let isLong = false;
      const timer = setTimeout(() => {
        isLong = true;
        setUnderWay({ act, total, since: Date.now() - PATIENCE_MS });
        resolve();
      }, PATIENCE_MS);
      run(act, beforeEnd)
        .then(
          (count) => {
            notify.good(t(`${act}.done`, { count }));
            resolve();
          },
          (error) => {
            const { sentence } = sentenceOf(error);
            if (isLong) setFailure(sentence);
            else reject(new Error(sentence));
          },
        )
        .finally(() => {
          clearTimeout(timer);
          void refresh().finally(() => setUnderWay(null));
        });
    });
  };
  const status = underWay ? (
    <ActProgress underWay={underWay} overview={overview} />
  ) : (
    failure && (
      <Callout tone="wrong" announce>
        {failure}
      </Callout>
    )
  );
  return { start, status, isUnderWay: underWay !== null };
}

/** How far the act is: what it has done of what it had before it, and how long still. */
function ActProgress({ underWay, overview }: { underWay: UnderWay; overview: MonthOverview }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { act, total, since } = underWay;
  const done = Math.max(0, total - waitingFor(act, overview));
  const seconds = (Date.now() - since) / 1000;
  const left = done > 0 ? Math.round(((total - done) * seconds) / done) : 0;
  return (
    <div className="card p-(--card-p)" role="status">
      <ProgressBar
        label={t(`${act}.progress`, { month: monthName(overview.month, locale) })}
        done={done}
        total={total}
        {...(left > LONG_S ? { secondsLeft: left } : {})}
      />
      <p className="mt-2 text-xs text-ink-3">{t('run.leave')}</p>
    </div>
  );
}
