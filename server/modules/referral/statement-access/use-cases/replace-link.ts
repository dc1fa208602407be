import { notificationRequested } from '@/inngest/events/core/notifications';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { publish } from '@/server/platform/outbox';
import { issueLink } from '../public/issue-link';
import { recordLinkEvent } from '../public/record-link-event';
import { findStatementOfLink } from '../queries';
import { endLink, findLiveLink, isPublished, lockStatement } from '../repository';

async function endLiveLink(
  tx: Transaction,
  { actor, statementId, reason }: Omit<Replacement, 'clientKey'>,
): Promise<void> {
  const linkId = await findLiveLink(tx, statementId);
  if (!linkId || !(await endLink(tx, linkId))) return;
  await recordLinkEvent(tx, { linkId, kind: 'revoked', visitor: null });
  const entry = { entity: 'statement-link', entityId: linkId, detail: { reason } } as const;
  await recordAudit(tx, { actor, action: 'statement-link.revoked', ...entry });
}

/** `clientKey`: what the new link is called by whoever asks for it, before they ask. */
type Replacement = { actor: Actor; statementId: string; reason: string; clientKey: string };

/**
 * Ends the link of a published statement with every session that came through it, where it has not ended by itself, gives the
 * statement a new one, and sends that to the doctor: once for one `clientKey`, however often it comes, since an answer may be lost and the
 * question asked again. Throws `not_found`, `not_published`.
 */
export async function replaceLink(given: Replacement): Promise<{ linkId: string }> {
  const { actor, statementId, clientKey } = given;
  return inTransaction(async (tx) => {
    if (!(await lockStatement(tx, statementId))) throw notFound('statement');
    if (!(await isPublished(tx, statementId))) throw new PortalError('conflict', 'not_published');
    const made = await findStatementOfLink(tx, clientKey);
    if (made === statementId) return { linkId: clientKey };
    if (made !== null) throw notFound('statement');
    await endLiveLink(tx, given);
    const { linkId } = await issueLink(tx, { actor, statementId, id: clientKey });
    const dedupeKey = `statement-published:${statementId}:${linkId}`;
    await publish(tx, notificationRequested, { template: 'statement-published', dedupeKey, linkId });
    return { linkId };
  });
}
