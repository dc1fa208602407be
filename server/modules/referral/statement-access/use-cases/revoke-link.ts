import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { recordLinkEvent } from '../public/record-link-event';
import { endLink } from '../repository';

/** Ends a link and every session that came through it, at once. Throws `not_found` where it had ended before. */
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
    if (!(await endLink(tx, linkId))) throw notFound('statement link');
    await recordLinkEvent(tx, { linkId, kind: 'revoked', visitor: null });
    const entry = { entity: 'statement-link', entityId: linkId, detail: { reason } } as const;
    await recordAudit(tx, { actor, action: 'statement-link.revoked', ...entry });
  });
}
