import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { endSessions } from '../repository';
import { hashOfSecret } from '../rules';

/** Ends the session that a cookie names, everywhere and at once. One that has ended stays as it is. */
export async function signOut({ secret, correlationId }: { secret: string; correlationId: string }): Promise<void> {
  const actor = { kind: 'system', id: 'sign-out', correlationId } as const;
  await inTransaction(async (tx) => {
    for (const { id, userId } of await endSessions(tx, { secretHash: hashOfSecret(secret) })) {
      const detail = { session: id };
      await recordAudit(tx, { actor, action: 'user.signed-out', entity: 'user', entityId: userId, detail });
    }
  });
}
