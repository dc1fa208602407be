import { db, sql, type Transaction } from '@/server/platform/db';

/** Serialises the issuing of a statement's link; false where there is no such statement. */
export async function lockStatement(tx: Transaction, statementId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`SELECT 1 FROM statement WHERE id = ${statementId}::uuid FOR UPDATE`);
  return rows.length > 0;
}

export async function findLiveLink(tx: Transaction, statementId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM statement_link
    WHERE statement_id = ${statementId}::uuid AND revoked_at IS NULL AND expires_at > now()`);
  return rows[0]?.id ?? null;
}

/** Ends what has expired, then adds the one live link of a statement. */
export async function addLink(
  tx: Transaction,
  link: { statementId: string; nonce: Uint8Array; tokenHash: Uint8Array; days: number },
): Promise<string> {
  await tx.$executeRaw(sql`
    UPDATE statement_link SET revoked_at = now() WHERE statement_id = ${link.statementId}::uuid AND revoked_at IS NULL`);
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO statement_link (statement_id, nonce, token_hash, expires_at)
    VALUES (${link.statementId}::uuid, ${link.nonce}, ${link.tokenHash}, now() + make_interval(days => ${link.days}))
    RETURNING id`);
  const made = rows[0];
  if (!made) throw new Error('a link was not written');
  return made.id;
}

export async function findNonce(linkId: string): Promise<Uint8Array | null> {
  const rows = await db().$queryRaw<{ nonce: Uint8Array }[]>(sql`
    SELECT nonce FROM statement_link WHERE id = ${linkId}::uuid`);
  return rows[0]?.nonce ?? null;
}
