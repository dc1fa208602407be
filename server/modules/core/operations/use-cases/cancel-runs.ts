import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { runsWithEvents, settleRun } from '../repository';
import { hasEnded } from '../rules';
import type { ActionResult } from '../schema';
import { endRuns } from './end-runs';
import { failWork } from './fail-work';

/** Ends open runs before their next step; what they have done stays done. Throws `background_unavailable`. */
export async function cancelRuns({
  actor,
  runIds,
  reason,
}: {
  actor: Actor;
  runIds: readonly string[];
  reason: string;
}): Promise<ActionResult> {
  const open = (await runsWithEvents(runIds)).filter(({ state }) => !hasEnded(state));
  const functionOf = new Map(open.map(({ runId, functionId }) => [runId, functionId]));
  const ended = await endRuns({ runIds: open.map(({ runId }) => runId) });
  const cancelled = ended.filter(({ state }) => state === 'cancelled').map(({ runId }) => runId);
  await failWork({ runIds: cancelled, code: 'run_cancelled' });
  let done = 0;
  await inTransaction(async (tx) => {
    for (const { runId, state, endedAt } of ended) {
      const settled = await settleRun(tx, runId, { state, errorCode: null, endedAt });
      if (!settled || state !== 'cancelled') continue;
      done += 1;
      const detail = { functionId: functionOf.get(runId) ?? '', reason };
      await recordAudit(tx, { actor, action: 'run.cancelled', entity: 'background-run', entityId: runId, detail });
    }
  });
  return { done, left: new Set(runIds).size - done };
}
