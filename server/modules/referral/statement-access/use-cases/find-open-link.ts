import { notFound } from '@/server/platform/errors';
import { consumeAttempt } from '@/server/platform/rate-limit';
import { type OpenLink, openLinkByHash } from '../queries';
import { looksLikeToken, sha256 } from '../rules';

/**
 * The link that a token opens. Unknown, revoked and expired are one answer, `not_found`, after the same work. Throws
 * `too_many_tries` for an address that keeps guessing, or keeps coming to one link; its guesses shut nobody else out who
 * shares the address and has a link.
 */
export async function findOpenLink({ token, addressHash }: { token: string; addressHash: string }): Promise<OpenLink> {
  const link = looksLikeToken(token) ? await openLinkByHash(sha256(token)) : null;
  await consumeAttempt(link ? 'gate-visit' : 'gate-guess', link ? `${link.linkId}:${addressHash}` : addressHash);
  if (!link) throw notFound('statement link');
  return link;
}
