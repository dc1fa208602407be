import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { insertOrderPostings, insertRefundPostings } from '../repository';

/** Puts settled orders into the books, each once. The database refuses a posting that does not balance. Answers how many. */
export async function postOrderRevenue({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<{ posted: number }> {
  return inTransaction(async (tx) => {
    const posted = await insertOrderPostings(tx, orderIds);
    // What was given back before an order was settled waits for its place in the books.
    await insertRefundPostings(tx, posted);
    const action = 'revenue.posted';
    await recordAudits(
      tx,
      posted.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
    return { posted: posted.length };
  });
}
