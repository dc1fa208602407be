'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, type LucideIcon, Send, ShieldCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { useIsUnderWay, useLongAct } from '@/components/kit/long-act/use-long-act';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { moneyText } from '@/components/ui/money-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { notify } from '@/components/ui/toast';
import type { MonthOverview, StatementRow } from '@/server/modules/referral/statements/schema';
import { monthKey, useMonthProgress, waitingFor } from './month-act';
import type { Rights } from './month-actions';

const ACTS = ['review', 'approve', 'publish', 'link'] as const;
type Act = (typeof ACTS)[number];

const ICONS: Record<Act, LucideIcon> = { review: Check, approve: ShieldCheck, publish: Send, link: Send };

/** Which of the selected statements an act is for; the others are left as they are. */
export function statementsFor(act: Act, rows: readonly StatementRow[]): StatementRow[] {
  const states = { review: ['draft'], approve: ['draft', 'reviewed'], publish: ['approved'], link: ['published'] }[act];
  return rows.filter((row) => states.includes(row.state));
}

type Props = { rows: readonly StatementRow[]; overview: MonthOverview; rights: Rights; onDone: () => void };

/** What the role may do with the selected statements. Approving before the month has ended is asked for the whole month, with its warning. */
export function StatementBulk({ rows, overview, rights, onDone }: Props) {
  const t = useTranslations('statements.bulk');
  const [asking, setAsking] = useState<Act | null>(null);
  const isUnderWay = useIsUnderWay(monthKey(overview.month));
  const may: Record<Act, boolean> = {
    review: rights.mayRun,
    approve: rights.mayApprove && overview.over,
    publish: rights.mayPublish,
    link: rights.mayPublish,
  };
  return (
    <>
      {ACTS.filter((act) => may[act]).map((act) => {
        const count = statementsFor(act, rows).length;
        return (
          count > 0 && (
            <Button key={act} size="small" icon={ICONS[act]} disabled={isUnderWay} onPress={() => setAsking(act)}>
              {t(`${act}.action`, { count })}
            </Button>
          )
        );
      })}
      {asking && (
        <BulkDialog
          act={asking}
          rows={statementsFor(asking, rows)}
          overview={overview}
          onClose={() => setAsking(null)}
          onDone={onDone}
        />
      )}
    </>
  );
}

/** Sends a statement's doctor a new link. Each has its key from the question on: asked again after an answer was lost, nobody gets a second one. */
function useNewLinks(rows: readonly StatementRow[]) {
  const client = useTRPCClient();
  const [keys] = useState(() => new Map(rows.map(({ id }) => [id, crypto.randomUUID()])));
  return (statementId: string, reason: string) => {
    const clientKey = keys.get(statementId) ?? crypto.randomUUID();
    return client.gate.replace.mutate({ statementId, reason, clientKey });
  };
}

/** Does the act for some statements: together where the server takes them together, else one by one, counting. */
function useBulk(act: Act, rows: readonly StatementRow[], overview: MonthOverview) {
  const t = useTranslations('statements.bulk');
  const client = useTRPCClient();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const begin = useLongAct();
  const { month } = overview;
  const progressOf = useMonthProgress(month);
  // What refuses in the middle goes on there when it is tried again: what is done is not done twice.
  const [reached, reach] = useState(0);
  const sendLink = useNewLinks(rows);
  const each = async (
    doOne: (statementId: string) => Promise<unknown>,
    count: (done: number) => void,
    from: number,
  ) => {
    for (const [at, { id }] of rows.entries()) {
      if (at < from) continue;
      await doOne(id);
      reach(at + 1);
      count(at + 1);
    }
    return rows.length;
  };
  const only = rows.map(({ id }) => id);
  const together = act === 'approve' || act === 'publish';
  const start = (reason: string, onDone: () => void) => {
    const acts: Record<Act, (count: (done: number) => void, from: number) => Promise<number>> = {
      review: (...how) =>
        each((statementId) => client.statements.review.mutate({ statementId, reviewed: true }), ...how),
      approve: async () => (await client.statements.approve.mutate({ month, only, beforeEnd: false })).approved,
      publish: async () => (await client.statements.publish.mutate({ month, only })).published,
      link: (...how) => each((statementId) => sendLink(statementId, reason), ...how),
    };
    return begin({
      key: monthKey(month),
      label: t(`${act}.underWay`),
      total: rows.length,
      run: (count, from) => acts[act](count, Math.max(from, reached)),
      ...(together ? { progress: progressOf(act, waitingFor(act, overview)) } : { fromHere: true }),
      onDone: (count) => {
        notify.good(t(`${act}.done`, { count }));
        onDone();
      },
      onEnd: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.statements.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.gate.pathKey() }),
        ]),
    });
  };
  return { reached, start };
}

type DialogProps = Omit<Props, 'rights'> & { act: Act; onClose: () => void };

function BulkDialog({ act, rows, overview, onClose, onDone }: DialogProps) {
  const t = useTranslations('statements.bulk');
  const locale = useLocale();
  // What is selected may change under the question, for the list lives: it is about what it said.
  const [asked] = useState(rows);
  const { reached, start } = useBulk(act, asked, overview);
  const typed = useKeptReason(`${act}.${overview.month}`, asked.map(({ id }) => id).join(' '));
  const payable = asked.reduce((sum, row) => sum + row.payable, 0n);
  const unreached = asked.filter((row) => !row.hasChannel).length;
  const figures = { count: asked.length, payable: moneyText(payable, overview.currency, locale) };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      tone={act === 'approve' ? 'seal' : 'primary'}
      title={t(`${act}.title`, figures)}
      consequence={t(`${act}.consequence`, figures)}
      confirmLabel={t(`${act}.action`, figures)}
      reason={act === 'link' ? 'required' : 'none'}
      typed={typed}
      onConfirm={(reason) => start(reason, onDone)}
    >
      {unreached > 0 && (act === 'publish' || act === 'link') && <p>{t('unreached', { count: unreached })}</p>}
      {reached > 0 && <ProgressBar label={t(`${act}.underWay`)} done={reached} total={asked.length} />}
    </ConfirmDialog>
  );
}
