import { Refusal } from '../protocol/events';
import { isUlid } from '../protocol/ids';
import type { Database } from '../store/database';
import { answered, type Reply, type Route } from './exchange';

interface RunRow {
  id: string;
  status: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  output: unknown;
  event_id: string;
  function_id: string;
  batched: boolean;
  slug: string | null;
}

const COLUMNS = `r.id, r.status, r.created_at, r.started_at, r.ended_at, r.output, r.event_id, r.function_id, r.batched,
  (SELECT slug FROM functions f WHERE f.id = r.function_id) AS slug`;

/** A queued run counts as running; `function_slug` is ours, the rest stands as on the official server. */
function shown(run: RunRow) {
  return {
    run_id: run.id,
    status: run.status === 'Queued' ? 'Running' : run.status,
    run_started_at: run.started_at ?? run.created_at,
    ended_at: run.ended_at,
    output: run.output,
    event_id: run.event_id,
    ...(run.batched ? { batch_id: run.id } : {}),
    function_id: run.function_id,
    function_slug: run.slug,
  };
}

async function runById(db: Database, id: string): Promise<RunRow> {
  if (!isUlid(id)) throw new Refusal(400, `Invalid run ID: ${id}`);
  const rows = await db.query<RunRow>(`SELECT ${COLUMNS} FROM runs r WHERE r.id = $1`, [id]);
  const run = rows[0];
  if (!run) throw new Refusal(404, `Unable to load function run: ${id}`);
  return run;
}

async function runsOfEvent(db: Database, eventId: string): Promise<Reply> {
  if (!isUlid(eventId)) throw new Refusal(400, `Invalid event ID: ${eventId}`);
  const rows = await db.query<RunRow>(
    `SELECT ${COLUMNS} FROM runs r WHERE r.event_id = $1
     UNION ALL SELECT ${COLUMNS} FROM runs r JOIN batch_items b ON b.run_id = r.id
       WHERE b.event_id = $1 AND r.event_id <> $1 ORDER BY 1`,
    [eventId],
  );
  return answered(rows.map(shown));
}

/** What the SDK asks for when a request was too large to carry it. Gone once the run is over. */
async function stateOf(db: Database, id: string, column: 'events' | 'steps'): Promise<Reply> {
  if (!isUlid(id)) throw new Refusal(400, 'The run ID is invalid');
  const part =
    column === 'events'
      ? 'run_events(r.id)'
      : `coalesce((SELECT json_object_agg(s.step_id, s.memo) FROM steps s WHERE s.run_id = r.id AND s.memo IS NOT NULL), '{}')`;
  const rows = await db.query<{ state: unknown }>(
    `SELECT ${part} AS state FROM runs r WHERE r.id = $1 AND r.ended_at IS NULL`,
    [id],
  );
  if (!rows[0]) throw new Refusal(410, `runtime state is no longer available for runID: ${id}`);
  return { status: 200, body: rows[0].state };
}

interface RunRoutesOptions {
  db: Database;
  onProgress: () => void;
}

/** What may be asked about runs, in the shapes of the official server. */
export function runRoutes({ db, onProgress }: RunRoutesOptions): Route[] {
  const cancel: Route['handle'] = async ({ params }) => {
    const run = await runById(db, params.id ?? '');
    await db.query(`SELECT finish_run($1, 'Cancelled', NULL)`, [run.id]);
    onProgress();
    return { status: 200 };
  };
  return [
    { method: 'GET', path: '/v1/events/:id/runs', handle: ({ params }) => runsOfEvent(db, params.id ?? '') },
    {
      method: 'GET',
      path: '/v1/runs/:id',
      handle: async ({ params }) => answered(shown(await runById(db, params.id ?? ''))),
    },
    { method: 'DELETE', path: '/v1/runs/:id', handle: cancel },
    { method: 'GET', path: '/v0/runs/:id/batch', handle: ({ params }) => stateOf(db, params.id ?? '', 'events') },
    { method: 'GET', path: '/v0/runs/:id/actions', handle: ({ params }) => stateOf(db, params.id ?? '', 'steps') },
  ];
}
