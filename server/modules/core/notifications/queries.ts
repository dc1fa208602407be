import { db, emptySql, sql } from '@/server/platform/db';
import type { BoxMessage } from './schema';

const columns = sql`id, at, channel, "to", subject, text`;

/** One row more than `limit` of the message box, newest first, older than the message `before`; `only` some by their ids. `search` is part of an address. */
export async function boxPage({
  search,
  before,
  only,
  limit,
}: {
  search: string | null;
  before: string | null;
  only?: readonly string[] | null;
  limit: number;
}): Promise<BoxMessage[]> {
  // Ids carry their time (uuidv7), so they alone are the key of the page.
  const older = before ? sql`AND id < ${before}::uuid` : emptySql;
  const chosen = only ? sql`AND id::text = ANY (${only as string[]})` : emptySql;
  const to = search ? sql`AND "to" ILIKE ${`%${search.replace(/[\\%_]/g, '\\$&')}%`}` : emptySql;
  return db().$queryRaw<BoxMessage[]>(sql`
    SELECT ${columns} FROM local_message WHERE true ${older} ${chosen} ${to} ORDER BY id DESC LIMIT ${limit + 1}`);
}

/** The newest messages of the box, all or those to one address exactly. */
export async function boxMessages(to: string | null, limit = 1000): Promise<BoxMessage[]> {
  const narrowed = to === null ? emptySql : sql`WHERE "to" = ${to}`;
  return db().$queryRaw<BoxMessage[]>(sql`
    SELECT ${columns} FROM local_message ${narrowed} ORDER BY id DESC LIMIT ${limit}`);
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
