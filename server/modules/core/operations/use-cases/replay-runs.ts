import { replayRequested } from '@/inngest/events/core/operations';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { claimForReplay, type RunWithEvents, settleRun } from '../repository';
import { hasEnded } from '../rules';
import type { ActionResult, RunSelection } from '../schema';
import { endRuns } from './end-runs';
import { selectRuns } from './select-runs';

/** A batch of a hundred events is a hundred rows of the outbox. */
const TIMEOUT_MS = 60_000;

/**
 * Asks for the selected runs to be done again from their beginning: an event for each, in the transaction that audits it. A run
 * that waits for its next attempt is ended first. What has happened does not happen again, and neither does a run that
 * was repeated before. Throws `background_unavailable` where a waiting run could not be ended.
 */
export async function replayRuns({
  actor,
  selection,
  reason,
}: {
  actor: Actor;
  selection: RunSelection;
  reason: string;
}): Promise<ActionResult> {
  const { runs, left, beyond } = await selectRuns({ selection });
  const ended = await endRuns({ runIds: runs.filter(({ state }) => !hasEnded(state)).map(({ runId }) => runId) });
  const done = await inTransaction(async (tx) => {
    for (const { runId, ...end } of ended) await settleRun(tx, runId, { ...end, errorCode: null });
    // A waiting run that came through in the meantime needs no repetition.
    const completed = new Set(ended.filter(({ state }) => state === 'completed').map(({ runId }) => runId));
    const wanted = runs.filter(({ runId }) => !completed.has(runId));
    const claimed = await claimForReplay(
      tx,
      wanted.map(({ runId }) => runId),
    );
    for (const run of wanted.filter(({ runId }) => claimed.has(runId))) await replayRun(tx, { actor, run, reason });
    return claimed.size;
  }, TIMEOUT_MS);
  const selected = runs.length + left.open + left.replayed + left.eventGone + beyond;
  return { done, left: selected - done };
}

async function replayRun(
  tx: Transaction,
  { actor, run, reason }: { actor: Actor; run: RunWithEvents; reason: string },
): Promise<void> {
  const { runId, functionId, events } = run;
  const asked = { functionId, runId };
  for (const { id, name, data } of events) {
    await publish(tx, replayRequested, { ...asked, eventId: id, eventName: name, data });
  }
  if (events.length === 0) {
    await publish(tx, replayRequested, { ...asked, eventId: null, eventName: null, data: null });
  }
  const detail = { functionId, events: events.length, reason };
  await recordAudit(tx, { actor, action: 'run.replayed', entity: 'background-run', entityId: runId, detail });
}
