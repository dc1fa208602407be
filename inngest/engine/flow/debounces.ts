import type { Catalog } from '../catalog/catalog';
import { newId } from '../protocol/ids';
import type { Queryable } from '../store/database';
import { singletonKey } from './gates';
import { createRuns, newRun } from './new-run';
import type { RoutedEvent } from './routed-event';

interface DueDebounce {
  function_id: string;
  event_id: string;
  payload: RoutedEvent['payload'];
}

/**
 * Starts the debounced events after which it stayed quiet, of the functions that this process knows. Each run exists before
 * the next is looked at, which may be of the same singleton. Returns how many debounces are over.
 */
export async function closeDueDebounces(tx: Queryable, catalog: Catalog, limit: number): Promise<number> {
  const due = await tx.query<DueDebounce>(
    `WITH picked AS (SELECT key FROM debounces WHERE fire_at <= clock_timestamp() AND function_id = ANY ($2)
       ORDER BY fire_at LIMIT $1 FOR UPDATE SKIP LOCKED),
     closed AS (DELETE FROM debounces d USING picked p WHERE d.key = p.key RETURNING d.function_id, d.event_id)
     SELECT c.function_id, c.event_id, e.payload FROM closed c JOIN events e ON e.id = c.event_id`,
    [limit, catalog.ids()],
  );
  for (const { function_id, event_id, payload } of due) {
    const fn = catalog.get(function_id);
    if (!fn) continue;
    const runId = newId();
    const key = await singletonKey(tx, fn, { id: event_id, seq: '0', payload, functionId: null }, runId);
    if (key === false) continue;
    await createRuns(tx, [newRun(fn, { event: payload, eventId: event_id, runId, singletonKey: key })]);
  }
  return due.length;
}
