import { statementGenerated } from '@/inngest/events/referral/statements';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffect, effect } from '@/server/platform/effects';
import { notFound } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { countDone, removeDrafts, runIsRunning, sharePeriod, writeDrafts } from '../repository';

export type Drafted = { statements: number; lines: number; kept: number };

/** A chunk of 250 busy doctors takes a second or two; the rest is for a machine that has other things to do. */
const TIMEOUT_MS = 120_000;

/**
 * Makes the drafts of one chunk of doctors, in place of those that were there. Statements that are sealed stay as they are
 * and are counted as `kept`. A repeat of the chunk, and a chunk of a run that has ended, do nothing.
 */
export async function draftStatements({
  actor,
  runId,
  periodId,
  chunk,
  doctorIds,
}: {
  actor: Actor;
  runId: string;
  periodId: string;
  chunk: number;
  doctorIds: string[];
}): Promise<Drafted> {
  const nothing = { statements: 0, lines: 0, kept: 0 };
  return inTransaction(async (tx) => {
    const period = await sharePeriod(tx, periodId);
    if (!period) throw notFound('statement period');
    if (period.state === 'sealed' || !(await runIsRunning(tx, runId))) return nothing;
    if (!(await claimEffect(tx, effect.statementDrafts(runId, chunk)))) return nothing;
    const scope = { runId, periodId, from: period.startsAt, to: period.endsAt, doctorIds };
    const { kept } = await removeDrafts(tx, scope);
    const { statements, lines } = await writeDrafts(tx, scope);
    const { complete } = await countDone(tx, runId, doctorIds.length);
    if (complete) await publish(tx, statementGenerated, { runId, periodId });
    const detail = { month: period.month, chunk, statements, lines, kept };
    await recordAudit(tx, { actor, action: 'statement.drafted', entity: 'statement-run', entityId: runId, detail });
    return { statements, lines, kept };
  }, TIMEOUT_MS);
}
