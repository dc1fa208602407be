import { createHash, createHmac } from 'node:crypto';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { passwordFits } from '@/server/platform/passwords';
import { clearAttempts, consumeAttempt, returnAttempt } from '@/server/platform/rate-limit';
import { findSecretByEmail, isKnownAddress, takeOneTimePassword } from '../repository';
import { markOf } from '../rules';
import type { SignedIn } from '../schema';

/** The name under which the tries at an account are counted; the e-mail can't be read from it. */
const accountKey = (email: string) =>
  createHmac('sha256', env().AUTH_SECRET).update(`account:${email}`).digest('base64url').slice(0, 22);

type Try = { email: string; addressHash: string; mark: string | null };

/** A name for a mark among the counters, by which it cannot be used. */
const markKey = (mark: string) => createHash('sha256').update(mark).digest('base64url').slice(0, 22);

/**
 * Counts a try: at the pair of account and address, at the address, and at the account, whose far wider limit does not count
 * for an address from which its owner has been signed in before. All of it alike for accounts that do not exist. A browser that
 * was signed in before is counted by itself alone, so that nobody who shares its address shuts it out. Answers what takes back
 * the count of who turns out to be honest.
 */
async function countTry({ email, addressHash, mark }: Try): Promise<() => Promise<unknown>> {
  if (mark) {
    const known = markKey(mark);
    await consumeAttempt('sign-in-browser', known);
    return () => clearAttempts('sign-in-browser', known);
  }
  const account = accountKey(email);
  const pair = `${account}.${addressHash}`;
  await consumeAttempt('sign-in-address', addressHash);
  await consumeAttempt('sign-in-pair', pair);
  if (!(await isKnownAddress(email, addressHash))) await consumeAttempt('sign-in-account', account);
  return () => Promise.all([clearAttempts('sign-in-pair', pair), returnAttempt('sign-in-address', addressHash)]);
}

/** A dummy account, for the same work where there is none. */
const NOBODY = { id: '', epoch: -1 };

/**
 * Checks e-mail and password. Every refusal is the same error after the same work, whether the account exists, is active or
 * neither; only who knows a one-time password learns that it is over. `browser`: what the browser keeps of who was signed in from
 * it before. Throws `wrong_credentials`, `one_time_password_over`
 * or `too_many_tries`. `begins`: whether a session follows; without one a one-time password is kept for that, and proves nothing.
 */
export async function signIn({
  email,
  password,
  addressHash,
  browser = null,
  begins = true,
  correlationId,
}: {
  email: string;
  password: string;
  addressHash: string;
  browser?: string | null;
  begins?: boolean;
  correlationId: string;
}): Promise<SignedIn> {
  const secret = await findSecretByEmail(email);
  const mark = markOf(browser, env().AUTH_SECRET, secret ?? NOBODY, new Date());
  const forgive = await countTry({ email, addressHash, mark: secret && mark });
  const fits = await passwordFits(secret?.passwordHash ?? null, password);
  const actor = { kind: 'system', id: 'sign-in', correlationId } as const;
  const refused = { actor, action: 'user.refused', entity: 'user', entityId: secret?.id ?? 'unknown' };
  if (!secret || !fits || !secret.active || (secret.mustChangePassword && !begins)) {
    await inTransaction((tx) => recordAudit(tx, refused));
    throw new PortalError('unauthenticated', 'wrong_credentials');
  }
  if (secret.mustChangePassword && !(await inTransaction((tx) => takeOneTimePassword(tx, secret.id)))) {
    await inTransaction((tx) => recordAudit(tx, refused));
    throw new PortalError('unauthenticated', 'one_time_password_over');
  }
  await forgive();
  return { id: secret.id, email: secret.email, name: secret.name, role: secret.role, epoch: secret.epoch };
}
