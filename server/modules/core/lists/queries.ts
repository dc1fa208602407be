import type { ListName } from '@/server/domain/lists';
import type { StaffActor } from '@/server/platform/actor';
import { db, sql } from '@/server/platform/db';
import { type FoundView, type SavedView, viewLayout } from './schema';

/** More than this are not shown. */
const MOST_SHOWN = 500;

/** A list's views by name: all of one's own, and of those that others share the ones that were saved last. */
export async function viewsOf({ actor, list }: { actor: StaffActor; list: ListName }): Promise<SavedView[]> {
  const rows = await db().$queryRaw<SavedView[]>(sql`
    SELECT v.id, v.name, v.shared, v.own, u.name AS "ownerName", v.query, v.layout
    FROM (
      SELECT *, owner_id = ${actor.id}::uuid AS own FROM saved_view
      WHERE list = ${list} AND (shared OR owner_id = ${actor.id}::uuid)
      ORDER BY own DESC, updated_at DESC, id LIMIT ${MOST_SHOWN}
    ) v JOIN app_user u ON u.id = v.owner_id
    ORDER BY search_key(v.name), v.id`);
  // What was kept before there was such a rule may be no layout.
  return rows.map((row) => ({ ...row, layout: viewLayout.catch({}).parse(row.layout) }));
}

/** The views of several lists by name: all of one's own, and of those that others share the ones that were saved last. */
export async function viewsAmong({ actor, lists }: { actor: StaffActor; lists: ListName[] }): Promise<FoundView[]> {
  return db().$queryRaw<FoundView[]>(sql`
    SELECT v.id, v.list, v.name, v.own, u.name AS "ownerName", v.query
    FROM (
      SELECT *, owner_id = ${actor.id}::uuid AS own FROM saved_view
      WHERE list = ANY (${lists}) AND (shared OR owner_id = ${actor.id}::uuid)
      ORDER BY own DESC, updated_at DESC, id LIMIT ${MOST_SHOWN}
    ) v JOIN app_user u ON u.id = v.owner_id
    ORDER BY search_key(v.name), v.id`);
}
