import { db, sql, type Transaction } from '@/server/platform/db';
import type { Channel, Language, Recipients } from './schema';

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

/** Whom an order is said to, without a word of what was bought or of what somebody else pays; null where it is unknown. */
export async function orderNotice(orderId: string): Promise<OrderNotice | null> {
  const rows = await db().$queryRaw<OrderNotice[]>(sql`
    SELECT o.id AS "orderId", p.phone, p.email, o.number, o.terms = 'account' AS "onAccount", o.currency,
      (SELECT coalesce(sum(amount), 0)::bigint FROM payment WHERE order_id = o.id AND refund_id IS NULL) AS paid,
      b.name_vi AS "branchVi", b.name_en AS "branchEn"
    FROM orders o JOIN patient p ON p.id = o.patient_id JOIN branch b ON b.id = o.branch_id
    WHERE o.id = ${orderId}::uuid`);
  return rows[0] ?? null;
}

export type MessageState = 'queued' | 'sent' | 'failed';

/** Writes a message once by its key; the row that is there already stays as it is. */
export async function addMessage(
  tx: Transaction,
  message: {
    dedupeKey: string;
    template: string;
    language: Language;
    channel: Channel;
    recipient: string;
    params: object;
  },
): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO message (dedupe_key, template, language, channel, recipient, params)
    VALUES (${message.dedupeKey}, ${message.template}, ${message.language}, ${message.channel}, ${message.recipient},
      ${JSON.stringify(message.params)}::jsonb)
    ON CONFLICT (dedupe_key) DO NOTHING`);
}

/** Takes a message for sending for a while; null where it was sent or another sender has it. */
export async function claimMessage(
  tx: Transaction,
  dedupeKey: string,
  seconds: number,
): Promise<{ id: string } | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    UPDATE message SET attempts = attempts + 1, state = 'queued', claimed_until = now() + make_interval(secs => ${seconds}::int)
    WHERE dedupe_key = ${dedupeKey} AND state <> 'sent' AND (claimed_until IS NULL OR claimed_until < now())
    RETURNING id`);
  return rows[0] ?? null;
}

type FoundMessage = { id: string; state: MessageState; claimSeconds: number };

/** A message by its key; `claimSeconds` is how long a sender still has it, 0 where none does. */
export async function findMessage(dedupeKey: string): Promise<FoundMessage | null> {
  const rows = await db().$queryRaw<FoundMessage[]>(sql`
    SELECT id, state, ceil(greatest(0, coalesce(extract(epoch FROM claimed_until - now()), 0)))::int AS "claimSeconds"
    FROM message WHERE dedupe_key = ${dedupeKey}`);
  return rows[0] ?? null;
}

export type ForsakenMessage = {
  id: string;
  template: 'statement-published' | 'order-paid';
  dedupeKey: string;
  params: { linkId?: string; orderId?: string };
};

/** Frees messages whose sender's claim ran out `seconds` ago and more without a word; several processes take different ones. */
export async function freeForsaken(tx: Transaction, seconds: number, limit: number): Promise<ForsakenMessage[]> {
  return tx.$queryRaw<ForsakenMessage[]>(sql`
    UPDATE message SET claimed_until = NULL
    WHERE id IN (
      SELECT id FROM message WHERE state = 'queued' AND claimed_until < now() - make_interval(secs => ${seconds}::int)
      ORDER BY claimed_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, template, dedupe_key AS "dedupeKey", params`);
}

export async function markSent(
  tx: Transaction,
  id: string,
  sent: { channel: Channel; to: string; ref: string },
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE message SET state = 'sent', sent_at = now(), claimed_until = NULL, failure = NULL,
      channel = ${sent.channel}, recipient = ${sent.to}, provider_ref = ${sent.ref}
    WHERE id = ${id}::uuid`);
}

/** Notes why a message was not sent; `final` when nobody will try again. */
export async function markFailed(tx: Transaction, id: string, failure: string, final: boolean): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE message SET state = CASE WHEN ${final}::boolean THEN 'failed' ELSE state END, claimed_until = NULL,
      failure = ${failure.slice(0, 100)}
    WHERE id = ${id}::uuid AND state <> 'sent'`);
}
