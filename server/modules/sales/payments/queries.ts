import type { StaffActor } from '@/server/platform/actor';
import { db, joinSql, type Sql, sql } from '@/server/platform/db';
import { likeliest } from '@/server/platform/search';
import { type NotOwed, OWED_SHOWN, type Owed, type OwedInput, type OwedOrder } from './schema';

const OWES = sql`o.state <> 'voided' AND o.terms <> 'account' AND o.settled_at IS NULL`;

/** What is printed for an order: its number, its accession, a label's barcode; or the reference of whoever sent it. */
const named = (code: string) => sql`o.id IN (
  SELECT id FROM orders WHERE number = upper(${code}) UNION SELECT id FROM orders WHERE external_ref = ${code} OR accession = upper(${code})
  UNION SELECT order_id FROM specimen_label WHERE barcode = upper(${code}))`;

const read = (conditions: readonly Sql[]) =>
  db().$queryRaw<OwedOrder[]>(sql`
    SELECT o.id, o.number, o.ordered_at AS "orderedAt", o.branch_id AS "branchId", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn",
      p.id AS "patientId", p.full_name AS "patientName", p.code AS "patientCode", to_char(p.dob, 'YYYY-MM-DD') AS dob, o.currency,
      o.net_total AS "netTotal", o.net_total - o.due AS paid, o.due, coalesce(y.payments, '[]') AS payments
    FROM (
      SELECT o.*, order_due(o) AS due FROM orders o WHERE ${joinSql([...conditions, OWES], ' AND ')}
      ORDER BY o.ordered_at DESC, o.id DESC LIMIT ${OWED_SHOWN}
    ) o
    JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', y.id, 'method', y.method, 'amount', y.amount::text, 'paidAt', y.paid_at) ORDER BY y.paid_at, y.id) AS payments
      FROM payment y WHERE y.order_id = o.id
    ) y ON true
    ORDER BY o.ordered_at DESC, o.id DESC`);

async function conditionsOf(actor: StaffActor, { orderId, patientId, code, search }: OwedInput): Promise<Sql[]> {
  if (orderId) return [sql`o.id = ${orderId}::uuid`];
  if (patientId) return [sql`o.patient_id = ${patientId}::uuid`];
  if (code) return [named(code)];
  if (!search) return [sql`o.branch_id = ${actor.branchId}::uuid`];
  const patients = await likeliest('patient', search, OWED_SHOWN);
  return [sql`(${named(search)} OR o.patient_id = ANY (${patients}::uuid[]))`];
}

/** What became of the order of just this code, where nothing is owed of it. */
async function notOwed(actor: StaffActor, code: string): Promise<NotOwed | null> {
  const rows = await db().$queryRaw<NotOwed[]>(sql`
    SELECT o.id, o.number, order_state(o) AS state, o.branch_id = ${actor.branchId}::uuid AS own FROM orders o
    WHERE ${named(code)} AND NOT (${OWES}) LIMIT 1`);
  return rows[0] ?? null;
}

/** Orders of which something is owed, the newest first, as they are asked for; and what an order is that was named and owes nothing. */
export async function owedOrders(actor: StaffActor, asked: OwedInput): Promise<Owed> {
  const rows = await read(await conditionsOf(actor, asked));
  const orders = rows.map((row) => ({
    ...row,
    payments: row.payments.map((one) => ({ ...one, amount: BigInt(one.amount), paidAt: new Date(one.paidAt) })),
  }));
  const code = asked.code ?? asked.search;
  return { orders, notOwed: code && orders.length === 0 ? await notOwed(actor, code) : null };
}
