import { notificationRequested } from '@/inngest/events/core/notifications';
import { effectKey } from '@/server/domain/effect-keys';
import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { claimEffects, effect } from '@/server/platform/effects';
import { publishAll } from '@/server/platform/outbox';

/** Requests once the notification of each patient about a paid order. */
export async function requestOrderNotifications({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<void> {
  await inTransaction(async (tx) => {
    const claimed = await claimEffects(tx, orderIds.map(effect.orderNotification));
    const due = [...new Set(orderIds)].filter((orderId) => claimed.has(effectKey.orderNotification(orderId)));
    if (due.length === 0) return;
    const template = 'order-paid' as const;
    await publishAll(
      tx,
      notificationRequested,
      due.map((orderId) => ({ template, orderId, dedupeKey: `order-paid:${orderId}` })),
    );
    const action = 'order.notice-requested';
    await recordAudits(
      tx,
      due.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
  });
}
