import type { Queryable } from '../store/database';

const SET_SIZE = 1_000;

/** Each removes one set of rows that cannot be read any more. $1: rows at most, $2: oldest age that stays, in seconds. */
const STATEMENTS = [
  `DELETE FROM set_aside WHERE seq IN (
     SELECT seq FROM set_aside WHERE set_aside_at < now() - $2::float8 * interval '1 second' ORDER BY set_aside_at LIMIT $1) RETURNING 1`,
  `WITH old AS (SELECT id FROM runs WHERE ended_at < now() - $2::float8 * interval '1 second' ORDER BY ended_at LIMIT $1),
   s AS (DELETE FROM steps USING old WHERE run_id = old.id), b AS (DELETE FROM batch_items USING old WHERE run_id = old.id)
   DELETE FROM runs USING old WHERE runs.id = old.id RETURNING 1`,
  `DELETE FROM events WHERE id IN (
     SELECT e.id FROM events e WHERE e.received_at < now() - $2::float8 * interval '1 second'
       AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.event_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM batch_items b WHERE b.event_id = e.id)
       AND e.id NOT IN (SELECT i.event_id FROM inbox i) AND e.id NOT IN (SELECT d.event_id FROM debounces d)
       AND NOT EXISTS (SELECT 1 FROM set_aside a WHERE a.event_id = e.id)
     ORDER BY e.received_at LIMIT $1) RETURNING 1`,
  `DELETE FROM cancellations WHERE id IN (
     SELECT id FROM cancellations WHERE done_at < now() - $2::float8 * interval '1 second' LIMIT $1) RETURNING 1`,
  `DELETE FROM idempotency WHERE (function_id, key) IN (
     SELECT function_id, key FROM idempotency WHERE expires_at < now() AND $2::float8 IS NOT NULL LIMIT $1) RETURNING 1`,
  `DELETE FROM pacers WHERE key IN (
     SELECT key FROM pacers WHERE full_at < now() - interval '1 hour' AND $2::float8 IS NOT NULL LIMIT $1) RETURNING 1`,
  `DELETE FROM slots WHERE key IN (
     SELECT s.key FROM slots s WHERE s.used = 0 AND $2::float8 IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.state = 'waiting' AND j.waiting_on = s.key)
     LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING 1`,
];

/** Removes finished runs and quarantined events that are older than the retention, in small sets, with their steps and events. */
export async function prune(db: Queryable, retentionSeconds: number): Promise<void> {
  for (const statement of STATEMENTS) {
    for (;;) {
      const gone = await db.query(statement, [SET_SIZE, retentionSeconds]);
      if (gone.length < SET_SIZE) break;
    }
  }
}
