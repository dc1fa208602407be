import { denominationsOf } from '@/server/domain/cash';
import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { mayClose } from '../policy';
import { closeLockedShift, lockShift, sumsAgree } from '../repository';
import { countedTotal } from '../rules';

export type ClosedShift = { countedCash: bigint; expectedCash: bigint; gap: bigint; sumsAgree: boolean };

/**
 * Closes the actor's own shift, or one of the branch whose cashier cannot (`mayClose`), with a blind count. Only now is what the
 * drawer's ledger expected made known; a gap does not stop the close, it is recorded and waits for the branch manager. Throws `shift_not_open`, `not_found`, `unknown_denomination`.
 */
export async function closeShift({
  actor,
  shiftId,
  denominations,
}: {
  actor: StaffActor;
  shiftId: string;
  denominations: Record<string, number>;
}): Promise<ClosedShift> {
  const { branchId } = actor;
  if (!branchId) throw new PortalError('forbidden', 'no_branch');
  const countedCash = countedTotal(denominations);
  return inTransaction(async (tx) => {
    const shift = await lockShift(tx, shiftId, branchId);
    if (!mayClose(actor, shift)) throw notFound('shift');
    const known = denominationsOf(shift.currency).map(String);
    const value = Object.keys(denominations).find((one) => !known.includes(one));
    if (value)
      throw new PortalError('invalid', 'unknown_denomination', { params: { value, currency: shift.currency } });
    const { expectedCash } = await closeLockedShift(tx, { shiftId, denominations, countedCash, by: actor.id });
    const closed = {
      countedCash,
      expectedCash,
      gap: countedCash - expectedCash,
      sumsAgree: await sumsAgree(tx, shiftId),
    };
    await recordAudit(tx, {
      actor,
      action: 'shift.closed',
      entity: 'shift',
      entityId: shiftId,
      branchId,
      detail: {
        counted: closed.countedCash.toString(),
        expected: closed.expectedCash.toString(),
        gap: closed.gap.toString(),
        sumsAgree: closed.sumsAgree,
      },
    });
    return closed;
  });
}
