import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { branchOf } from '../policy';
import { lockHeldSale, markDropped } from '../repository';
import { hasEnded, isTakenByOther } from '../rules';

/** Drops a held sale on purpose; one that has ended stays as it ended. Throws `no_branch`, `held_sale_taken`, `not_found`. */
export async function dropHeldSale({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
  const branchId = branchOf(actor);
  await inTransaction(async (tx) => {
    const hold = await lockHeldSale(tx, id, branchId);
    if (!hold) throw notFound('held sale');
    if (hasEnded(hold)) return;
    if (isTakenByOther(hold, actor.id)) {
      const params = { by: hold.takenByName ?? '', till: hold.takenTill ?? '' };
      throw new PortalError('conflict', 'held_sale_taken', { params });
    }
    await markDropped(tx, id, actor.id);
    await recordAudit(tx, { actor, action: 'held-sale.dropped', entity: 'held-sale', entityId: id, branchId });
  });
}
