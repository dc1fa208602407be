import { branchScope } from '@/server/authorization/permissions';
import type { Actor, StaffActor } from '@/server/platform/actor';
import { db, emptySql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { type OrderHead, type OrderLine, orderHead, orderLines } from './orders';

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
