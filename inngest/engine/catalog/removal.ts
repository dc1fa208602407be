import type { Database, Queryable } from '../store/database';

const SET_SIZE = 200;

/** Takes functions out whose grace period is over. A cron tick, a debounce or a batch of theirs will never start anything. */
async function takeOut(tx: Queryable, graceMs: number): Promise<number> {
  const gone = await tx.query<{ id: string }>(
    `UPDATE functions SET removed_at = now(), missing_since = NULL
     WHERE removed_at IS NULL AND missing_since < now() - $1 * interval '1 millisecond' RETURNING id`,
    [graceMs],
  );
  const ids = gone.map((row) => row.id);
  if (ids.length === 0) return 0;
  for (const table of ['crons', 'debounces', 'batches'])
    await tx.query(`DELETE FROM ${table} WHERE function_id = ANY ($1)`, [ids]);
  return ids.length;
}

/** Ends some of the runs that functions have left behind which were taken out; false when there are none. */
async function endSome(tx: Queryable): Promise<boolean> {
  const left = await tx.query<{ id: string }>(
    `SELECT r.id FROM functions f CROSS JOIN LATERAL (
       SELECT id FROM runs WHERE function_id = f.id AND ended_at IS NULL ORDER BY id LIMIT $1) r
     WHERE f.removed_at IS NOT NULL LIMIT $1`,
    [SET_SIZE],
  );
  if (left.length === 0) return false;
  await tx.query(`SELECT finish_run(id, 'Cancelled', NULL) FROM unnest($1::text[]) AS id ORDER BY id`, [
    left.map(({ id }) => id),
  ]);
  return true;
}

/**
 * Removes the functions that their app has not named for a grace period, and ends their runs, in sets. An app that is half deployed,
 * or back at its former version for a while, loses nothing; one that has dropped a function is not asked for it for ever. Answers
 * whether any function went.
 */
export async function endMissing(db: Database, graceMs: number): Promise<boolean> {
  const removed = await db.transaction((tx) => takeOut(tx, graceMs));
  while (await db.transaction(endSome));
  return removed > 0;
}
