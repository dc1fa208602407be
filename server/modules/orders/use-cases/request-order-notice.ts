import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { keepReceipt } from '../repository';

/** Asks once for the notice that tells a patient of a paid order. */
export async function requestOrderNotice({ actor, orderId }: { actor: Actor; orderId: string }): Promise<void> {
  const dedupeKey = `order-paid:${orderId}`;
  await inTransaction(async (tx) => {
    if (!(await keepReceipt(tx, `notice:${dedupeKey}`, 'notice', null))) return;
    await publish(tx, 'notification/requested', { template: 'order-paid', orderId, dedupeKey });
    await recordAudit(tx, { actor, action: 'order.notice-requested', entity: 'order', entityId: orderId });
  });
}
