import { branchScope } from '@/server/authorization/permissions';
import type { Actor, StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import type { Page, Sort } from '@/server/platform/paging';
import { everythingFitting } from '@/server/platform/search';
import {
  type ORDER_SORTS,
  type OrderDetail,
  type OrderFilter,
  type OrderRow,
  type OrderTotals,
  type PriceReason,
  TODAYS_ORDERS,
  type TodaysOrder,
} from '../schema';

const OWED = sql`o.state <> 'voided' AND o.terms <> 'account' AND o.settled_at IS NULL`;

/** What is owed is filtered whether something of it came in or not. */
const STATES: Record<NonNullable<OrderFilter['state']>, Sql> = {
  voided: sql`o.state = 'voided'`,
  account: sql`o.state <> 'voided' AND o.terms = 'account'`,
  unpaid: OWED,
  'part-paid': sql`${OWED} AND EXISTS (SELECT FROM payment y WHERE y.order_id = o.id)`,
  paid: sql`o.state <> 'voided' AND o.terms <> 'account' AND o.settled_at IS NOT NULL`,
};

// By the order's numbers and by its patient; where very many patients fit, their orders are met soon on the way through all.
async function found(search: string): Promise<Sql> {
  const text = search.trim();
  const number = `${text.toUpperCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const patients = await everythingFitting('patient', text);
  if ('query' in patients)
    return sql`(o.number LIKE ${number} OR EXISTS (SELECT FROM patient p WHERE p.id = o.patient_id AND p.search_words @@ ${patients.query}::tsquery))`;
  return sql`o.id IN (
    SELECT id FROM orders WHERE number LIKE ${number} UNION SELECT id FROM orders WHERE external_ref = ${text} OR accession = upper(${text})
    UNION SELECT id FROM orders WHERE patient_id = ANY (${patients.ids}::uuid[]))`;
}

async function conditionsOf(actor: StaffActor, filter: OrderFilter): Promise<Sql> {
  const branch = branchScope(actor);
  const zone = sql`coalesce((SELECT time_zone FROM organisation WHERE id = 1), 'Asia/Ho_Chi_Minh')`;
  return joinSql(
    [
      branch ? sql`o.branch_id = ${branch}::uuid` : sql`true`,
      ...(filter.from ? [sql`o.ordered_at >= ${filter.from}::date::timestamp AT TIME ZONE ${zone}`] : []),
      ...(filter.to ? [sql`o.ordered_at < (${filter.to}::date + 1)::timestamp AT TIME ZONE ${zone}`] : []),
      ...(filter.branch ? [sql`o.branch_id = (SELECT id FROM branch WHERE code = ${filter.branch})`] : []),
      ...(filter.source ? [sql`o.source = ${filter.source}`] : []),
      ...(filter.state ? [STATES[filter.state]] : []),
      ...(filter.search ? [await found(filter.search)] : []),
    ],
    ' AND ',
  );
}

type OrderSort = (typeof ORDER_SORTS)[number];
type ListInput = OrderFilter & {
  sort?: Sort<OrderSort> | undefined;
  cursor?: string | null | undefined;
  only?: readonly string[] | undefined;
  limit: number;
};

const ORDERINGS: Record<OrderSort, Ordering> = {
  orderedAt: { by: sql`o.ordered_at`, kind: 'instant' },
  number: { by: sql`o.number`, kind: 'code' },
  net: { by: sql`o.net_total`, kind: 'amount' },
};

/** Orders that the actor may see, page by page; the newest first unless sorted otherwise. */
export async function listOrders({ actor, ...input }: ListInput & { actor: StaffActor }): Promise<Page<OrderRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`o.id`, kind: 'id' },
    { sort: input.sort ?? '-orderedAt', cursor: input.cursor, only: input.only },
  );
  const rows = await db().$queryRaw<(OrderRow & { sortValue: string })[]>(sql`
    SELECT o.id, o.number, o.ordered_at AS "orderedAt", ${value}, b.code AS "branchCode", p.full_name AS "patientName",
      p.code AS "patientCode", c.name AS "customerName", d.name AS "doctorName", o.tier, o.source, o.shown AS state,
      (SELECT count(*)::int FROM order_line l WHERE l.order_id = o.id) AS "lineCount", o.net_total AS "netTotal", o.due, o.currency
    FROM (
      SELECT o.*, order_state(o) AS shown, order_due(o) AS due FROM orders o WHERE ${joinSql([await conditionsOf(actor, input), ...after], ' AND ')}
      ORDER BY ${order} LIMIT ${input.limit + 1}
    ) o
    JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id
    LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN doctor d ON d.id = o.doctor_id
    ORDER BY ${order}`);
  return toPage(rows, input.limit, (row) => row.id);
}

/** The sums of what is filtered; voided orders are counted and bring no money. One row a currency. */
export async function orderTotals({ actor, ...filter }: OrderFilter & { actor: StaffActor }): Promise<OrderTotals[]> {
  return db().$queryRaw<OrderTotals[]>(sql`
    SELECT count(*)::int AS orders, o.currency,
      coalesce(sum(o.list_total) FILTER (WHERE o.state <> 'voided'), 0)::bigint AS list,
      coalesce(sum(o.discount_total) FILTER (WHERE o.state <> 'voided'), 0)::bigint AS discount,
      coalesce(sum(o.net_total) FILTER (WHERE o.state <> 'voided'), 0)::bigint AS net,
      coalesce(sum(CASE WHEN ${OWED} THEN order_due(o) END), 0)::bigint AS due
    FROM orders o WHERE ${await conditionsOf(actor, filter)} GROUP BY o.currency ORDER BY o.currency`);
}

/** Today's orders of the actor's branch that are to be done, the newest, with what is to be done. */
export async function todaysOrders(actor: StaffActor): Promise<TodaysOrder[]> {
  return db().$queryRaw<TodaysOrder[]>(sql`
    SELECT o.id, o.number, o.ordered_at AS "orderedAt", p.id AS "patientId", p.full_name AS "patientName", p.code AS "patientCode",
      to_char(p.dob, 'YYYY-MM-DD') AS dob, p.sex, o.note,
      (SELECT json_agg(json_build_object('code', s.code, 'nameVi', s.name_vi, 'nameEn', s.name_en, 'category', s.category)
         ORDER BY l.position) FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id) AS services
    FROM orders o JOIN patient p ON p.id = o.patient_id
    WHERE o.branch_id = ${branchScope(actor)}::uuid AND o.ordered_at >= (SELECT today FROM business_today) AND o.state <> 'voided'
    ORDER BY o.ordered_at DESC, o.id DESC LIMIT ${TODAYS_ORDERS}`);
}

/** Branches that the actor may filter by. */
export async function branchesToFilter(actor: StaffActor): Promise<{ code: string; nameVi: string; nameEn: string }[]> {
  const branch = branchScope(actor);
  return db().$queryRaw(sql`SELECT code, name_vi AS "nameVi", name_en AS "nameEn" FROM branch
    ${branch ? sql`WHERE id = ${branch}::uuid` : emptySql} ORDER BY code`);
}

type OrderHead = Omit<OrderDetail, 'lines' | 'payments' | 'labels' | 'documents' | 'events' | 'patient'> & {
  patientId: string;
  dob: string;
  sex: 'female' | 'male';
  phone: string;
};

/** What is shown at the head of an order that the actor may see. Throws `not_found`. */
async function orderHead(actor: StaffActor, id: string): Promise<OrderHead> {
  const branch = branchScope(actor);
  const rows = await db().$queryRaw<OrderHead[]>(sql`
    SELECT o.id, o.number, o.accession, o.external_ref AS "externalRef", o.upload_id AS "uploadId", o.ordered_at AS "orderedAt",
      o.settled_at AS "settledAt", o.terms, o.source, o.tier, order_state(o) AS state, order_due(o) AS due, o.note, o.currency,
      o.list_total AS "listTotal", o.discount_total AS "discountTotal", o.net_total AS "netTotal",
      (SELECT count(*)::int FROM order_line l WHERE l.order_id = o.id) AS "lineCount",
      b.code AS "branchCode", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn",
      p.id AS "patientId", p.code AS "patientCode", p.full_name AS "patientName", to_char(p.dob, 'YYYY-MM-DD') AS dob, p.sex, p.phone,
      c.name AS "customerName", d.name AS "doctorName", u.name AS cashier, t.name AS till
    FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id
    LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN doctor d ON d.id = o.doctor_id
    LEFT JOIN app_user u ON u.id = o.created_by LEFT JOIN shift s ON s.id = o.shift_id LEFT JOIN till t ON t.id = s.till_id
    WHERE o.id = ${id}::uuid ${branch ? sql`AND o.branch_id = ${branch}::uuid` : emptySql}`);
  const head = rows[0];
  if (!head) throw notFound('order');
  return head;
}

type OrderLine = Omit<OrderDetail['lines'][number], 'reason'> & PriceReason;

function orderLines(id: string): Promise<OrderLine[]> {
  return db().$queryRaw<OrderLine[]>(sql`
    SELECT l.position::int, s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", s.kind, s.category, l.list_price AS "listPrice",
      trim_scale(l.discount_percent)::text AS "discountPercent", l.discount, l.net,
      EXISTS (SELECT FROM refund_line r WHERE r.order_line_id = l.id) AS refunded, (SELECT coalesce(-sum(r.net), 0)::bigint FROM refund_line r WHERE r.order_line_id = l.id) AS "givenBack",
      c.code AS "rateCard", c.scope, to_char(v.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(v.valid_to, 'YYYY-MM-DD') AS "validTo"
    FROM order_line l JOIN service s ON s.id = l.service_id JOIN rate_card_item i ON i.id = l.rate_card_item_id
    JOIN rate_card_version v ON v.id = i.version_id JOIN rate_card c ON c.id = v.rate_card_id
    WHERE l.order_id = ${id}::uuid ORDER BY l.position`);
}

/** One order with everything that hangs on it. Another branch's order is not found for who is bound to one. */
export async function orderDetail({ actor, id }: { actor: StaffActor; id: string }): Promise<OrderDetail> {
  const { patientId, dob, sex, phone, ...head } = await orderHead(actor, id);
  const [lines, payments, labels, documents, events] = await Promise.all([
    orderLines(id),
    db().$queryRaw<OrderDetail['payments']>(sql`
      SELECT id, method, amount, tendered, tendered - amount - rounding AS change, reference, paid_at AS "paidAt", refund_id IS NOT NULL AS refund
      FROM payment WHERE order_id = ${id}::uuid ORDER BY paid_at, id`),
    db().$queryRaw<OrderDetail['labels']>(sql`
      SELECT barcode, category FROM specimen_label WHERE order_id = ${id}::uuid ORDER BY position`),
    db().$queryRaw<OrderDetail['documents']>(sql`
      SELECT id, kind, language, version, created_at AS "createdAt" FROM document
      WHERE owner_id = ${id}::uuid AND kind = 'receipt' ORDER BY created_at DESC, id DESC`),
    db().$queryRaw<OrderDetail['events']>(sql`
      SELECT e.at, e.action, e.actor_kind AS "actorKind", u.name AS "actorName"
      FROM audit_entry e LEFT JOIN app_user u ON e.actor_kind = 'user' AND u.id::text = e.actor_id
      WHERE e.entity = 'order' AND e.entity_id = ${id} AND e.action <> 'order.read' ORDER BY e.at, e.id`),
  ]);
  return {
    ...head,
    patient: { id: patientId, dob, sex, phone },
    lines: lines.map(({ rateCard, scope, validFrom, validTo, ...line }) => ({
      ...line,
      reason: { rateCard, scope, validFrom, validTo },
    })),
    payments,
    labels,
    documents,
    events,
  };
}

/** The newest receipt of an order that the actor may see, or null while it is being made. Throws `not_found`. */
export async function newestReceipt(of: {
  actor: StaffActor;
  orderId: string;
  language: 'vi' | 'en';
}): Promise<string | null> {
  await orderHead(of.actor, of.orderId);
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM document WHERE kind = 'receipt' AND owner_id = ${of.orderId}::uuid AND language = ${of.language}
    ORDER BY version DESC LIMIT 1`);
  return rows[0]?.id ?? null;
}

type ReceiptOrder = Pick<
  OrderHead,
  | 'number'
  | 'orderedAt'
  | 'settledAt'
  | 'terms'
  | 'currency'
  | 'listTotal'
  | 'discountTotal'
  | 'netTotal'
  | 'patientName'
  | 'patientCode'
> &
  Pick<OrderHead, 'dob' | 'customerName' | 'doctorName' | 'branchNameVi' | 'branchNameEn' | 'cashier' | 'till'> & {
    customerTaxCode: string | null;
  };

export type ReceiptFacts = {
  order: ReceiptOrder;
  lines: OrderLine[];
  payments: {
    method: 'cash' | 'card' | 'transfer';
    amount: bigint;
    rounding: bigint;
    tendered: bigint | null;
    reference: string | null;
    paidAt: Date;
  }[];
};

/**
 * What a receipt shows. Background work sees every order; a person those of the branches they see, and those for which such a branch took
 * money: who pays gets the paper. Throws `not_found`.
 */
export async function receiptFacts(actor: Actor, id: string): Promise<ReceiptFacts> {
  const branch = actor.kind === 'user' ? branchScope(actor) : null;
  const rows = await db().$queryRaw<ReceiptOrder[]>(sql`
    SELECT o.number, o.ordered_at AS "orderedAt", o.settled_at AS "settledAt", o.terms, o.currency, o.list_total AS "listTotal",
      o.discount_total AS "discountTotal", o.net_total AS "netTotal", p.full_name AS "patientName", p.code AS "patientCode",
      to_char(p.dob, 'YYYY-MM-DD') AS dob, c.name AS "customerName", c.tax_code AS "customerTaxCode", d.name AS "doctorName",
      b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn", u.name AS cashier, t.name AS till
    FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id
    LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN doctor d ON d.id = o.doctor_id
    LEFT JOIN app_user u ON u.id = o.created_by LEFT JOIN shift s ON s.id = o.shift_id LEFT JOIN till t ON t.id = s.till_id
    WHERE o.id = ${id}::uuid ${branch ? sql`AND (o.branch_id = ${branch}::uuid OR ${branch}::uuid = ANY (branches_paid(o.id)))` : emptySql}`);
  const order = rows[0];
  if (!order) throw notFound('order');
  const payments = await db().$queryRaw<ReceiptFacts['payments']>(sql`
    SELECT method, amount, rounding, tendered, reference, paid_at AS "paidAt" FROM payment WHERE order_id = ${id}::uuid AND refund_id IS NULL ORDER BY paid_at, id`);
  return { order, lines: await orderLines(id), payments };
}
