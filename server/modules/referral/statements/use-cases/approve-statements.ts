import { statementApproved } from '@/inngest/events/referral/statements';
import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { publish } from '@/server/platform/outbox';
import { statementFacts } from '../queries';
import { addSnapshot, lastRunState, lockPeriod, lockStatements, sealPeriod } from '../repository';
import { canonicalJson, contentHash, contentOf } from '../rules';

/** Statements sealed in one transaction: a batch that stops in the middle goes on where it stopped. */
const BATCH = 40;

export type Approved = { approved: number; sealed: boolean };

/**
 * Approves a month's drafts, all or the ones named: freezes what each says into its snapshot and seals it with the hash of
 * that. The period is sealed with its last statement; what arrives afterwards flows into the next. Approving again changes
 * nothing. A month that has not ended is approved only where the caller says that it knows (`beforeEnd`): its later orders then flow
 * into the next one. Throws `period_not_over`, `not_found` (the month was never asked for), `run_in_progress`, `run_failed` (the last run did not end well).
 */
export async function approveStatements({
  actor,
  month,
  only = null,
  beforeEnd = false,
}: {
  actor: Actor;
  month: string;
  only?: string[] | null;
  beforeEnd?: boolean;
}): Promise<Approved> {
  const settings = await organisation();
  let approved = 0;
  for (;;) {
    const step = await inTransaction(async (tx) => {
      const period = await lockPeriod(tx, { month });
      if (!period) throw notFound('statement period');
      if (period.state === 'sealed') return { count: 0, sealed: true };
      if (!beforeEnd && period.endsAt > new Date())
        throw new PortalError('conflict', 'period_not_over', { params: { month } });
      await requireFinishedRun(tx, period.id, month);
      const states = ['draft', 'reviewed'];
      const batch = await lockStatements(tx, { periodId: period.id, states, only, limit: BATCH });
      await sealEach(
        tx,
        actor,
        batch.map(({ id }) => id),
        settings,
      );
      const sealed = batch.length < BATCH && (await sealWhole(tx, actor, period.id, month));
      return { count: batch.length, sealed };
    }, 60_000);
    approved += step.count;
    if (step.sealed || step.count < BATCH) return { approved, sealed: step.sealed };
  }
}

async function requireFinishedRun(tx: Transaction, periodId: string, month: string): Promise<void> {
  const state = await lastRunState(tx, periodId);
  if (state === 'done') return;
  throw new PortalError('conflict', state === 'failed' ? 'run_failed' : 'run_in_progress', { params: { month } });
}

async function sealEach(
  tx: Transaction,
  actor: Actor,
  ids: string[],
  settings: Awaited<ReturnType<typeof organisation>>,
): Promise<void> {
  const at = new Date();
  for (const facts of await statementFacts(tx, ids)) {
    const content = contentOf(facts, settings, at);
    const json = canonicalJson(content);
    const hash = contentHash(content);
    const { id: statementId } = facts;
    await addSnapshot(tx, { statementId, content: json, hash, approvedBy: actorUserId(actor), at });
    const detail = { month: facts.month, hash, payable: facts.payable.toString(), lines: facts.lines };
    await recordAudit(tx, { actor, action: 'statement.approved', entity: 'statement', entityId: statementId, detail });
    await publish(tx, statementApproved, { statementId });
  }
}

async function sealWhole(tx: Transaction, actor: Actor, periodId: string, month: string): Promise<boolean> {
  if (!(await sealPeriod(tx, periodId))) return false;
  const detail = { month };
  await recordAudit(tx, {
    actor,
    action: 'statement-period.sealed',
    entity: 'statement-period',
    entityId: periodId,
    detail,
  });
  return true;
}
