import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { findAccountByEmail } from '../repository';
import { signIn } from '../use-cases/sign-in';

/**
 * Somebody proves who they are by e-mail and password at another person's screen, whose session goes on: counted, answered and recorded as
 * a sign-in is. Throws `wrong_credentials`, `too_many_tries`.
 */
export async function provePerson(given: {
  email: string;
  password: string;
  addressHash: string;
  correlationId: string;
}): Promise<StaffActor> {
  const { id, role } = await signIn({ ...given, begins: false });
  const account = await findAccountByEmail(given.email);
  if (account?.id !== id) throw new PortalError('unauthenticated', 'wrong_credentials');
  return { kind: 'user', id, role, branchId: account.branchId, correlationId: given.correlationId };
}
