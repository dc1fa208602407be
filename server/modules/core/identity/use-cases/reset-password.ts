import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { hashPassword } from '@/server/platform/passwords';
import { setOneTimePassword } from '../repository';
import { makeOneTimePassword } from '../rules';
import { findUser } from './find-user';

/**
 * Replaces a password by a one-time one, answered once and kept only as its hash; all sessions of the account end. Nobody
 * but its owner chooses a lasting password. Throws `unknown_user`.
 */
export async function resetPassword({
  actor,
  email,
}: {
  actor: Actor;
  email: string;
}): Promise<{ oneTimePassword: string }> {
  const { id } = await findUser({ email });
  const oneTimePassword = makeOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  await inTransaction(async (tx) => {
    await setOneTimePassword(tx, id, passwordHash, env().ONE_TIME_PASSWORD_HOURS);
    await recordAudit(tx, { actor, action: 'user.password-reset', entity: 'user', entityId: id });
  });
  return { oneTimePassword };
}
