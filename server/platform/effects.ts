import { type EffectKey, effectKey } from '@/server/domain/effect-keys';
import { db, sql, type Transaction } from './db';

/**
 * What happens once outside of one row, however often and however parallel it is asked for: a posting, a message to the
 * laboratory, a document. `key` is unique in the database; `ref` is what came of it, an id.
 */
export type Effect = { kind: EffectKind; key: EffectKey; ref: string | null };
type EffectKind =
  | 'lis-order'
  | 'lis-cancellation'
  | 'notice'
  | 'receipt'
  | 'revenue'
  | 'statement-drafts'
  | 'statement-pdf'
  | 'audit';

/** The effects that are claimed as rows, each with what came of it. */
export const effect = {
  lisOrder: (orderId: string, ref: string): Effect => ({ kind: 'lis-order', key: effectKey.lisOrder(orderId), ref }),
  orderNotification: (orderId: string): Effect => ({
    kind: 'notice',
    key: effectKey.orderNotification(orderId),
    ref: orderId,
  }),
  lisCancellation: (refundId: string, ref: string): Effect => ({
    kind: 'lis-cancellation',
    key: effectKey.lisCancellation(refundId),
    ref,
  }),
  refundRevenue: (refundId: string): Effect => ({
    kind: 'revenue',
    key: effectKey.refundRevenue(refundId),
    ref: refundId,
  }),
  orderRevenue: (orderId: string): Effect => ({ kind: 'revenue', key: effectKey.orderRevenue(orderId), ref: orderId }),
  receipt: (orderId: string, language: string, shown: string, documentId: string): Effect => ({
    kind: 'receipt',
    key: effectKey.receipt(orderId, language, shown),
    ref: documentId,
  }),
  statementDrafts: (runId: string, chunk: number): Effect => ({
    kind: 'statement-drafts',
    key: effectKey.statementDrafts(runId, chunk),
    ref: runId,
  }),
  statementPdf: (statementId: string, documentIds: readonly string[]): Effect => ({
    kind: 'statement-pdf',
    key: effectKey.statementPdf(documentIds),
    ref: statementId,
  }),
  linkEvent: (eventId: string): Effect => ({ kind: 'audit', key: effectKey.linkEvent(eventId), ref: eventId }),
};

/** Claims an effect in the transaction in which it happens; false where it has happened, and must not again. */
export const claimEffect = async (tx: Transaction, one: Effect): Promise<boolean> =>
  (await claimEffects(tx, [one])).size === 1;

/** As `claimEffect`, for many; answers the keys that were claimed now. Always in one order: two who claim the same never wait in a circle. */
export async function claimEffects(tx: Transaction, effects: readonly Effect[]): Promise<ReadonlySet<string>> {
  if (effects.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ key: string }[]>(sql`
    SELECT claim_effects(${effects.map(({ key }) => key)}::text[], ${effects.map(({ kind }) => kind)}::text[],
      ${effects.map(({ ref }) => ref)}::text[]) AS key`);
  return new Set(rows.map(({ key }) => key));
}

/** What came of an effect: its `ref`, or null where it has not happened. */
export async function findEffect(key: EffectKey): Promise<string | null> {
  const rows = await db().$queryRaw<{ ref: string | null }[]>(
    sql`SELECT ref FROM effect_receipt WHERE effect_key = ${key}`,
  );
  return rows[0]?.ref ?? null;
}
