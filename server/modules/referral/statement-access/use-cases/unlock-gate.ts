import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { endLockout } from '../repository';

/**
 * Lets unknown browsers ask for codes of a doctor again; what was asked and tried before no longer counts against them all.
 * The limits of one browser, one address and one number stay as they are. Throws `not_found` where nobody was locked out.
 */
export async function unlockGate({ actor, doctorId }: { actor: Actor; doctorId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await endLockout(tx, doctorId, actorUserId(actor)))) throw notFound('lockout');
    await recordAudit(tx, { actor, action: 'gate.unlocked', entity: 'doctor', entityId: doctorId });
  });
}
