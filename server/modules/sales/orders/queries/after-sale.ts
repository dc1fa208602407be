import type { Recipients } from '@/server/modules/core/notifications/schema';
import { db, sql } from '@/server/platform/db';
import type { LisOrderRow } from '../schema';

/** Prepared orders as the laboratory needs them; those that hold nothing for it are left out, and those it has unless `sent`. */
export async function lisOrders(ids: readonly string[], { sent = false } = {}): Promise<LisOrderRow[]> {
  // The few orders first, by themselves: joined at once, a plan may walk through all orders of a busy patient instead.
  return db().$queryRaw<LisOrderRow[]>(sql`
    WITH wanted AS MATERIALIZED (
      SELECT o.* FROM orders o
      WHERE o.id = ANY (${ids as string[]}::uuid[]) AND o.accession IS NOT NULL
        AND (${sent} OR NOT EXISTS (SELECT FROM effect_receipt r WHERE r.effect_key = 'lis-order:' || o.id::text))
    )
    SELECT o.id AS "orderId", o.number, o.accession, o.ordered_at AS "orderedAt", b.code AS "branchCode",
      jsonb_build_object('code', p.code, 'fullName', p.full_name, 'dob', to_char(p.dob, 'YYYY-MM-DD'), 'sex', p.sex, 'phone', p.phone) AS patient,
      CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('code', d.code, 'name', d.name) END AS doctor, c.services
    FROM wanted o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id LEFT JOIN doctor d ON d.id = o.doctor_id
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('code', x.code, 'name', x.name_vi) ORDER BY x.code) AS services
      FROM order_components(o.id) x WHERE x.kind IN ('test', 'home-kit')
    ) c
    WHERE c.services IS NOT NULL
    ORDER BY o.id`);
}

export type OrderNotification = Recipients & {
  orderId: string;
  number: string;
  onAccount: boolean;
  /** What came in at the counter. */
  paid: bigint;
  currency: string;
  branchVi: string;
  branchEn: string;
};

/** The recipients of orders' notifications, by the order's id, without what was bought or what somebody else pays. */
export async function orderNotifications(orderIds: readonly string[]): Promise<Map<string, OrderNotification>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db().$queryRaw<OrderNotification[]>(sql`
    SELECT o.id AS "orderId", p.phone, p.email, o.number, o.terms = 'account' AS "onAccount", o.currency,
      (SELECT coalesce(sum(amount), 0)::bigint FROM payment WHERE order_id = o.id AND refund_id IS NULL) AS paid,
      b.name_vi AS "branchVi", b.name_en AS "branchEn"
    FROM orders o JOIN patient p ON p.id = o.patient_id JOIN branch b ON b.id = o.branch_id
    WHERE o.id = ANY (${orderIds as string[]}::uuid[])`);
  return new Map(rows.map((row) => [row.orderId, row]));
}
