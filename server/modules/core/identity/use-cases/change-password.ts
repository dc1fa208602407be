import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { hashPassword, isGuessable, passwordFits } from '@/server/platform/passwords';
import { consumeAttempt } from '@/server/platform/rate-limit';
import { findSecret, setPassword } from '../repository';
import { lengthOf } from '../rules';

/**
 * Sets one's own password, which ends every session of the account: the screen signs in again with the new one. No rule asks
 * for capitals, digits or signs, and none for a change from time to time (NIST SP 800-63B-4 3.1.1.2). Of several at once one is
 * made, and none beside what an administrator does to the account. Throws `wrong_current_password`, `password_short`,
 * `password_same`, `password_common`, `too_many_tries`, and `sign_in_first` where the account has changed meanwhile.
 */
export async function changePassword({
  actor,
  current,
  next,
}: {
  actor: StaffActor;
  current: string;
  next: string;
}): Promise<void> {
  await consumeAttempt('password-change', actor.id);
  const secret = await findSecret(actor.id);
  if (!secret || !(await passwordFits(secret.passwordHash, current)))
    throw new PortalError('invalid', 'wrong_current_password');
  const least = env().PASSWORD_MIN_LENGTH;
  if (lengthOf(next) < least) throw new PortalError('invalid', 'password_short', { params: { least } });
  if (await passwordFits(secret.passwordHash, next)) throw new PortalError('invalid', 'password_same');
  if (await isGuessable(next, [secret.name, secret.email])) throw new PortalError('invalid', 'password_common');
  const passwordHash = await hashPassword(next);
  await inTransaction(async (tx) => {
    if (!(await setPassword(tx, { id: actor.id, epoch: secret.epoch, passwordHash })))
      throw new PortalError('unauthenticated', 'sign_in_first');
    await recordAudit(tx, { actor, action: 'user.password-changed', entity: 'user', entityId: actor.id });
  });
}
