import type { Catalog } from '../catalog/catalog';
import type { AppWatch } from '../catalog/pull';
import { Refusal } from '../protocol/events';
import { isObject } from '../protocol/json';
import { releaseEvents } from '../queue/inbox';
import type { Database } from '../store/database';
import { parseJson, type Reply, type Route } from './exchange';

const QUARANTINED_SHOWN = 100;
const MOST_TEXT = 200;
/** A look at the whole queue is shared by all who ask within this time. */
const KEPT_MS = 500;

interface Depth {
  function_id: string;
  ready: number;
  waiting: number;
  delayed: number;
  leased: number;
  oldest_at: Date | null;
}

/** Requests by state: `ready` for a worker, `waiting` for a slot, `delayed` to a later moment, `leased` to a worker. */
async function depths(db: Database): Promise<Map<string, Depth>> {
  const rows = await db.query<Depth>(
    `SELECT function_id, (count(*) FILTER (WHERE state = 'ready'))::integer AS ready,
       (count(*) FILTER (WHERE state = 'waiting'))::integer AS waiting,
       (count(*) FILTER (WHERE state = 'delayed'))::integer AS delayed,
       (count(*) FILTER (WHERE state = 'leased'))::integer AS leased,
       min(due_at) FILTER (WHERE state IN ('ready', 'waiting')) AS oldest_at
     FROM jobs GROUP BY function_id`,
  );
  return new Map(rows.map((row) => [row.function_id, row]));
}

async function functionsView(db: Database, catalog: Catalog) {
  const found = await depths(db);
  return catalog.all().map(({ id, slug }) => {
    const { ready, waiting, delayed, leased, oldest_at } = found.get(id) ?? {};
    return {
      slug,
      ready: ready ?? 0,
      waiting: waiting ?? 0,
      delayed: delayed ?? 0,
      leased: leased ?? 0,
      oldest_at: oldest_at ?? null,
    };
  });
}

async function appsView(db: Database, watch: AppWatch) {
  const apps = await db.query<{ name: string; url: string; synced_at: Date }>(
    'SELECT name, url, synced_at FROM apps ORDER BY name',
  );
  const problems = watch.problems();
  const known = new Set(apps.map((app) => app.url));
  const unknown = [...problems.keys()].filter((url) => !known.has(url));
  return [
    ...apps.map((app) => ({ ...app, problem: problems.get(app.url) ?? null })),
    ...unknown.map((url) => ({ name: null, url, synced_at: null, problem: problems.get(url) ?? null })),
  ];
}

/** Events that could not be routed after several tries: they are kept for a while, and delay nothing else. */
async function quarantineView(db: Database) {
  return db.query<{ event_id: string; name: string; problem: string }>(
    `SELECT event_id, name, left(coalesce(problem, ''), $1) AS problem FROM set_aside ORDER BY seq LIMIT $2`,
    [MOST_TEXT, QUARANTINED_SHOWN],
  );
}

export interface QueueRoutesOptions {
  db: Database;
  catalog: Catalog;
  watch: AppWatch;
  onProgress: () => void;
}

/** The names of events to take back, out of a request's body; none stands for all. */
function namesIn(body: unknown): string[] {
  if (body === undefined) return [];
  const names = isObject(body) ? (body.names ?? []) : undefined;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw new Refusal(400, 'names must be a list of event names');
  return names;
}

/** The engine's own view of its queue, for consoles. The official server has no such address and answers 404. */
export function queueRoutes({ db, catalog, watch, onProgress }: QueueRoutesOptions): Route[] {
  let kept: { until: number; view: Promise<unknown> } | undefined;
  const look = async () => {
    const [functions, set_aside, apps] = await Promise.all([
      functionsView(db, catalog),
      quarantineView(db),
      appsView(db, watch),
    ]);
    return { functions, set_aside, apps };
  };
  const view = () => {
    if (!kept || kept.until < Date.now()) kept = { until: Date.now() + KEPT_MS, view: look() };
    return kept.view;
  };
  const release = async (body: string): Promise<Reply> => {
    const released = await releaseEvents(db, namesIn(parseJson(body)));
    kept = undefined;
    onProgress();
    return { status: 200, body: { data: { released } } };
  };
  return [
    { method: 'GET', path: '/v1/queue', handle: async () => ({ status: 200, body: { data: await view() } }) },
    { method: 'POST', path: '/v1/queue/release', handle: ({ body }) => release(body) },
  ];
}
