import { createHmac } from 'node:crypto';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { passwordFits } from '@/server/platform/passwords';
import { forgiveTurns, returnTurn, takeTurn } from '@/server/platform/rate-limit';
import { findSecretByEmail, isKnownAddress, takeOneTimePassword } from '../repository';
import type { SignedIn } from '../schema';

/** The name under which the tries at an account are counted; the e-mail can't be read from it. */
const accountKey = (email: string) =>
  createHmac('sha256', env().AUTH_SECRET).update(`account:${email}`).digest('base64url').slice(0, 22);

/**
 * Counts a try: at the pair of account and address, at the address, and at the account, whose far wider limit does not count
 * for an address from which its owner has been signed in before. All of it alike for accounts that do not exist.
 */
async function countTry(email: string, addressHash: string): Promise<{ pair: string }> {
  const account = accountKey(email);
  const pair = `${account}.${addressHash}`;
  await takeTurn('sign-in-address', addressHash);
  await takeTurn('sign-in-pair', pair);
  if (!(await isKnownAddress(email, addressHash))) await takeTurn('sign-in-account', account);
  return { pair };
}

/**
 * Checks e-mail and password. Every refusal is the same error after the same work, whether the account exists, is active or
 * neither; only who knows a one-time password learns that it is over. Throws `wrong_credentials`, `one_time_password_over`
 * or `too_many_tries`.
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
  const { pair } = await countTry(email, addressHash);
  const secret = await findSecretByEmail(email);
  const fits = await passwordFits(secret?.passwordHash ?? null, password);
  const actor = { kind: 'system', id: 'sign-in', correlationId } as const;
  const refused = { actor, action: 'user.refused', entity: 'user', entityId: secret?.id ?? 'unknown' };
  if (!secret || !fits || !secret.active) {
    await inTransaction((tx) => recordAudit(tx, refused));
    throw new PortalError('unauthenticated', 'wrong_credentials');
  }
  if (secret.mustChangePassword && !(await inTransaction((tx) => takeOneTimePassword(tx, secret.id)))) {
    await inTransaction((tx) => recordAudit(tx, refused));
    throw new PortalError('unauthenticated', 'one_time_password_over');
  }
  await Promise.all([forgiveTurns('sign-in-pair', pair), returnTurn('sign-in-address', addressHash)]);
  return { id: secret.id, email: secret.email, name: secret.name, role: secret.role, epoch: secret.epoch };
}
