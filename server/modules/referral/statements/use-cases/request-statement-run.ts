import { batchRequested } from '@/inngest/events/referral/statements';
import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { monthBounds } from '@/server/platform/clock';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { publish } from '@/server/platform/outbox';
import { activeRun, addRun, openPeriod } from '../repository';

/**
 * Asks for the drafts of a month (YYYY-MM in the organisation's zone); its period is made when it is the first time. Throws
 * `month_not_begun`, `period_sealed`, `run_in_progress`.
 */
export async function requestStatementRun({
  actor,
  month,
}: {
  actor: Actor;
  month: string;
}): Promise<{ runId: string; periodId: string }> {
  const { timeZone } = await organisation();
  const bounds = monthBounds(month, timeZone);
  if (bounds.from > new Date()) throw new PortalError('invalid', 'month_not_begun', { params: { month } });
  return inTransaction(async (tx) => {
    const period = await openPeriod(tx, month, bounds);
    if (period.state === 'sealed') throw new PortalError('conflict', 'period_sealed', { params: { month } });
    if (await activeRun(tx, period.id)) throw new PortalError('conflict', 'run_in_progress', { params: { month } });
    const runId = await addRun(tx, period.id, actorUserId(actor));
    await recordAudit(tx, {
      actor,
      action: 'statement-run.requested',
      entity: 'statement-run',
      entityId: runId,
      detail: { month },
    });
    await publish(tx, batchRequested, { runId, periodId: period.id });
    return { runId, periodId: period.id };
  });
}
