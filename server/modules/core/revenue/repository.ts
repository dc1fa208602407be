import { sql, type Transaction } from '@/server/platform/db';
import { claimEffects, effect } from '@/server/platform/effects';

/**
 * Books settled orders, each once and double-entry: what was received (cash, card, transfer) and what is owed (receivable),
 * against revenue by category at list price, with the discounts and the rounding of cash between them. Answers the orders that were
 * booked now: none that is booked already or not settled.
 */
export async function insertOrderPostings(tx: Transaction, orderIds: readonly string[]): Promise<string[]> {
  const settled = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT o.id FROM orders o WHERE o.id = ANY (${orderIds as string[]}::uuid[]) AND o.settled_at IS NOT NULL`);
  const effects = settled.map(({ id }) => ({ id, ...effect.orderRevenue(id) }));
  const claimed = await claimEffects(tx, effects);
  const ids = effects.filter(({ key }) => claimed.has(key)).map(({ id }) => id);
  await tx.$executeRaw(sql`
    WITH booked AS MATERIALIZED (SELECT o.*, uuidv7() AS posting_id FROM orders o WHERE o.id = ANY (${ids}::uuid[])),
    paid AS (
      SELECT y.order_id, y.method, sum(y.amount) AS amount, sum(y.rounding) AS rounding
      FROM payment y JOIN booked b ON b.id = y.order_id WHERE y.refund_id IS NULL GROUP BY 1, 2
    ),
    entry AS (
      SELECT p.order_id, p.method AS account, p.amount + p.rounding AS amount FROM paid p
      UNION ALL
      SELECT p.order_id, 'rounding', -sum(p.rounding) FROM paid p GROUP BY 1
      UNION ALL
      SELECT b.id, 'receivable', b.net_total - coalesce((SELECT sum(p.amount) FROM paid p WHERE p.order_id = b.id), 0) FROM booked b
      UNION ALL
      SELECT l.order_id, 'discounts', sum(l.discount) FROM order_line l JOIN booked b ON b.id = l.order_id GROUP BY 1
      UNION ALL
      SELECT l.order_id, 'revenue:' || s.category, -sum(l.list_price) FROM order_line l JOIN booked b ON b.id = l.order_id
      JOIN service s ON s.id = l.service_id GROUP BY 1, s.category
    )
    INSERT INTO revenue_posting (posting_id, account, amount, currency, day, branch_id, order_id, effect_key)
    SELECT b.posting_id, e.account, e.amount, b.currency, business_day(b.settled_at), b.branch_id, b.id, 'revenue-order:' || b.id
    FROM entry e JOIN booked b ON b.id = e.order_id WHERE e.amount <> 0`);
  return ids;
}
