import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';

/** Records on an order that its background work failed, so that its page shows it. */
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
