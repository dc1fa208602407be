import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { insertOrderPostings, insertRefundPostings, soldAtTills } from '../repository';

/**
 * Takes what was given back of orders out of the books, each refund once, by new entries; an order of the till that is not in them yet comes
 * in first. What an upload brought is in no books, and neither is what was given back of it. Answers how many.
 */
export async function postRefundRevenue({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<{ posted: number }> {
  return inTransaction(async (tx) => {
    await insertOrderPostings(tx, await soldAtTills(tx, orderIds));
    const posted = await insertRefundPostings(tx, orderIds);
    await recordAudits(
      tx,
      posted.map(({ id, orderId }) => ({
        ...{ actor, action: 'revenue.reversed', entity: 'order', entityId: orderId },
        detail: { refundId: id },
      })),
    );
    return { posted: posted.length };
  });
}
