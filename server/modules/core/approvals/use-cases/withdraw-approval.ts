import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { askedIt } from '../policy';
import { closeLocked, lockApproval } from '../repository';

/** Whoever asked no longer wants it; what was decided meanwhile stays as it is. */
export async function withdrawApproval({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const approval = await lockApproval(tx, id);
    if (!approval || !askedIt(actor, approval)) throw notFound('approval');
    if (approval.state === 'waiting') await closeLocked(tx, { id, state: 'lapsed', by: null, answer: null });
    const { branchId } = approval;
    await recordAudit(tx, { actor, action: 'approval.withdrawn', entity: 'approval', entityId: id, branchId });
  });
}
