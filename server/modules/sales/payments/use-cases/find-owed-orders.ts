import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { owedOrders } from '../queries';
import type { Owed, OwedInput } from '../schema';

/**
 * The orders of which something is owed, for who takes it: at every branch where they are asked for by number, scan or patient. An order
 * that is opened by itself leaves a record of who read it, as one of another branch always does; a list of the own branch leads there.
 */
export async function findOwedOrders({ actor, asked }: { actor: StaffActor; asked: OwedInput }): Promise<Owed> {
  const found = await owedOrders(actor, asked);
  const opened = found.orders.filter(({ id, branchId }) => id === asked.orderId || branchId !== actor.branchId);
  for (const { id, patientId } of opened) {
    await recordRead({ actor, entity: 'order', entityId: id, detail: { patientId } });
  }
  return found;
}
