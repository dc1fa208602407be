import type { Database } from '../store/database';

const SET_SIZE = 1_000;

/** Each removes one set of rows that nobody can ask for any more. $1: rows at most, $2: oldest age that stays, in seconds. */
const STATEMENTS = [
  `WITH old AS (SELECT id FROM runs WHERE ended_at < now() - $2::float8 * interval '1 second' ORDER BY ended_at LIMIT $1),
   s AS (DELETE FROM steps USING old WHERE run_id = old.id), b AS (DELETE FROM batch_items USING old WHERE run_id = old.id)
   DELETE FROM runs USING old WHERE runs.id = old.id`,
  `DELETE FROM events WHERE id IN (
     SELECT e.id FROM events e WHERE e.received_at < now() - $2::float8 * interval '1 second'
       AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.event_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM batch_items b WHERE b.event_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.event_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM debounces d WHERE d.event_id = e.id)
     ORDER BY e.received_at LIMIT $1)`,
  `DELETE FROM cancellations WHERE id IN (
     SELECT id FROM cancellations WHERE done_at < now() - $2::float8 * interval '1 second' LIMIT $1)`,
  `DELETE FROM idempotency WHERE (function_id, key) IN (
     SELECT function_id, key FROM idempotency WHERE expires_at < now() AND $2::float8 IS NOT NULL LIMIT $1)`,
  `DELETE FROM pacers WHERE key IN (
     SELECT key FROM pacers WHERE full_at < now() - interval '1 hour' AND $2::float8 IS NOT NULL LIMIT $1)`,
  `DELETE FROM slots WHERE key IN (
     SELECT s.key FROM slots s WHERE s.used = 0 AND $2::float8 IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.state = 'waiting' AND j.waiting_on = s.key)
     LIMIT $1 FOR UPDATE SKIP LOCKED)`,
];

/** Removes finished runs older than the retention, in small sets, with their steps and events. */
export async function prune(db: Database, retentionSeconds: number): Promise<void> {
  for (const statement of STATEMENTS) {
    for (;;) {
      const result = await db.pool.query(statement, [SET_SIZE, retentionSeconds]);
      if ((result.rowCount ?? 0) < SET_SIZE) break;
    }
  }
}
