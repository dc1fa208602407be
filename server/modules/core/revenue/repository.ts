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

/** Those of the orders that were sold at a till. */
export async function soldAtTills(tx: Transaction, orderIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT o.id FROM orders o WHERE o.id = ANY (${orderIds as string[]}::uuid[]) AND o.source = 'pos' ORDER BY o.id`);
  return rows.map(({ id }) => id);
}

/**
 * Books what was given back of orders that are booked, each refund once: the sale the other way round, by the same accounts. A part of a
 * line takes back its part of list price and discount, all parts together the whole. What was not paid comes off what is owed. Money stands
 * in the branch that paid it, revenue in the one that sold. Answers the refunds that were booked now.
 */
export async function insertRefundPostings(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<{ id: string; orderId: string }[]> {
  const found = await tx.$queryRaw<{ id: string; orderId: string }[]>(sql`
    SELECT r.id, r.order_id AS "orderId" FROM refund r
    WHERE r.order_id = ANY (${orderIds as string[]}::uuid[])
      AND EXISTS (SELECT FROM revenue_posting p WHERE p.effect_key = 'revenue-order:' || r.order_id)`);
  const effects = found.map((refund) => ({ refund, ...effect.refundRevenue(refund.id) }));
  const claimed = await claimEffects(tx, effects);
  const now = effects.filter(({ key }) => claimed.has(key)).map(({ refund }) => refund);
  await tx.$executeRaw(sql`
    WITH booked AS MATERIALIZED (
      SELECT r.id, r.order_id, r.paid_back, r.refunded_at, coalesce(r.branch_id, o.branch_id) AS paid_in, o.branch_id AS sold_in, o.currency,
        uuidv7() AS posting_id
      FROM refund r JOIN orders o ON o.id = r.order_id WHERE r.id = ANY (${now.map(({ id }) => id)}::uuid[])
    ), part AS (
      SELECT b.id AS refund_id, s.category, -l.net AS net,
        part_given_back(i.list_price, i.net, coalesce((SELECT -sum(e.net) FROM refund_line e WHERE e.order_line_id = i.id AND e.id < l.id), 0)::bigint, -l.net) AS list
      FROM booked b JOIN refund_line l ON l.refund_id = b.id JOIN order_line i ON i.id = l.order_line_id JOIN service s ON s.id = i.service_id
    ), money AS (
      SELECT y.refund_id, y.method, sum(y.amount) AS amount, sum(y.rounding) AS rounding
      FROM payment y JOIN booked b ON b.order_id = y.order_id AND b.id = y.refund_id GROUP BY 1, 2
    ), entry AS (
      SELECT m.refund_id, m.method AS account, m.amount + m.rounding AS amount, true AS paid FROM money m
      UNION ALL
      SELECT m.refund_id, 'rounding', -sum(m.rounding), true FROM money m GROUP BY 1
      UNION ALL
      SELECT b.id, 'receivable', b.paid_back - (SELECT sum(p.net) FROM part p WHERE p.refund_id = b.id), false FROM booked b
      UNION ALL
      SELECT p.refund_id, 'discounts', -sum(p.list - p.net), false FROM part p GROUP BY 1
      UNION ALL
      SELECT p.refund_id, 'revenue:' || p.category, sum(p.list), false FROM part p GROUP BY 1, p.category
    )
    INSERT INTO revenue_posting (posting_id, account, amount, currency, day, branch_id, order_id, effect_key)
    SELECT b.posting_id, e.account, e.amount, b.currency, business_day(b.refunded_at), CASE WHEN e.paid THEN b.paid_in ELSE b.sold_in END, b.order_id,
      'revenue-refund:' || b.id
    FROM entry e JOIN booked b ON b.id = e.refund_id WHERE e.amount <> 0`);
  return now;
}
