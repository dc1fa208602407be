import type { Catalog, KnownFunction } from '../catalog/catalog';
import { parseDuration } from '../protocol/durations';
import { keyOf, matches } from '../protocol/expressions';
import { newId } from '../protocol/ids';
import type { Queryable } from '../store/database';
import { createRuns, type NewRun, newRun } from './new-run';
import type { RoutedEvent } from './routed-event';

interface OpenBatch {
  run_id: string;
  size: number;
}

/** Whether an event goes into a batch; one that does not meet the rule's condition goes alone and at once. */
export function isBatched(fn: KnownFunction, event: RoutedEvent): boolean {
  return fn.config.batchEvents !== undefined && matches(fn.config.batchEvents.if, { event: event.payload });
}

/** Adds an event to its open batch. Returns the run to start when the batch is full. */
export async function addToBatch(tx: Queryable, fn: KnownFunction, event: RoutedEvent): Promise<NewRun | undefined> {
  const rule = fn.config.batchEvents;
  if (!rule) return undefined;
  const key = `${fn.id}:${rule.key ? keyOf(rule.key, { event: event.payload }) : ''}`;
  const rows = await tx.query<OpenBatch>(
    `INSERT INTO batches AS b (key, function_id, run_id, size, fire_at)
     VALUES ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 millisecond')
     ON CONFLICT (key) DO UPDATE SET size = b.size + 1 RETURNING run_id, size`,
    [key, fn.id, newId(), parseDuration(rule.timeout) ?? 0],
  );
  const batch = rows[0];
  if (!batch) return undefined;
  await tx.query('INSERT INTO batch_items (run_id, position, event_id) VALUES ($1, $2, $3)', [
    batch.run_id,
    batch.size,
    event.id,
  ]);
  return batch.size >= rule.maxSize ? closeBatch(tx, fn, key) : undefined;
}

/** Ends an open batch; its run shows the first event as `event` and all of them as `events`. */
async function closeBatch(tx: Queryable, fn: KnownFunction, key: string): Promise<NewRun | undefined> {
  const rows = await tx.query<{ run_id: string; event_id: string; payload: RoutedEvent['payload'] }>(
    `WITH closed AS (DELETE FROM batches WHERE key = $1 RETURNING run_id)
     SELECT c.run_id, i.event_id, e.payload FROM closed c
     JOIN batch_items i ON i.run_id = c.run_id JOIN events e ON e.id = i.event_id ORDER BY i.position LIMIT 1`,
    [key],
  );
  const first = rows[0];
  if (!first) return undefined;
  // The start must not wait for the ts of the events: they have waited already.
  const run = newRun(fn, { event: first.payload, eventId: first.event_id, runId: first.run_id, batched: true });
  return { ...run, due_at: null };
}

/** Starts the batches whose time is over, of the functions that this process knows. Returns how many. */
export async function closeDueBatches(tx: Queryable, catalog: Catalog, limit: number): Promise<number> {
  const due = await tx.query<{ key: string; function_id: string }>(
    `SELECT key, function_id FROM batches WHERE fire_at <= clock_timestamp() AND function_id = ANY ($2)
     ORDER BY fire_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit, catalog.ids()],
  );
  const runs: NewRun[] = [];
  for (const { key, function_id } of due) {
    const fn = catalog.get(function_id);
    const run = fn && (await closeBatch(tx, fn, key));
    if (run) runs.push(run);
  }
  await createRuns(tx, runs);
  return runs.length;
}
