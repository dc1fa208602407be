import { oneRow, sql, type Transaction } from '@/server/platform/db';
import type { SaveView } from './schema';

/** Writes a view under its name; one that its owner had under that name becomes this one. Answers its id. */
export async function putView(tx: Transaction, ownerId: string, view: SaveView): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO saved_view (list, owner_id, name, shared, query, layout)
    VALUES (${view.list}, ${ownerId}::uuid, ${view.name}, ${view.shared}, ${view.query}, ${JSON.stringify(view.layout)}::jsonb)
    ON CONFLICT (owner_id, list, name) DO UPDATE
    SET shared = EXCLUDED.shared, query = EXCLUDED.query, layout = EXCLUDED.layout, updated_at = now()
    RETURNING id`);
  return oneRow(rows).id;
}

/** How many views a person has of a list. Locks the person's views, so that two savings at once cannot pass a limit together. */
export async function countOwnViews(tx: Transaction, ownerId: string, list: string): Promise<number> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('saved-view:' || ${ownerId}, 0))`);
  const rows = await tx.$queryRaw<{ count: number }[]>(
    sql`SELECT count(*)::int AS count FROM saved_view WHERE owner_id = ${ownerId}::uuid AND list = ${list}`,
  );
  return oneRow(rows).count;
}

/** Removes a view of this owner; answers its list, or null where there is none of theirs. */
export async function deleteView(tx: Transaction, ownerId: string, id: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ list: string }[]>(
    sql`DELETE FROM saved_view WHERE id = ${id}::uuid AND owner_id = ${ownerId}::uuid RETURNING list`,
  );
  return rows[0]?.list ?? null;
}
