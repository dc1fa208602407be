import type { Catalog } from '../catalog/catalog';
import type { NewRun } from '../flow/new-run';
import { routeEvents } from '../flow/route';
import type { RoutedEvent } from '../flow/routed-event';
import type { EventPayload } from '../protocol/events';
import { type Database, isPassing, type Queryable } from '../store/database';

const SET_SIZE = 150;
/** So many events of each name are routed in every set, whatever lies before them. */
const SHARE = 10;
/** An event that cannot be routed is quarantined after as many attempts and delays nothing else. */
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
  /** Null means that events which may cancel are delayed. */
  seq: string | null;
  id: string;
  payload: EventPayload;
  function_id: string | null;
}

type Taken = InboxRow & { seq: string };

interface TakenSet {
  rows: Taken[];
  delayed: boolean;
}

async function takeEvents(tx: Queryable, limit: number, ordered: string[]): Promise<TakenSet> {
  const found = await tx.query<InboxRow>('SELECT * FROM take_events($1, $2, $3)', [
    limit,
    Math.min(limit - 1, SHARE),
    ordered,
  ]);
  const rows = found.filter((row): row is Taken => row.seq !== null);
  return { rows, delayed: rows.length < found.length };
}

function routed(row: Taken): RoutedEvent {
  return { id: row.id, seq: row.seq, payload: row.payload, functionId: row.function_id };
}

interface RoutedSet {
  count: number;
  delayed: boolean;
  runs: NewRun[];
}

async function routeSet(
  db: Database,
  catalog: Catalog,
  limit: number,
  onTaken: (rows: Taken[]) => void,
): Promise<RoutedSet> {
  // An app may have registered with another process since: its functions must not miss what came after.
  await catalog.refresh();
  return db.transaction(async (tx) => {
    const { rows, delayed } = await takeEvents(tx, limit, catalog.cancellingNames());
    onTaken(rows);
    const runs = rows.length > 0 ? await routeEvents(tx, catalog, rows.map(routed)) : [];
    return { count: rows.length, delayed, runs };
  });
}

/** Counts a failure against events; those that have failed too often leave the inbox and stand apart with the reason. */
async function blame(db: Database, rows: Taken[], error: unknown): Promise<void> {
  const problem = error instanceof Error ? error.message : String(error);
  await db.query('SELECT blame_events($1, $2, $3)', [rows.map((row) => row.seq), problem, MAX_TRIES]);
}

interface RoutingListeners {
  onRouted: (runs: NewRun[]) => void;
  onError: (error: unknown) => void;
}

/**
 * Routes what lies in the inbox, in sets; when a set fails, one event at a time, so that only the bad one is delayed. Rejects
 * when the database is away, or its schema is being changed: no event is to blame for that. Answers whether events that may
 * cancel wait for older ones that another engine has under way.
 */
export async function routeInbox(db: Database, catalog: Catalog, listeners: RoutingListeners): Promise<boolean> {
  if (!catalog.hasApps) return false;
  let limit = SET_SIZE;
  for (;;) {
    let taken: Taken[] = [];
    try {
      const { count, delayed, runs } = await routeSet(db, catalog, limit, (rows) => {
        taken = rows;
      });
      if (count > 0) listeners.onRouted(runs);
      if (count < limit) return delayed;
      limit = Math.min(limit * 2, SET_SIZE);
    } catch (error) {
      if (taken.length === 0 || isPassing(error)) throw error;
      listeners.onError(error);
      if (limit === 1 || taken.length <= 1) await blame(db, taken, error);
      limit = 1;
    }
  }
}

/**
 * Takes events that were quarantined back into the inbox, in their order: all, or those of some names. Returns how many; those whose
 * data has been pruned are gone.
 */
export async function releaseEvents(db: Queryable, names: string[] = []): Promise<number> {
  const rows = await db.query<{ released: number }>('SELECT release_events($1) AS released', [names]);
  return rows[0]?.released ?? 0;
}
