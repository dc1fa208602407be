import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { insertShift, openShiftElsewhere } from '../repository';

/**
 * Opens the actor's shift at a till of the actor's branch, with its float. The database allows one open shift a till and one a
 * cashier. Throws `no_branch`, `till_in_use`, `shift_already_open`, `shift_open_elsewhere`, `not_found`.
 */
export async function openShift({
  actor,
  tillId,
  floatAmount,
}: {
  actor: StaffActor;
  tillId: string;
  floatAmount: bigint;
}): Promise<{ shiftId: string }> {
  const { branchId } = actor;
  if (!branchId) throw new PortalError('forbidden', 'no_branch');
  const { currency } = await organisation();
  return inTransaction(async (tx) => {
    const elsewhere = await openShiftElsewhere(tx, { cashierId: actor.id, branchId });
    if (elsewhere) throw new PortalError('conflict', 'shift_open_elsewhere', { params: elsewhere });
    const shiftId = await insertShift(tx, { tillId, branchId, cashierId: actor.id, floatAmount, currency });
    const detail = { tillId, float: floatAmount.toString() };
    await recordAudit(tx, { actor, action: 'shift.opened', entity: 'shift', entityId: shiftId, branchId, detail });
    return { shiftId };
  });
}
