import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { endSessions, insertSession } from '../repository';
import { hashOfSecret, makeSessionSecret } from '../rules';
import type { Caller, Proof, SignedIn } from '../schema';

/**
 * Begins a session for who has just proven who they are, and ends the one that this browser had (`previous`), so that nobody
 * goes on in a session that another person planted. Answers the secret that its cookie holds. Throws `wrong_credentials`
 * where the account has changed since the proof.
 */
export async function openSession({
  who,
  proof,
  caller,
  previous,
  correlationId,
}: {
  who: Pick<SignedIn, 'id' | 'epoch'>;
  proof: Proof;
  caller: Caller;
  previous: string | null;
  correlationId: string;
}): Promise<string> {
  const secret = makeSessionSecret();
  const actor = { kind: 'system', id: 'sign-in', correlationId } as const;
  await inTransaction(async (tx) => {
    if (previous) await endSessions(tx, { secretHash: hashOfSecret(previous) });
    const id = await insertSession(tx, {
      ...caller,
      userId: who.id,
      epoch: who.epoch,
      proof,
      secretHash: hashOfSecret(secret),
      hours: env().SESSION_HOURS,
    });
    if (!id) throw new PortalError('unauthenticated', 'wrong_credentials');
    const detail = { session: id, proof };
    await recordAudit(tx, { actor, action: 'user.signed-in', entity: 'user', entityId: who.id, detail });
  });
  return secret;
}
