'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, type LucideIcon, Send, ShieldCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC, useTRPCClient } from '@/components/api/trpc';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { moneyText } from '@/components/ui/money-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { notify } from '@/components/ui/toast';
import type { MonthOverview, StatementRow } from '@/server/modules/referral/statements/schema';
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
            <Button key={act} size="small" icon={ICONS[act]} onPress={() => setAsking(act)}>
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

/** Does the act for some statements: together where the server takes them together, else one by one, counting. */
function useBulk(act: Act, rows: readonly StatementRow[], month: string) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const [done, setDone] = useState(0);
  const each = async (doOne: (statementId: string) => Promise<unknown>) => {
    // Tried again after a refusal it goes on where it stopped: what is done is not done twice.
    for (const [at, { id }] of rows.entries()) {
      if (at < done) continue;
      await doOne(id);
      setDone(at + 1);
    }
    return rows.length;
  };
  const only = rows.map(({ id }) => id);
  const acts: Record<Act, (reason: string) => Promise<number>> = {
    review: () => each((statementId) => client.statements.review.mutate({ statementId, reviewed: true })),
    approve: async () => (await client.statements.approve.mutate({ month, only, beforeEnd: false })).approved,
    publish: async () => (await client.statements.publish.mutate({ month, only })).published,
    link: (reason) => each((statementId) => client.gate.replace.mutate({ statementId, reason })),
  };
  const run = (reason: string) =>
    acts[act](reason).finally(() =>
      Promise.all([
        queries.invalidateQueries({ queryKey: trpc.statements.pathKey() }),
        queries.invalidateQueries({ queryKey: trpc.gate.pathKey() }),
      ]),
    );
  return { done, run };
}

type DialogProps = Omit<Props, 'rights'> & { act: Act; onClose: () => void };

function BulkDialog({ act, rows, overview, onClose, onDone }: DialogProps) {
  const t = useTranslations('statements.bulk');
  const locale = useLocale();
  const sentenceOf = useErrorSentence();
  // What is selected may change under the question, for the list lives: it is about what it said.
  const [asked] = useState(rows);
  const { done, run } = useBulk(act, asked, overview.month);
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
      onConfirm={async (reason) => {
        try {
          notify.good(t(`${act}.done`, { count: await run(reason) }));
        } catch (error) {
          throw new Error(sentenceOf(error).sentence);
        }
        onDone();
      }}
    >
      {unreached > 0 && (act === 'publish' || act === 'link') && <p>{t('unreached', { count: unreached })}</p>}
      {done > 0 && <ProgressBar label={t('underWay')} done={done} total={asked.length} />}
    </ConfirmDialog>
  );
}
