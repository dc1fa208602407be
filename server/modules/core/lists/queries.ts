import type { ListName } from '@/server/domain/lists';
import type { StaffActor } from '@/server/platform/actor';
import { db, sql } from '@/server/platform/db';
import type { SavedView } from './schema';

/** A list's views: one's own and those that others share, by name. */
export async function viewsOf({ actor, list }: { actor: StaffActor; list: ListName }): Promise<SavedView[]> {
  return db().$queryRaw<SavedView[]>(sql`
    SELECT v.id, v.name, v.shared, v.owner_id = ${actor.id}::uuid AS own, u.name AS "ownerName", v.query, v.layout
    FROM saved_view v JOIN app_user u ON u.id = v.owner_id
    WHERE v.list = ${list} AND (v.shared OR v.owner_id = ${actor.id}::uuid)
    ORDER BY search_key(v.name), v.id LIMIT 500`);
}
