import { db, emptySql, sql } from '@/server/platform/db';
import type { BoxMessage, Language, Recipients } from './schema';

const columns = sql`id, at, channel, "to", subject, text`;

/** One row more than `limit` of the message box, newest first, older than the message `before`. `search` is part of an address. */
export async function boxPage({
  search,
  before,
  limit,
}: {
  search: string | null;
  before: string | null;
  limit: number;
}): Promise<BoxMessage[]> {
  // Ids carry their time (uuidv7), so they alone are the key of the page.
  const older = before ? sql`AND id < ${before}::uuid` : emptySql;
  const to = search ? sql`AND "to" ILIKE ${`%${search.replace(/[\\%_]/g, '\\$&')}%`}` : emptySql;
  return db().$queryRaw<BoxMessage[]>(sql`
    SELECT ${columns} FROM local_message WHERE true ${older} ${to} ORDER BY id DESC LIMIT ${limit + 1}`);
}

/** The newest messages of the box, all or those to one address exactly. */
export async function boxMessages(to: string | null, limit = 1000): Promise<BoxMessage[]> {
  const narrowed = to === null ? emptySql : sql`WHERE "to" = ${to}`;
  return db().$queryRaw<BoxMessage[]>(sql`
    SELECT ${columns} FROM local_message ${narrowed} ORDER BY id DESC LIMIT ${limit}`);
}

export type StatementNotice = Recipients & { linkId: string; doctor: string; language: Language; month: string };

/** Whom the publishing of a statement is said to; null where the link is unknown or has ended. */
export async function statementNotice(linkId: string): Promise<StatementNotice | null> {
  const rows = await db().$queryRaw<StatementNotice[]>(sql`
    SELECT l.id AS "linkId", d.name AS doctor, d.phone, d.email, d.language, p.month
    FROM statement_link l
      JOIN statement s ON s.id = l.statement_id
      JOIN statement_period p ON p.id = s.period_id
      JOIN doctor d ON d.id = s.doctor_id
    WHERE l.id = ${linkId}::uuid AND l.revoked_at IS NULL AND l.expires_at > now()`);
  return rows[0] ?? null;
}

export type OrderNotice = Recipients & {
  orderId: string;
  number: string;
  onAccount: boolean;
  /** What came in at the counter. */
  paid: bigint;
  currency: string;
  branchVi: string;
  branchEn: string;
};

/** Whom orders are said to, by the order's id, without a word of what was bought or of what somebody else pays. */
export async function orderNotices(orderIds: readonly string[]): Promise<Map<string, OrderNotice>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db().$queryRaw<OrderNotice[]>(sql`
    SELECT o.id AS "orderId", p.phone, p.email, o.number, o.terms = 'account' AS "onAccount", o.currency,
      (SELECT coalesce(sum(amount), 0)::bigint FROM payment WHERE order_id = o.id AND refund_id IS NULL) AS paid,
      b.name_vi AS "branchVi", b.name_en AS "branchEn"
    FROM orders o JOIN patient p ON p.id = o.patient_id JOIN branch b ON b.id = o.branch_id
    WHERE o.id = ANY (${orderIds as string[]}::uuid[])`);
  return new Map(rows.map((row) => [row.orderId, row]));
}

type MessageState = 'queued' | 'sent' | 'failed';
type FoundMessage = { id: string; state: MessageState; claimSeconds: number };

/** Messages by their keys; `claimSeconds` is how long a sender still has one, 0 where none does. */
export async function findMessages(dedupeKeys: readonly string[]): Promise<Map<string, FoundMessage>> {
  const rows = await db().$queryRaw<(FoundMessage & { key: string })[]>(sql`
    SELECT id, dedupe_key AS key, state,
      ceil(greatest(0, coalesce(extract(epoch FROM claimed_until - now()), 0)))::int AS "claimSeconds"
    FROM message WHERE dedupe_key = ANY (${dedupeKeys as string[]})`);
  return new Map(rows.map(({ key, ...message }) => [key, message]));
}
