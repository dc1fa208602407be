import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { branchOf } from '../policy';
import { lockHeldSale, markTaken, readHeldSale } from '../repository';
import { hasEnded, isTakenByOther } from '../rules';
import type { TakenSale } from '../schema';

/**
 * Takes a held sale of the branch to the actor's till, into the open shift: one at a time, and the others hear who has it. Who has it gets
 * it again. Throws `no_branch`, `no_open_shift`, `held_sale_taken`, `held_sale_ended`, `not_found`.
 */
export async function takeHeldSale({ actor, id }: { actor: StaffActor; id: string }): Promise<TakenSale> {
  const branchId = branchOf(actor);
  return inTransaction(async (tx) => {
    const hold = await lockHeldSale(tx, id, branchId);
    if (!hold) throw notFound('held sale');
    if (hasEnded(hold)) throw new PortalError('conflict', 'held_sale_ended');
    if (isTakenByOther(hold, actor.id)) {
      const params = { by: hold.takenByName ?? '', till: hold.takenTill ?? '' };
      throw new PortalError('conflict', 'held_sale_taken', { params });
    }
    // Asked for again, it is the same taking.
    if (!hold.isAtTill) {
      if (!(await markTaken(tx, id, { by: actor.id, branchId }))) throw new PortalError('conflict', 'no_open_shift');
      await recordAudit(tx, { actor, action: 'held-sale.taken', entity: 'held-sale', entityId: id, branchId });
    }
    return readHeldSale(tx, id);
  });
}
