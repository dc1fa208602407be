import { sql, type Transaction } from '@/server/platform/db';

/**
 * Books a settled order once, double-entry: what was received (cash, card, transfer) and what is owed (receivable), against
 * revenue by category at list price, with the discounts and the rounding of cash between them. False where it is booked already. Throws nothing for an
 * order that is not settled: it books nothing.
 */
export async function insertOrderPosting(tx: Transaction, orderId: string): Promise<boolean> {
  const effectKey = `revenue-order:${orderId}`;
  const claimed = await tx.$executeRaw(sql`
    INSERT INTO effect_receipt (effect_key, kind, ref)
    SELECT ${effectKey}, 'revenue', o.id::text FROM orders o WHERE o.id = ${orderId}::uuid AND o.settled_at IS NOT NULL
    ON CONFLICT DO NOTHING`);
  if (claimed === 0) return false;
  await tx.$executeRaw(sql`
    WITH entry AS (
      SELECT y.method AS account, sum(y.amount + y.rounding) AS amount FROM payment y WHERE y.order_id = ${orderId}::uuid AND y.refund_id IS NULL GROUP BY 1
      UNION ALL
      SELECT 'rounding', -sum(y.rounding) FROM payment y WHERE y.order_id = ${orderId}::uuid AND y.refund_id IS NULL
      UNION ALL
      SELECT 'receivable', o.net_total - coalesce((SELECT sum(y.amount) FROM payment y WHERE y.order_id = o.id AND y.refund_id IS NULL), 0)
      FROM orders o WHERE o.id = ${orderId}::uuid
      UNION ALL
      SELECT 'discounts', sum(l.discount) FROM order_line l WHERE l.order_id = ${orderId}::uuid
      UNION ALL
      SELECT 'revenue:' || s.category, -sum(l.list_price) FROM order_line l JOIN service s ON s.id = l.service_id
      WHERE l.order_id = ${orderId}::uuid GROUP BY s.category
    ), posting AS (SELECT uuidv7() AS id)
    INSERT INTO revenue_posting (posting_id, account, amount, currency, day, branch_id, order_id, effect_key)
    SELECT posting.id, e.account, e.amount, o.currency, business_day(o.settled_at), o.branch_id, o.id, ${effectKey}
    FROM entry e CROSS JOIN posting JOIN orders o ON o.id = ${orderId}::uuid WHERE e.amount <> 0`);
  return true;
}
