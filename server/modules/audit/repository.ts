import { db, sql } from '@/server/platform/db';

export async function sealPending(): Promise<number> {
  const rows = await db().$queryRaw<{ sealed: number }[]>(sql`SELECT audit_seal_pending(10000) AS sealed`);
  return rows[0]?.sealed ?? 0;
}

export type ChainState = { entries: bigint; unsealed: bigint; position: bigint | null; reason: string | null };

export async function walkChain(): Promise<ChainState> {
  const rows = await db().$queryRaw<ChainState[]>(sql`
    SELECT (SELECT count(*) FROM audit_entry) AS entries,
      (SELECT count(*) FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)) AS unsealed,
      b.break_position AS position, b.reason
    FROM (SELECT) one LEFT JOIN audit_first_break() b ON true`);
  return rows[0] ?? { entries: 0n, unsealed: 0n, position: null, reason: null };
}
