import type { StaffActor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { askedIt, isDeciderOf } from '../policy';
import { closeLocked, lockApproval } from '../repository';

/**
 * A manager of the branch approves or refuses what somebody else asks, once. Another branch's is `not_found`. `at`: at whose screen, where
 * that is another person's. Throws `approve_own`, `approval_decided`, `approval_lapsed`.
 */
export async function decideApproval({
  actor,
  id,
  approve,
  answer,
  at = null,
}: {
  actor: StaffActor;
  id: string;
  approve: boolean;
  answer: string | null;
  at?: StaffActor | null;
}): Promise<void> {
  await inTransaction(async (tx) => {
    const approval = await lockApproval(tx, id);
    if (!approval || !isDeciderOf(actor, approval.branchId)) throw notFound('approval');
    if (askedIt(actor, approval)) throw new PortalError('forbidden', 'approve_own');
    if (approval.state !== 'waiting') throw new PortalError('conflict', 'approval_decided');
    if (approval.over) throw new PortalError('conflict', 'approval_lapsed');
    await closeLocked(tx, { id, state: approve ? 'approved' : 'refused', by: actor.id, answer });
    const about = { entity: 'approval', entityId: id, branchId: approval.branchId };
    const detail = { kind: approval.kind, askedBy: approval.askedBy, here: at !== null };
    const action = approve ? 'approval.approved' : 'approval.refused';
    await recordAudits(tx, [
      { actor, action, ...about, detail },
      // Both were there: who decided, and whose session it happened in.
      ...(at ? [{ actor: at, action: 'approval.taken-here', ...about, detail: { decidedBy: actor.id } }] : []),
    ]);
  });
}
