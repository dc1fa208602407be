import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { hashPassword, passwordFits } from '@/server/platform/passwords';
import { takeTurn } from '@/server/platform/rate-limit';
import { findAccount, findSecretByEmail, setPassword } from '../repository';

/** Sets one's own password and ends every other session of the account. Throws `wrong_credentials`. */
export async function changePassword({
  actor,
  current,
  next,
}: {
  actor: StaffActor;
  current: string;
  next: string;
}): Promise<void> {
  await takeTurn('sign-in-account', actor.id);
  const account = await findAccount(actor.id);
  const secret = account ? await findSecretByEmail(account.email) : null;
  if (!secret || !(await passwordFits(secret.passwordHash, current)))
    throw new PortalError('invalid', 'wrong_credentials');
  const passwordHash = await hashPassword(next);
  await inTransaction(async (tx) => {
    await setPassword(tx, actor.id, passwordHash);
    await recordAudit(tx, { actor, action: 'user.password-changed', entity: 'user', entityId: actor.id });
  });
}
