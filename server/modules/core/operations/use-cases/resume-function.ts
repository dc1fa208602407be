import { functionResumed } from '@/inngest/events/core/operations';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { removePause } from '../repository';
import type { ActionResult } from '../schema';

/** Resumes a paused function, and notifies the runs that wait. Repeated, it does nothing. */
export async function resumeFunction({
  actor,
  functionId,
}: {
  actor: Actor;
  functionId: string;
}): Promise<ActionResult> {
  return inTransaction(async (tx) => {
    const seconds = await removePause(tx, functionId);
    if (seconds === null) return { done: 0, left: 1 };
    await publish(tx, functionResumed, { functionId });
    const detail = { pausedSeconds: seconds };
    await recordAudit(tx, { actor, action: 'function.resumed', entity: 'function', entityId: functionId, detail });
    return { done: 1, left: 0 };
  });
}
