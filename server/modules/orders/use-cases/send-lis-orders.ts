import { lis } from '@/server/integrations/lis/port';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lisOrders } from '../queries';
import { keepReceipt } from '../repository';

/**
 * Tells the laboratory about orders that hold something for it, each once: the receipt of the effect is kept after the
 * laboratory has it, and the laboratory takes a repeat as the same order. Throws `lis_unavailable` (retryable).
 */
export async function sendLisOrders({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<{ sent: number }> {
  const orders = await lisOrders(orderIds);
  for (const order of orders) {
    const { ref } = await lis().sendOrder(order);
    await inTransaction(async (tx) => {
      if (!(await keepReceipt(tx, `lis-order:${order.orderId}`, 'lis-order', ref))) return;
      await recordAudit(tx, { actor, action: 'order.sent-to-lis', entity: 'order', entityId: order.orderId });
    });
  }
  return { sent: orders.length };
}
