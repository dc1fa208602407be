import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';

/** Leaves word on an order that its background work was given up, so that it shows where the order is looked at. */
export async function reportUnprepared({
  actor,
  orderId,
  failure,
}: {
  actor: Actor;
  orderId: string;
  failure: string;
}): Promise<void> {
  await inTransaction((tx) =>
    recordAudit(tx, { actor, action: 'order.work-failed', entity: 'order', entityId: orderId, detail: { failure } }),
  );
}
