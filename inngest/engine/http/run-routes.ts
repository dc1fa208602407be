import { Refusal } from '../protocol/events';
import type { Database } from '../store/database';
import type { Reply, Route } from './exchange';

interface RunRow {
  id: string;
  status: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  output: unknown;
  event_id: string;
  slug: string | null;
}

const COLUMNS = `r.id, r.status, r.created_at, r.started_at, r.ended_at, r.output, r.event_id,
  (SELECT slug FROM functions f WHERE f.id = r.function_id) AS slug`;

function shown(run: RunRow) {
  return {
    run_id: run.id,
    status: run.status === 'Queued' ? 'Running' : run.status,
    run_started_at: run.started_at ?? run.created_at,
    ended_at: run.ended_at,
    output: run.output,
    event_id: run.event_id,
    function_id: run.slug,
  };
}

async function runById(db: Database, id: string): Promise<RunRow> {
  const rows = await db.query<RunRow>(`SELECT ${COLUMNS} FROM runs r WHERE r.id = $1`, [id]);
  const run = rows[0];
  if (!run) throw new Refusal(404, 'run not found');
  return run;
}

interface RunRoutesOptions {
  db: Database;
  onProgress: () => void;
}

async function runsOfEvent(db: Database, eventId: string): Promise<Reply> {
  const rows = await db.query<RunRow>(
    `SELECT ${COLUMNS} FROM runs r WHERE r.event_id = $1
     UNION ALL SELECT ${COLUMNS} FROM runs r JOIN batch_items b ON b.run_id = r.id
       WHERE b.event_id = $1 AND r.event_id <> $1 ORDER BY 1`,
    [eventId],
  );
  return { status: 200, body: { data: rows.map(shown) } };
}

async function eventById(db: Database, id: string): Promise<Reply> {
  const rows = await db.query<{ id: string; received_at: Date; payload: Record<string, unknown> }>(
    'SELECT id, received_at, payload FROM events WHERE id = $1',
    [id],
  );
  const event = rows[0];
  if (!event) throw new Refusal(404, 'event not found');
  return { status: 200, body: { data: { ...event.payload, internal_id: event.id, received_at: event.received_at } } };
}

/** What the product may ask about runs, in the shapes of the official server. */
export function runRoutes({ db, onProgress }: RunRoutesOptions): Route[] {
  const cancel: Route['handle'] = async ({ params }) => {
    const run = await runById(db, params.id ?? '');
    await db.query(`SELECT finish_run($1, 'Cancelled', NULL)`, [run.id]);
    onProgress();
    return { status: 200 };
  };
  return [
    { method: 'GET', path: '/v1/events/:id', handle: ({ params }) => eventById(db, params.id ?? '') },
    { method: 'GET', path: '/v1/events/:id/runs', handle: ({ params }) => runsOfEvent(db, params.id ?? '') },
    {
      method: 'GET',
      path: '/v1/runs/:id',
      handle: async ({ params }) => ({ status: 200, body: { data: shown(await runById(db, params.id ?? '')) } }),
    },
    { method: 'DELETE', path: '/v1/runs/:id', handle: cancel },
  ];
}
