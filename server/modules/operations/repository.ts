import { db, sql } from '@/server/platform/db';

export async function touchDatabase(): Promise<void> {
  await db().$queryRaw(sql`SELECT 1`);
}

/** Seconds since a running instance's relay last gave a sign of life, or null where none ever did. */
export async function secondsSinceRelay(): Promise<number | null> {
  const rows = await db().$queryRaw<{ seconds: number }[]>(
    sql`SELECT extract(epoch FROM now() - at)::float8 AS seconds FROM instance_fact WHERE key = 'relay'`,
  );
  return rows[0]?.seconds ?? null;
}
