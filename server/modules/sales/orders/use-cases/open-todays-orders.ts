import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { todaysOrders } from '../queries/orders';
import type { TodaysOrder } from '../schema';

/** Today's orders of the actor's branch with what is to be done for whom, and the record of who looked: it says what people are examined for. */
export async function openTodaysOrders({ actor }: { actor: StaffActor }): Promise<TodaysOrder[]> {
  const { branchId } = actor;
  const orders = await todaysOrders(actor);
  if (branchId && orders.length > 0) await recordRead({ actor, entity: 'worklist', entityId: branchId, branchId });
  return orders;
}
