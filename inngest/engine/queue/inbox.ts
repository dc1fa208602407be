import type { Catalog } from '../catalog/catalog';
import type { NewRun } from '../flow/new-run';
import { routeEvents } from '../flow/route';
import type { RoutedEvent } from '../flow/routed-event';
import type { EventPayload } from '../protocol/events';
import { type Database, isPassing, type Queryable } from '../store/database';

const SET_SIZE = 150;
/** So many events of each name are routed in every set, whatever lies before them. */
const SHARE = 10;
/** An event that cannot be routed is set aside after as many tries and delays nothing else. */
export const MAX_TRIES = 5;

export interface AcceptedEvent {
  id: string;
  payload: EventPayload;
  functionId?: string | null;
}

/** Stores events and their place in the inbox. An id that is there already belongs to a repeated request: ignored. */
export async function acceptEvents(db: Queryable, events: AcceptedEvent[]): Promise<void> {
  await db.query(
    `WITH incoming AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::json[], $4::uuid[]) WITH ORDINALITY AS x(id, name, payload, fn, n)
     ), stored AS (
       INSERT INTO events (id, name, payload) SELECT id, name, payload FROM incoming ON CONFLICT DO NOTHING RETURNING id
     )
     INSERT INTO inbox (event_id, name, function_id) SELECT i.id, i.name, i.fn FROM incoming i JOIN stored s ON s.id = i.id ORDER BY i.n`,
    [
      events.map((event) => event.id),
      events.map((event) => event.payload.name),
      events.map((event) => JSON.stringify(event.payload)),
      events.map((event) => event.functionId ?? null),
    ],
  );
}

interface InboxRow {
  seq: string;
  id: string;
  payload: EventPayload;
  function_id: string | null;
}

async function takeEvents(tx: Queryable, limit: number, ordered: string[]): Promise<InboxRow[]> {
  return tx.query<InboxRow>('SELECT * FROM take_events($1, $2, $3, $4)', [
    limit,
    Math.min(limit - 1, SHARE),
    MAX_TRIES,
    ordered,
  ]);
}

function routed(row: InboxRow): RoutedEvent {
  return { id: row.id, payload: row.payload, functionId: row.function_id };
}

interface RoutedSet {
  count: number;
  runs: NewRun[];
}

async function routeSet(
  db: Database,
  catalog: Catalog,
  limit: number,
  onTaken: (rows: InboxRow[]) => void,
): Promise<RoutedSet> {
  // An app may have registered with another process since: its functions must not miss what came after.
  await catalog.refresh();
  return db.transaction(async (tx) => {
    const rows = await takeEvents(tx, limit, catalog.cancellingNames());
    onTaken(rows);
    return { count: rows.length, runs: rows.length > 0 ? await routeEvents(tx, catalog, rows.map(routed)) : [] };
  });
}

async function setAside(db: Database, rows: InboxRow[], error: unknown): Promise<void> {
  const problem = error instanceof Error ? error.message : String(error);
  await db.query('UPDATE inbox SET tries = tries + 1, problem = $2 WHERE seq = ANY ($1)', [
    rows.map((row) => row.seq),
    problem,
  ]);
}

/**
 * Routes what lies in the inbox, in sets; when a set fails, one event at a time, so that only the bad one is held back. Rejects
 * when the database is away: no event is to blame for that.
 */
export async function routeInbox(
  db: Database,
  catalog: Catalog,
  onRouted: (runs: NewRun[]) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  if (!catalog.hasApps) return;
  let limit = SET_SIZE;
  for (;;) {
    let taken: InboxRow[] = [];
    try {
      const { count, runs } = await routeSet(db, catalog, limit, (rows) => {
        taken = rows;
      });
      if (count > 0) onRouted(runs);
      if (count < limit) return;
      limit = Math.min(limit * 2, SET_SIZE);
    } catch (error) {
      if (taken.length === 0 || isPassing(error)) throw error;
      onError(error);
      if (limit === 1 || taken.length <= 1) await setAside(db, taken, error);
      limit = 1;
    }
  }
}
