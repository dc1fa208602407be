import { backgroundFunctions } from '@/server/integrations/background/port';
import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { addPause } from '../repository';
import type { ActionResult } from '../schema';

/** Lets new runs of a function wait before their first step; those under way go on. Again: nothing. Throws `not_found`. */
export async function pauseFunction({
  actor,
  functionId,
  reason,
}: {
  actor: StaffActor;
  functionId: string;
  reason: string;
}): Promise<ActionResult> {
  const functions = await backgroundFunctions()();
  if (!functions.some(({ id }) => id === functionId)) throw notFound('function');
  return inTransaction(async (tx) => {
    if (!(await addPause(tx, { functionId, by: actor.id, reason }))) return { done: 0, left: 1 };
    const detail = { reason };
    await recordAudit(tx, { actor, action: 'function.paused', entity: 'function', entityId: functionId, detail });
    return { done: 1, left: 0 };
  });
}
