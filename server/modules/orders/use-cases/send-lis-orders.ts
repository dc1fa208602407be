import { lis } from '@/server/integrations/lis/port';
import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lisOrders } from '../queries';
import { keepLisReceipts } from '../repository';

type Sent = { orderId: string; ref: string };

/** All in one transaction: an upload sends thousands, and each transaction is a wait for the disk. */
async function keepSent(actor: Actor, sent: readonly Sent[]): Promise<void> {
  if (sent.length === 0) return;
  await inTransaction(async (tx) => {
    const kept = await keepLisReceipts(tx, sent);
    const action = 'order.sent-to-lis';
    await recordAudits(
      tx,
      kept.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
  });
}

/**
 * Tells the laboratory about orders that hold something for it, each once: the receipts are kept after the laboratory has the
 * orders, also of those before one that failed, and the laboratory takes a repeat as the same order. Throws `lis_unavailable`
 * (retryable).
 */
export async function sendLisOrders({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<{ sent: number }> {
  const sent: Sent[] = [];
  try {
    for (const order of await lisOrders(orderIds)) {
      const { ref } = await lis().sendOrder(order);
      sent.push({ orderId: order.orderId, ref });
    }
  } finally {
    await keepSent(actor, sent);
  }
  return { sent: sent.length };
}
