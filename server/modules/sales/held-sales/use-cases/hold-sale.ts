import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { brokenConstraint, inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { branchOf } from '../policy';
import { holdAgain, insertHeldSale, lockHeldSale } from '../repository';
import { hasEnded } from '../rules';
import type { SaleToHold } from '../schema';

/**
 * Puts a sale aside at the actor's branch, or puts one back that the actor had taken. The same sale again, which is held already or was
 * taken meanwhile, changes nothing. Throws `no_branch`, `held_sale_ended`, `unknown_patient`.
 */
export async function holdSale({ actor, sale }: { actor: StaffActor; sale: SaleToHold }): Promise<{ id: string }> {
  const branchId = branchOf(actor);
  const holding = { sale, branchId, by: actor.id };
  await inTransaction(async (tx) => {
    if (!(await insertHeldSale(tx, holding))) {
      const hold = await lockHeldSale(tx, sale.id, branchId);
      if (!hold || hasEnded(hold)) throw new PortalError('conflict', 'held_sale_ended');
      if (hold.state === 'held' || hold.takenBy !== actor.id) return;
      await holdAgain(tx, holding);
    }
    const detail = { lines: sale.services.length, patientId: sale.patientId ?? null };
    await recordAudit(tx, {
      actor,
      action: 'held-sale.held',
      entity: 'held-sale',
      entityId: sale.id,
      branchId,
      detail,
    });
  }).catch((error: unknown) => {
    if (brokenConstraint(error)?.includes('patient_id'))
      throw new PortalError('invalid', 'unknown_patient', { cause: error });
    throw error;
  });
  return { id: sale.id };
}
