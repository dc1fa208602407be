import type { KnownFunction } from '../catalog/catalog';
import { newId } from '../protocol/ids';
import type { Queryable } from '../store/database';
import { singletonKey } from './gates';
import { type NewRun, newRun } from './new-run';
import type { RoutedEvent } from './routed-event';

interface DueDebounce {
  function_id: string;
  event_id: string;
  payload: RoutedEvent['payload'];
}

/** Runs of the debounced events after which it stayed quiet. */
export async function closeDueDebounces(
  tx: Queryable,
  functionOf: (id: string) => KnownFunction | undefined,
  limit: number,
): Promise<NewRun[]> {
  const due = await tx.query<DueDebounce>(
    `WITH picked AS (SELECT key FROM debounces WHERE fire_at <= clock_timestamp()
       ORDER BY fire_at LIMIT $1 FOR UPDATE SKIP LOCKED),
     closed AS (DELETE FROM debounces d USING picked p WHERE d.key = p.key RETURNING d.function_id, d.event_id)
     SELECT c.function_id, c.event_id, e.payload FROM closed c JOIN events e ON e.id = c.event_id`,
    [limit],
  );
  const runs: NewRun[] = [];
  for (const { function_id, event_id, payload } of due) {
    const fn = functionOf(function_id);
    if (!fn) continue;
    const runId = newId();
    const key = await singletonKey(tx, fn, { id: event_id, payload, functionId: null }, runId);
    if (key !== false) runs.push(newRun(fn, { event: payload, eventId: event_id, runId, singletonKey: key }));
  }
  return runs;
}
