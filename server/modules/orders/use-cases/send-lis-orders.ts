import { lis } from '@/server/integrations/lis/port';
import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lisOrders } from '../queries';
import { keepLisReceipts } from '../repository';

/** So many answers of the laboratory are waited for at once. */
const AT_ONCE = 8;

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
 * orders, also of those beside one that failed, and the laboratory takes a repeat as the same order. Throws `lis_unavailable`
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
  const failures: unknown[] = [];
  const waiting = await lisOrders(orderIds);
  const sendOn = async () => {
    for (let order = waiting.shift(); order && failures.length === 0; order = waiting.shift()) {
      const { orderId } = order;
      await lis()
        .sendOrder(order)
        .then(({ ref }) => sent.push({ orderId, ref }))
        .catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
  await keepSent(actor, sent);
  if (failures.length > 0) throw failures[0];
  return { sent: sent.length };
}
