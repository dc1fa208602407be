'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Calculator, Lock, Send } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { monthName } from '@/components/statement-access/month-name';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { moneyText } from '@/components/ui/money-text';
import { notify } from '@/components/ui/toast';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';
import { type MonthAct, useMonthAct, waitingFor } from './month-act';

export type Rights = { mayRun: boolean; mayApprove: boolean; mayPublish: boolean };

/** What can be done with the month now, the next step first: run, approve, publish; each says its figures before it acts. */
export function useMonthActions(overview: MonthOverview, rights: Rights) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const [asking, setAsking] = useState<MonthAct | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.statements.pathKey() });
  const { start, isUnderWay } = useMonthAct(overview, refresh);
  const run = useSentOnce(
    trpc.statements.run.mutationOptions({
      onSuccess: () => notify.info(t('run.started', { month: monthName(overview.month, locale) })),
      onError: (error) => notify.wrong(sentenceOf(error).sentence),
      onSettled: refresh,
    }),
  );
  const { states, month } = overview;
  const busy = isUnderWay || (overview.run !== null && ['requested', 'running'].includes(overview.run.state));
  const open = states.draft + states.reviewed;
  const step = busy ? null : open > 0 ? 'approve' : states.approved > 0 ? 'publish' : null;
  const runs = rights.mayRun && overview.state !== 'sealed' && (
    <Button
      icon={Calculator}
      variant={step === null ? 'primary' : 'secondary'}
      pending={run.isPending}
      disabled={busy}
      onPress={() => run.mutate({ month })}
    >
      {overview.run ? t('run.again') : t('run.action')}
    </Button>
  );
  const approves = step === 'approve' && rights.mayApprove && (
    <Button variant="primary" icon={Lock} onPress={() => setAsking('approve')}>
      {t('approve.action')}
    </Button>
  );
  const publishes = states.approved > 0 && !busy && rights.mayPublish && (
    <Button icon={Send} variant={step === 'publish' ? 'primary' : 'secondary'} onPress={() => setAsking('publish')}>
      {t('publish.action')}
    </Button>
  );
  const dialog = asking && (
    <ActionDialog act={asking} overview={overview} onClose={() => setAsking(null)} onStart={start} />
  );
  return { runs, approves, publishes, dialog };
}

type DialogProps = {
  act: MonthAct;
  overview: MonthOverview;
  onClose: () => void;
  onStart: (act: MonthAct, beforeEnd: boolean) => Promise<void>;
};

function ActionDialog({ act, overview, onClose, onStart }: DialogProps) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { month, totals, currency } = overview;
  const early = act === 'approve' && !overview.over;
  const [known, setKnown] = useState(false);
  const count = waitingFor(act, overview);
  const payable = moneyText(totals.payable, currency, locale);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone={act === 'approve' ? 'seal' : 'primary'}
      title={t(`${act}.title`, { month: monthName(month, locale) })}
      consequence={t(`${act}.consequence`, { count, payable })}
      confirmLabel={t(`${act}.confirm`, { count })}
      confirmDisabled={early && !known}
      onConfirm={() => onStart(act, early)}
    >
      {early && (
        <>
          <Callout tone="notice" title={t('approve.earlyTitle')}>
            {t('approve.early', { month: monthName(month, locale) })}
          </Callout>
          <Checkbox checked={known} onChange={setKnown}>
            {t('approve.earlyKnown')}
          </Checkbox>
        </>
      )}
      {act === 'publish' && overview.withoutChannel > 0 && (
        <Callout tone="notice">{t('publish.withoutChannel', { count: overview.withoutChannel })}</Callout>
      )}
    </ConfirmDialog>
  );
}
