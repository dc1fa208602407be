import { db, sql } from '@/server/platform/db';

export async function touchDatabase(): Promise<void> {
  await db().$queryRaw(sql`SELECT 1`);
}
