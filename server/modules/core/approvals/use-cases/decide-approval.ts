import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { askedIt, isDeciderOf } from '../policy';
import { closeLocked, lockApproval } from '../repository';

/**
 * A manager of the branch approves or refuses what somebody else asks, once. Another branch's is `not_found`. `here`: decided at the screen
 * of who asked. Throws `approve_own`, `approval_decided`, `approval_lapsed`.
 */
export async function decideApproval({
  actor,
  id,
  approve,
  answer,
  here = false,
}: {
  actor: StaffActor;
  id: string;
  approve: boolean;
  answer: string | null;
  here?: boolean;
}): Promise<void> {
  await inTransaction(async (tx) => {
    const approval = await lockApproval(tx, id);
    if (!approval || !isDeciderOf(actor, approval.branchId)) throw notFound('approval');
    if (askedIt(actor, approval)) throw new PortalError('forbidden', 'approve_own');
    if (approval.state !== 'waiting') throw new PortalError('conflict', 'approval_decided');
    if (approval.over) throw new PortalError('conflict', 'approval_lapsed');
    await closeLocked(tx, { id, state: approve ? 'approved' : 'refused', by: actor.id, answer });
    await recordAudit(tx, {
      actor,
      action: approve ? 'approval.approved' : 'approval.refused',
      entity: 'approval',
      entityId: id,
      branchId: approval.branchId,
      detail: { kind: approval.kind, askedBy: approval.askedBy, here },
    });
  });
}
