import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { acceptLockedShift, lockShift } from '../repository';

/**
 * A branch manager accepts a closed shift of the branch, never one's own nor one that the manager has counted. Throws `accept_own_shift`,
 * `accept_own_count`, `shift_not_closed`, `not_found`.
 */
export async function acceptShift({ actor, shiftId }: { actor: StaffActor; shiftId: string }): Promise<void> {
  const { branchId } = actor;
  if (!branchId) throw new PortalError('forbidden', 'no_branch');
  await inTransaction(async (tx) => {
    const shift = await lockShift(tx, shiftId, branchId);
    if (shift.cashierId === actor.id) throw new PortalError('forbidden', 'accept_own_shift');
    if (shift.closedBy === actor.id) throw new PortalError('forbidden', 'accept_own_count');
    await acceptLockedShift(tx, shiftId, actor.id);
    await recordAudit(tx, { actor, action: 'shift.accepted', entity: 'shift', entityId: shiftId, branchId });
  });
}
