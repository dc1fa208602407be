import type { StaffActor } from '@/server/platform/actor';
import { db, sql } from '@/server/platform/db';
import { HELD_HOURS, type HeldSaleRow } from './schema';

/** What waits at the actor's branch, and what a till of it has on its screen; the newest first. */
export async function heldSales(actor: StaffActor): Promise<HeldSaleRow[]> {
  return db().$queryRaw<HeldSaleRow[]>(sql`
    SELECT h.id, h.name, p.full_name AS "patientName", ARRAY(SELECT e ->> 'code' FROM jsonb_array_elements(h.cart -> 'services') e) AS codes,
      c.total, c.currency, h.held_at AS "heldAt", u.name AS "heldByName", t.code AS "tillCode",
      CASE WHEN is_at_till(h) THEN jsonb_build_object('name', x.name, 'till', xt.code, 'self', x.id = ${actor.id}::uuid) END AS "takenBy"
    FROM held_sale h JOIN app_user u ON u.id = h.held_by LEFT JOIN patient p ON p.id = h.patient_id
    LEFT JOIN shift s ON s.id = h.held_shift_id LEFT JOIN till t ON t.id = s.till_id
    LEFT JOIN app_user x ON x.id = h.taken_by LEFT JOIN shift xs ON xs.id = h.taken_shift_id LEFT JOIN till xt ON xt.id = xs.till_id
    LEFT JOIN LATERAL (
      SELECT CASE WHEN bool_and(l.net IS NOT NULL) THEN sum(l.net)::bigint END AS total, min(l.currency) AS currency
      FROM price_cart(h.cart -> 'services', h.branch_id, (h.cart ->> 'customerId')::uuid, h.patient_id, business_day(now())) l
    ) c ON true
    WHERE h.branch_id = ${actor.branchId}::uuid AND h.state IN ('held', 'taken')
      AND (h.held_at > now() - ${HELD_HOURS} * interval '1 hour' OR is_at_till(h))
    ORDER BY h.held_at DESC, h.id DESC LIMIT 100`);
}
