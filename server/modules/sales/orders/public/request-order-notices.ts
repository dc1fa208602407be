import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publishAll } from '@/server/platform/outbox';
import { keepNoticeReceipts } from '../repository';

/** Asks once for the notice that tells each patient of a paid order. */
export async function requestOrderNotices({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<void> {
  await inTransaction(async (tx) => {
    const due = await keepNoticeReceipts(tx, orderIds);
    if (due.length === 0) return;
    const template = 'order-paid' as const;
    await publishAll(
      tx,
      'notification/requested',
      due.map((orderId) => ({ template, orderId, dedupeKey: `order-paid:${orderId}` })),
    );
    const action = 'order.notice-requested';
    await recordAudits(
      tx,
      due.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
  });
}
