import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { passwordFits } from '@/server/platform/passwords';
import { forgiveTurns, takeTurn } from '@/server/platform/rate-limit';
import { clearFailures, countFailure, findAccount, findSecretByEmail } from '../repository';
import { restAfter } from '../rules';
import type { SignedIn } from '../schema';

/**
 * Checks e-mail and password. Every refusal for a wrong pair is the same error after the same work, whether the account
 * exists or not. Throws `wrong_credentials`, `account_rests` or `too_many_tries`.
 */
export async function signIn({
  email,
  password,
  addressHash,
  correlationId,
}: {
  email: string;
  password: string;
  addressHash: string;
  correlationId: string;
}): Promise<SignedIn> {
  await takeTurn('sign-in-address', addressHash);
  await takeTurn('sign-in-account', email);
  const secret = await findSecretByEmail(email);
  const fits = await passwordFits(secret?.passwordHash ?? null, password);
  if (!secret) throw new PortalError('unauthenticated', 'wrong_credentials');
  const actor = { kind: 'system', id: 'sign-in', correlationId } as const;
  const resting = secret.restsUntil !== null && secret.restsUntil > new Date();
  if (!fits || !secret.active || resting) {
    await inTransaction(async (tx) => {
      if (!fits) await countFailure(tx, secret.id, restAfter);
      await recordAudit(tx, { actor, action: 'user.refused', entity: 'user', entityId: secret.id });
    });
    if (fits && resting) throw new PortalError('limited', 'account_rests');
    throw new PortalError('unauthenticated', 'wrong_credentials');
  }
  await inTransaction(async (tx) => {
    await clearFailures(tx, secret.id);
    await recordAudit(tx, { actor, action: 'user.signed-in', entity: 'user', entityId: secret.id });
  });
  await forgiveTurns('sign-in-account', email);
  const account = await findAccount(secret.id);
  if (!account) throw new PortalError('unauthenticated', 'wrong_credentials');
  return { id: account.id, email: account.email, name: account.name, role: account.role, epoch: account.epoch };
}
