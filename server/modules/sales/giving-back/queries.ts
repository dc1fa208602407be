import { branchScope } from '@/server/authorization/permissions';
import type { Actor, StaffActor } from '@/server/platform/actor';
import { db, emptySql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import type {
  GivingBack,
  GivingBackInput,
  GivingBackNote,
  LineLeft,
  OrderRefund,
  RefundKind,
  TenderLeft,
} from './schema';

type Head = Omit<GivingBack, 'lines' | 'tenders' | 'till' | 'forbidden' | 'noVoid' | 'notes'> & {
  voided: boolean;
  begun: 'day_over' | null;
  refunds: number;
  branchId: string;
  sealed: boolean;
};

async function headOf(actor: StaffActor, asked: GivingBackInput): Promise<Head> {
  const which = 'orderId' in asked ? sql`o.id = ${asked.orderId}::uuid` : sql`o.number = upper(${asked.number})`;
  const rows = await db().$queryRaw<Head[]>(sql`
    SELECT o.id AS "orderId", o.number, o.ordered_at AS "orderedAt", b.code AS "branchCode", o.branch_id AS "branchId",
      p.full_name AS "patientName", p.code AS "patientCode", o.currency, o.terms, o.net_total AS "netTotal", order_due(o) AS owed,
      g.refund_limit AS limit, o.created_by IS NOT DISTINCT FROM ${actor.id}::uuid AS "ownSale", o.state = 'voided' AS voided, begun_work(o) AS begun,
      (SELECT count(*)::int FROM refund r WHERE r.order_id = o.id) AS refunds,
      (SELECT coalesce(sum(l.given), 0)::bigint FROM order_line_left l WHERE l.order_id = o.id) AS given,
      (SELECT coalesce(-sum(l.net), 0)::bigint FROM refund r JOIN refund_line l ON l.refund_id = r.id
        WHERE r.order_id = o.id AND r.approval_id IS NULL) AS alone,
      EXISTS (SELECT FROM order_line l JOIN sealed_statement_line s ON s.order_line_id = l.id AND s.kind = 'sale' WHERE l.order_id = o.id) AS sealed
    FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id CROSS JOIN organisation g WHERE ${which}`);
  const head = rows[0];
  if (!head) throw notFound('order');
  return head;
}

const linesOf = (orderId: string): Promise<LineLeft[]> =>
  db().$queryRaw<LineLeft[]>(sql`
    SELECT l.position, s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", l.net, l.given, l.net_left AS left,
      l.net_left > 0 OR (l.net = 0 AND l.times = 0) AS open
    FROM order_line_left l JOIN service s ON s.id = l.service_id WHERE l.order_id = ${orderId}::uuid ORDER BY l.position`);

const tendersOf = (orderId: string): Promise<TenderLeft[]> =>
  db().$queryRaw<TenderLeft[]>(sql`
    SELECT t.method, t.taken, t.rounding, t.back, t.handed_back AS "handedBack", t.amount_left AS left
    FROM order_tender_left t WHERE t.order_id = ${orderId}::uuid ORDER BY t.method`);

async function tillOf(actor: StaffActor): Promise<GivingBack['till']> {
  const rows = await db().$queryRaw<{ code: string; name: string }[]>(sql`
    SELECT t.code, t.name FROM shift s JOIN till t ON t.id = s.till_id
    WHERE s.cashier_id = ${actor.id}::uuid AND s.state = 'open' AND t.branch_id = ${actor.branchId}::uuid`);
  return rows[0] ?? null;
}

function notesOf(actor: StaffActor, head: Head, till: GivingBack['till']): GivingBackNote[] {
  const notes: [GivingBackNote, boolean][] = [
    ['other_branch', head.branchId !== actor.branchId],
    ['no_shift', till === null && head.terms !== 'account'],
    ['statement_sealed', head.sealed],
    ['on_account', head.terms === 'account'],
    ['not_paid', head.owed > 0n],
  ];
  return notes.flatMap(([note, holds]) => (holds ? [note] : []));
}

/**
 * What of an order can be given back, in which way, and what forbids it. An order of any branch: whoever holds its receipt stands at this
 * counter. Throws `not_found`.
 */
export async function givingBackOf({
  actor,
  asked,
}: {
  actor: StaffActor;
  asked: GivingBackInput;
}): Promise<GivingBack> {
  const head = await headOf(actor, asked);
  const [lines, tenders, till] = await Promise.all([linesOf(head.orderId), tendersOf(head.orderId), tillOf(actor)]);
  const { voided, begun, refunds, branchId: _, sealed: __, ...shown } = head;
  return {
    ...shown,
    lines,
    tenders,
    till,
    forbidden: voided ? 'voided' : lines.some(({ open }) => open) ? null : 'nothing_left',
    noVoid: voided ? 'voided' : refunds > 0 ? 'refunded' : begun,
    notes: notesOf(actor, head, till),
  };
}

/** What was given back of an order that the actor may see, in its order. */
export async function refundsOf({ actor, orderId }: { actor: StaffActor; orderId: string }): Promise<OrderRefund[]> {
  const branch = branchScope(actor);
  return db()
    .$queryRaw<OrderRefund[]>(sql`
    SELECT r.id, r.kind, r.refunded_at AS at, r.reason, r.paid_back AS "paidBack", u.name AS "byName", m.name AS "approvedByName",
      b.code AS "branchCode", t.code AS "tillCode", l.total, l.lines
    FROM refund r JOIN orders o ON o.id = r.order_id LEFT JOIN app_user u ON u.id = r.requested_by LEFT JOIN app_user m ON m.id = r.approved_by
    LEFT JOIN branch b ON b.id = r.branch_id LEFT JOIN shift s ON s.id = r.shift_id LEFT JOIN till t ON t.id = s.till_id
    CROSS JOIN LATERAL (
      SELECT coalesce(-sum(l.net), 0)::bigint AS total,
        coalesce(jsonb_agg(jsonb_build_object('position', i.position, 'amount', -l.net) ORDER BY i.position), '[]') AS lines
      FROM refund_line l JOIN order_line i ON i.id = l.order_line_id WHERE l.refund_id = r.id
    ) l
    WHERE r.order_id = ${orderId}::uuid ${branch ? sql`AND (o.branch_id = ${branch}::uuid OR r.branch_id = ${branch}::uuid)` : emptySql}
    ORDER BY r.refunded_at, r.id`)
    .then((rows) => rows.map(withAmounts));
}

// JSON has numbers only; a line comes to no more than a trillion.
const withAmounts = (refund: OrderRefund): OrderRefund => ({
  ...refund,
  lines: refund.lines.map(({ position, amount }) => ({ position, amount: BigInt(amount) })),
});

export type RefundFacts = {
  refund: {
    id: string;
    kind: RefundKind;
    at: Date;
    reason: string;
    currency: string;
    onAccount: boolean;
    orderNumber: string;
    orderedAt: Date;
    branchNameVi: string;
    branchNameEn: string;
    byName: string | null;
    tillName: string | null;
    patientName: string;
    patientCode: string;
    dob: string;
    customerName: string | null;
    customerTaxCode: string | null;
    total: bigint;
    paidBack: bigint;
  };
  lines: { code: string; nameVi: string; nameEn: string; amount: bigint }[];
  payments: { method: 'cash' | 'card' | 'transfer'; amount: bigint; rounding: bigint; reference: string | null }[];
};

/** What the paper of a refund shows. A person sees those of the branch that sold and of the branch that gave back. Throws `not_found`. */
export async function refundFacts(actor: Actor, id: string): Promise<RefundFacts> {
  const branch = actor.kind === 'user' ? branchScope(actor) : null;
  const rows = await db().$queryRaw<RefundFacts['refund'][]>(sql`
    SELECT r.id, r.kind, r.refunded_at AS at, r.reason, o.currency, o.terms = 'account' AS "onAccount", o.number AS "orderNumber",
      o.ordered_at AS "orderedAt", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn", u.name AS "byName", t.name AS "tillName",
      p.full_name AS "patientName", p.code AS "patientCode", to_char(p.dob, 'YYYY-MM-DD') AS dob, c.name AS "customerName",
      c.tax_code AS "customerTaxCode", r.paid_back AS "paidBack",
      (SELECT coalesce(-sum(l.net), 0)::bigint FROM refund_line l WHERE l.refund_id = r.id) AS total
    FROM refund r JOIN orders o ON o.id = r.order_id JOIN branch b ON b.id = coalesce(r.branch_id, o.branch_id)
    JOIN patient p ON p.id = o.patient_id LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN app_user u ON u.id = r.requested_by
    LEFT JOIN shift s ON s.id = r.shift_id LEFT JOIN till t ON t.id = s.till_id
    WHERE r.id = ${id}::uuid ${branch ? sql`AND (o.branch_id = ${branch}::uuid OR r.branch_id = ${branch}::uuid)` : emptySql}`);
  const refund = rows[0];
  if (!refund) throw notFound('refund');
  const [lines, payments] = await Promise.all([
    db().$queryRaw<RefundFacts['lines']>(sql`
      SELECT s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", -l.net AS amount
      FROM refund_line l JOIN order_line i ON i.id = l.order_line_id JOIN service s ON s.id = i.service_id
      WHERE l.refund_id = ${id}::uuid ORDER BY i.position`),
    db().$queryRaw<RefundFacts['payments']>(sql`
      SELECT y.method, -y.amount AS amount, -y.rounding AS rounding, y.reference FROM payment y JOIN refund r ON r.id = y.refund_id AND r.order_id = y.order_id
      WHERE r.id = ${id}::uuid ORDER BY y.method`),
  ]);
  return { refund, lines, payments };
}

/** What of these refunds is not cancelled at the laboratory yet: the codes of services that are not to be done any longer. */
export async function cancellationsOf(
  refundIds: readonly string[],
): Promise<{ refundId: string; orderId: string; codes: string[] }[]> {
  return db().$queryRaw(sql`
    SELECT r.id AS "refundId", r.order_id AS "orderId", array_agg(c.code ORDER BY c.code) AS codes
    FROM refund r CROSS JOIN LATERAL cancelled_services(r.id) c
    WHERE r.id = ANY (${refundIds as string[]}::uuid[])
      AND NOT EXISTS (SELECT FROM effect_receipt e WHERE e.effect_key = 'lis-cancellation:' || r.id::text)
    GROUP BY r.id, r.order_id ORDER BY r.id`);
}
