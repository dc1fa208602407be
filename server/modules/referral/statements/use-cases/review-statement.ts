import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { moveStatement, statementState } from '../repository';

/** Notes that a person looked through a draft, or takes that back. Throws `not_found`, `statement_moved_on`. */
export async function reviewStatement({
  actor,
  statementId,
  reviewed,
}: {
  actor: Actor;
  statementId: string;
  reviewed: boolean;
}): Promise<void> {
  const [from, to] = reviewed ? (['draft', 'reviewed'] as const) : (['reviewed', 'draft'] as const);
  await inTransaction(async (tx) => {
    if (!(await moveStatement(tx, statementId, from, to, actorUserId(actor)))) {
      const state = await statementState(statementId);
      if (!state) throw notFound('statement');
      if (state === to) return;
      throw new PortalError('conflict', 'statement_moved_on');
    }
    const action = reviewed ? 'statement.reviewed' : 'statement.review-withdrawn';
    await recordAudit(tx, { actor, action, entity: 'statement', entityId: statementId });
  });
}
