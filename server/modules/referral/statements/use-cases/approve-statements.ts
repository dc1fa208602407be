import { statementApproved } from '@/inngest/events/referral/statements';
import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { organisationIn } from '@/server/platform/organisation';
import { publish } from '@/server/platform/outbox';
import { statementFacts } from '../queries';
import {
  addSnapshot,
  lastRun,
  lockPeriod,
  lockStatements,
  outdatedDrafts,
  type Period,
  sealPeriod,
} from '../repository';
import { canonicalJson, contentHash, contentOf } from '../rules';
import type { StatementState } from '../schema';

/** Statements sealed in one transaction: a batch that stops in the middle goes on where it stopped. */
const BATCH = 40;

const DRAFTS: StatementState[] = ['draft', 'reviewed'];

export type Approved = { approved: number; sealed: boolean };

/**
 * Approves a month's drafts, all or the ones named: freezes what each says into its snapshot and seals it with the hash of
 * that. The period is sealed with its last statement; what arrives afterwards flows into the next. Approving again changes
 * nothing. A month that has not ended is approved only where the caller says that it knows (`beforeEnd`): its later orders then flow
 * into the next one. Throws `period_not_over`, `not_found` (the month was never asked for), `run_in_progress`, `run_failed` (the last
 * run did not end well), `drafts_before_end` (it was asked for before the month ended), `drafts_outdated` (plans, rates, the threshold or
 * categories have changed since).
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
  let approved = 0;
  for (;;) {
    const step = await inTransaction(async (tx) => {
      const period = await lockPeriod(tx, { month });
      if (!period) throw notFound('statement period');
      if (period.state === 'sealed') return { count: 0, sealed: true };
      await requireFinishedRun(tx, period, beforeEnd);
      // All of them before the first is sealed: a month is not approved by half because of one doctor.
      if (approved === 0) await requireCurrent(tx, { period, states: DRAFTS, only });
      const batch = await lockStatements(tx, { periodId: period.id, states: DRAFTS, only, limit: BATCH });
      const ids = batch.map(({ id }) => id);
      await sealEach(tx, actor, ids);
      // Behind what was read for the snapshots: what changes after this is after the approval.
      await requireCurrent(tx, { period, states: ['approved'], only: ids });
      const sealed = batch.length < BATCH && (await sealWhole(tx, actor, period.id, month));
      return { count: batch.length, sealed };
    }, 60_000);
    approved += step.count;
    if (step.sealed || step.count < BATCH) return { approved, sealed: step.sealed };
  }
}

async function requireFinishedRun(tx: Transaction, { id, month, endsAt }: Period, beforeEnd: boolean): Promise<void> {
  const refuse = (code: string) => new PortalError('conflict', code, { params: { month } });
  if (!beforeEnd && endsAt > new Date()) throw refuse('period_not_over');
  const run = await lastRun(tx, id);
  if (run?.state === 'failed') throw refuse('run_failed');
  if (run?.state !== 'done') throw refuse('run_in_progress');
  if (!beforeEnd && run.requestedAt < endsAt) throw refuse('drafts_before_end');
}

const NAMED = 5;

/** A draft of what has changed since would be sealed with a plan, a threshold or a rate that its own figures contradict. */
async function requireCurrent(tx: Transaction, drafts: Parameters<typeof outdatedDrafts>[1]): Promise<void> {
  const outdated = await outdatedDrafts(tx, drafts);
  if (outdated.length === 0) return;
  const doctors = outdated.slice(0, NAMED).join(', ') + (outdated.length > NAMED ? ', …' : '');
  const params = { month: drafts.period.month, count: outdated.length, doctors };
  throw new PortalError('conflict', 'drafts_outdated', { params });
}

async function sealEach(tx: Transaction, actor: Actor, ids: string[]): Promise<void> {
  const at = new Date();
  const settings = await organisationIn(tx);
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
