import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { raiseEpoch } from '../repository';
import { findUser } from './find-user';

/** Ends every session of an account, which may sign in again. Throws `unknown_user`. */
export async function endUserSessions({ actor, email }: { actor: Actor; email: string }): Promise<void> {
  const { id } = await findUser({ email });
  await inTransaction(async (tx) => {
    await raiseEpoch(tx, id);
    await recordAudit(tx, { actor, action: 'user.sessions-ended', entity: 'user', entityId: id });
  });
}
