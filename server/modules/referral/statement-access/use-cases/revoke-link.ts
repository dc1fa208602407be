import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { recordLinkEvent } from '../public/record-link-event';
import { findStatementOfLink } from '../queries';
import { endLink } from '../repository';

/** Ends a link and every session that came through it, at once. Throws `link_ended` (conflict) where it had ended before, and `not_found`. */
export async function revokeLink({
  actor,
  linkId,
  reason = null,
}: {
  actor: Actor;
  linkId: string;
  reason?: string | null;
}): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await findStatementOfLink(tx, linkId))) throw notFound('statement link');
    if (!(await endLink(tx, linkId))) throw new PortalError('conflict', 'link_ended');
    await recordLinkEvent(tx, { linkId, kind: 'revoked', visitor: null });
    const entry = { entity: 'statement-link', entityId: linkId, detail: { reason } } as const;
    await recordAudit(tx, { actor, action: 'statement-link.revoked', ...entry });
  });
}
