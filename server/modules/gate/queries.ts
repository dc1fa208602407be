import { db, sql } from '@/server/platform/db';

/** What an unended session of a link that is in force leads to, or null. */
export async function sessionByHash(tokenHash: Uint8Array): Promise<{ doctorId: string; linkId: string } | null> {
  const rows = await db().$queryRaw<{ doctorId: string; linkId: string }[]>(sql`
    SELECT s.doctor_id AS "doctorId", l.id AS "linkId"
    FROM gate_session g
      JOIN statement_link l ON l.id = g.link_id
      JOIN statement s ON s.id = l.statement_id
    WHERE g.token_hash = ${tokenHash} AND g.ended_at IS NULL AND g.expires_at > now()
      AND l.revoked_at IS NULL AND l.expires_at > now() AND s.state IN ('published', 'paid')`);
  return rows[0] ?? null;
}
