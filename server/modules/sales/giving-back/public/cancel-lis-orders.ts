import { lis } from '@/server/integrations/lis/port';
import { findLisOrders } from '@/server/modules/sales/orders/public/find-lis-orders';
import { prepareOrders } from '@/server/modules/sales/orders/public/prepare-orders';
import { sendLisOrders } from '@/server/modules/sales/orders/public/send-lis-orders';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffect, effect } from '@/server/platform/effects';
import { cancellationsOf } from '../queries';

/**
 * Cancels at the laboratory, each refund once, services that are not to be done any longer: those of lines that were given back whole, unless
 * another line of the order still holds them. An order that it does not have yet is handed over first, or it would come after its
 * cancellation. Throws `lis_unavailable` (retryable).
 */
export async function cancelLisOrders({
  actor,
  refundIds,
}: {
  actor: Actor;
  refundIds: readonly string[];
}): Promise<{ cancelled: number }> {
  const wanted = await cancellationsOf(refundIds);
  if (wanted.length === 0) return { cancelled: 0 };
  const orderIds = [...new Set(wanted.map(({ orderId }) => orderId))];
  await prepareOrders({ actor, orderIds });
  await sendLisOrders({ actor, orderIds });
  const orders = await findLisOrders(orderIds);
  for (const { refundId, orderId, codes } of wanted) {
    const order = orders.get(orderId);
    if (!order) continue;
    const { ref } = await lis().cancelOrder({ refundId, order, cancelled: codes });
    await inTransaction(async (tx) => {
      if (!(await claimEffect(tx, effect.lisCancellation(refundId, ref)))) return;
      const detail = { refundId, services: codes.length };
      await recordAudit(tx, { actor, action: 'order.cancelled-at-lis', entity: 'order', entityId: orderId, detail });
    });
  }
  return { cancelled: wanted.length };
}
