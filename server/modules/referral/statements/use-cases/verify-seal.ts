import { notFound } from '@/server/platform/errors';
import { consumeAttempt } from '@/server/platform/rate-limit';
import { verifiedSeal } from '../queries';
import type { VerifiedSeal } from '../schema';

/**
 * Checks the hash on a statement's PDF for anybody who holds it: what was sealed when, and whether it is unaltered. No name
 * and no order is answered. Throws `not_found`, `too_many_tries`.
 */
export async function verifySeal({ hash, addressHash }: { hash: string; addressHash: string }): Promise<VerifiedSeal> {
  const found = await verifiedSeal(hash);
  await consumeAttempt(found ? 'seal-visit' : 'seal-guess', found ? `${hash}:${addressHash}` : addressHash);
  if (!found) throw notFound('seal');
  return found;
}
