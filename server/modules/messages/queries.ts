import { db, emptySql, sql } from '@/server/platform/db';
import type { BoxMessage } from './schema';

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
