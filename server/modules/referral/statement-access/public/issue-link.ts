import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import type { Transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { addLink, findLiveLink, lockStatement } from '../repository';
import { LINK_DAYS, linkToken, newNonce, sha256 } from '../rules';

/**
 * Gives a statement its link, in the transaction of the publisher. A statement has one live link: the one that is there is
 * answered again until it expires or is revoked. `id` is what a new one is to be called. Throws `not_found`.
 */
export async function issueLink(
  tx: Transaction,
  { actor, statementId, id = null }: { actor: Actor; statementId: string; id?: string | null },
): Promise<{ linkId: string }> {
  if (!(await lockStatement(tx, statementId))) throw notFound('statement');
  const live = await findLiveLink(tx, statementId);
  if (live) return { linkId: live };
  const nonce = newNonce();
  const tokenHash = sha256(linkToken(nonce, env().LINK_KEY));
  const linkId = await addLink(tx, { id, statementId, nonce, tokenHash, days: LINK_DAYS });
  const detail = { statementId };
  await recordAudit(tx, { actor, action: 'statement-link.issued', entity: 'statement-link', entityId: linkId, detail });
  return { linkId };
}
