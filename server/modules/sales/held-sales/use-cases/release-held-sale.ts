import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { branchOf } from '../policy';
import { lockHeldSale, markReleased } from '../repository';

/** Gives back what the actor had taken, as it was held: the cart at the till was dropped. What is theirs no more is left as it is. Throws `no_branch`. */
export async function releaseHeldSale({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
  const branchId = branchOf(actor);
  await inTransaction(async (tx) => {
    const hold = await lockHeldSale(tx, id, branchId);
    if (hold?.state !== 'taken' || hold.takenBy !== actor.id) return;
    await markReleased(tx, id);
    await recordAudit(tx, { actor, action: 'held-sale.released', entity: 'held-sale', entityId: id, branchId });
  });
}
