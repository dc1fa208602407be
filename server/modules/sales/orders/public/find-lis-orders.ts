import { lisOrders } from '../queries/after-sale';
import type { LisOrderRow } from '../schema';

/** Prepared orders as the laboratory has them, by their ids. */
export async function findLisOrders(orderIds: readonly string[]): Promise<Map<string, LisOrderRow>> {
  const orders = await lisOrders(orderIds, { sent: true });
  return new Map(orders.map((order) => [order.orderId, order]));
}
