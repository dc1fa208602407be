import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { orderDetail } from '../queries/orders';
import type { OrderDetail } from '../schema';

/** Opens an order for staff and leaves a record of who read it. Another branch's order is `not_found`. */
export async function openOrder({ actor, id }: { actor: StaffActor; id: string }): Promise<OrderDetail> {
  const order = await orderDetail({ actor, id });
  await recordRead({ actor, entity: 'order', entityId: id, detail: { patientId: order.patient.id } });
  return order;
}
