import { findAccount, findSecretByEmail } from '../repository';
import type { SignedIn } from '../schema';

/** The active account of an e-mail that an identity provider has proven, or null. */
export async function findSignedIn({ email }: { email: string }): Promise<SignedIn | null> {
  const secret = await findSecretByEmail(email.trim().toLowerCase());
  if (!secret?.active) return null;
  const account = await findAccount(secret.id);
  return (
    account && { id: account.id, email: account.email, name: account.name, role: account.role, epoch: account.epoch }
  );
}
