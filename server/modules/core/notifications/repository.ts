import { sql, type Transaction } from '@/server/platform/db';
import type { Channel, Language, TextRequest } from './schema';

/** Writes messages once by their keys; rows that are there already stay as they are. */
export async function addMessages(
  tx: Transaction,
  messages: readonly {
    dedupeKey: string;
    template: string;
    language: Language;
    channel: Channel;
    recipient: string;
    params: object;
  }[],
): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO message (dedupe_key, template, language, channel, recipient, params)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
      AS m ("dedupeKey" text, template text, language text, channel text, recipient text, params jsonb)
    ORDER BY 1
    ON CONFLICT (dedupe_key) DO NOTHING`);
}

/** Takes messages for sending for a while; ids by key, without those that were sent or that another sender has. */
export async function claimMessages(
  tx: Transaction,
  dedupeKeys: readonly string[],
  seconds: number,
): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; key: string }[]>(sql`
    UPDATE message SET attempts = attempts + 1, state = 'queued', claimed_until = now() + make_interval(secs => ${seconds}::int)
    WHERE id IN (
      SELECT id FROM message
      WHERE dedupe_key = ANY (${dedupeKeys as string[]}) AND state <> 'sent' AND (claimed_until IS NULL OR claimed_until < now())
      ORDER BY id FOR UPDATE)
    RETURNING id, dedupe_key AS key`);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** `template` names the text that was chosen, not the request that asked for it. */
export type AbandonedMessage = {
  id: string;
  template: Exclude<TextRequest['template'], 'otp'>;
  dedupeKey: string;
  params: { linkId?: string; orderId?: string };
};

/** Frees messages whose sender's claim ran out `seconds` ago and more without a word; several processes take different ones. */
export async function releaseAbandoned(tx: Transaction, seconds: number, limit: number): Promise<AbandonedMessage[]> {
  return tx.$queryRaw<AbandonedMessage[]>(sql`
    UPDATE message SET claimed_until = NULL
    WHERE id IN (
      SELECT id FROM message WHERE state = 'queued' AND claimed_until < now() - make_interval(secs => ${seconds}::int)
      ORDER BY claimed_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, template, dedupe_key AS "dedupeKey", params`);
}

export async function markSent(
  tx: Transaction,
  sent: readonly { id: string; channel: Channel; to: string; ref: string }[],
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE message m SET state = 'sent', sent_at = now(), claimed_until = NULL, failure = NULL,
      channel = s.channel, recipient = s.to, provider_ref = s.ref
    FROM jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) AS s (id uuid, channel text, "to" text, ref text)
    WHERE m.id = s.id AND m.state <> 'sent'`);
}

/** Records why a message was not sent; `final` when it will not be retried. */
export async function markFailed(tx: Transaction, id: string, failure: string, final: boolean): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE message SET state = CASE WHEN ${final}::boolean THEN 'failed' ELSE state END, claimed_until = NULL,
      failure = ${failure.slice(0, 100)}
    WHERE id = ${id}::uuid AND state <> 'sent'`);
}
