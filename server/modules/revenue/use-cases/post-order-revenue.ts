import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { insertOrderPosting } from '../repository';

/** Puts a settled order into the books, once. The database refuses a posting that does not balance. */
export async function postOrderRevenue({
  actor,
  orderId,
}: {
  actor: Actor;
  orderId: string;
}): Promise<{ posted: boolean }> {
  return inTransaction(async (tx) => {
    const posted = await insertOrderPosting(tx, orderId);
    if (posted) await recordAudit(tx, { actor, action: 'revenue.posted', entity: 'order', entityId: orderId });
    return { posted };
  });
}
