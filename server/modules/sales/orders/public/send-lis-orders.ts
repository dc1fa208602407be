import { lis } from '@/server/integrations/lis/port';
import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffects, effect } from '@/server/platform/effects';
import { yieldToHigherLane } from '@/server/platform/yield-to-higher-lane';
import { lisOrders } from '../queries/after-sale';

/** So many answers of the laboratory are waited for at once. */
const AT_ONCE = 8;
/** So many are sent before the yielding senders look again. */
const BETWEEN_LOOKS = 24;

type Sent = { orderId: string; ref: string };

/** All in one transaction: an upload sends thousands, and each transaction is a wait for the disk. */
async function recordSent(actor: Actor, sent: readonly Sent[]): Promise<void> {
  if (sent.length === 0) return;
  await inTransaction(async (tx) => {
    const effects = sent.map(({ orderId, ref }) => ({ orderId, ...effect.lisOrder(orderId, ref) }));
    const claimed = await claimEffects(tx, effects);
    const kept = effects.filter(({ key }) => claimed.has(key)).map(({ orderId }) => orderId);
    const action = 'order.sent-to-lis';
    await recordAudits(
      tx,
      kept.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
  });
}

/**
 * Sends orders with laboratory work to the laboratory, each once: the effects are recorded after the laboratory has the
 * orders, also of those beside one that failed, and the laboratory takes a repeat as the same order. Throws `lis_unavailable`
 * (retryable). `yields`: for a moment they let an upload of a higher tier go first.
 */
export async function sendLisOrders({
  actor,
  orderIds,
  yields = false,
}: {
  actor: Actor;
  orderIds: readonly string[];
  yields?: boolean;
}): Promise<{ sent: number }> {
  const sent: Sent[] = [];
  const failures: unknown[] = [];
  const waiting = await lisOrders(orderIds);
  while (waiting.length > 0 && failures.length === 0) {
    if (yields) await yieldToHigherLane();
    const group = waiting.splice(0, BETWEEN_LOOKS);
    const sendOn = async () => {
      for (let order = group.shift(); order && failures.length === 0; order = group.shift()) {
        const { orderId } = order;
        await lis()
          .sendOrder(order)
          .then(({ ref }) => sent.push({ orderId, ref }))
          .catch((error: unknown) => failures.push(error));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
  }
  await recordSent(actor, sent);
  if (failures.length > 0) throw failures[0];
  return { sent: sent.length };
}
