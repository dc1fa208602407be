import { PortalError } from '@/server/platform/errors';
import { findAccountByEmail } from '../repository';
import type { Account } from '../schema';

/** The account of an e-mail. Throws `unknown_user`. */
export async function findUser({ email }: { email: string }): Promise<Account> {
  const account = await findAccountByEmail(email.trim().toLowerCase());
  if (!account) throw new PortalError('not-found', 'unknown_user');
  return account;
}
