import { findSecretByEmail } from '../repository';
import type { SignedIn } from '../schema';

/** The active account of an e-mail that an identity provider has proven, or null. */
export async function findSignedIn({ email }: { email: string }): Promise<SignedIn | null> {
  const found = await findSecretByEmail(email.trim().toLowerCase());
  return found?.active
    ? { id: found.id, email: found.email, name: found.name, role: found.role, epoch: found.epoch }
    : null;
}
