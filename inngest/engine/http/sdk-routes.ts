import type { Catalog } from '../catalog/catalog';
import { readRegistration, register } from '../catalog/registration';
import { readOps } from '../protocol/answer';
import { Refusal } from '../protocol/events';
import { indexable } from '../protocol/indexable';
import { isObject } from '../protocol/json';
import type { Origins } from '../protocol/origins';
import { isCloud, type Keys } from '../protocol/signature';
import type { Outcome } from '../queue/jobs';
import { planSteps } from '../queue/plan-steps';
import { BROKEN } from '../queue/settle';
import type { Database } from '../store/database';
import { headerOf, parseJson, type Reply, type Route } from './exchange';

export interface SdkRoutesOptions {
  db: Database;
  keys: Keys;
  catalog: Catalog;
  origins: Origins;
  onModified: () => Promise<void>;
  onProgress: () => void;
}

async function registerApp(
  { db, keys, origins, onModified }: SdkRoutesOptions,
  body: unknown,
  expected: string | undefined,
): Promise<Reply> {
  const kind = isCloud(keys) ? 'cloud' : 'dev';
  if (expected && expected !== kind) {
    return { status: 400, body: { error: `Expected server kind ${expected}, got ${kind}` } };
  }
  try {
    const { appId, modified } = await register(db, readRegistration(body), origins);
    if (modified) await onModified();
    return { status: 200, body: { ok: true, modified, sync_id: crypto.randomUUID(), app_id: appId } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: { error: error.message, data: null, status: error.status } };
  }
}

/** Results of steps while their request goes on. 409 says to the SDK that the request was superseded and must stop. */
async function checkpoint({ db, catalog, onProgress }: SdkRoutesOptions, runId: string, body: unknown): Promise<Reply> {
  if (!isObject(body) || !Array.isArray(body.steps)) throw new Refusal(400, 'a checkpoint needs steps');
  const ops = readOps(body.steps);
  const jobId = String(body.qi_id ?? '');
  const generation = Number(body.generation_id);
  if (!ops || !/^\d{1,18}$/.test(jobId) || !Number.isInteger(generation))
    throw new Refusal(400, 'a checkpoint is malformed');
  const { done, impossible, planned, failed, completed } = planSteps({ run_id: runId, events: [] }, catalog, ops);
  if (planned.length > 0 || failed.length > 0 || completed)
    throw new Refusal(400, 'a checkpoint takes results of steps only');
  const rows = await db.query<{ outcome: Outcome }>('SELECT checkpoint($1, $2, $3, $4) AS outcome', [
    runId,
    jobId,
    generation,
    JSON.stringify(impossible ? [] : done),
  ]);
  const outcome = rows[0]?.outcome ?? 'lost';
  if (outcome === 'advanced' && !impossible) return { status: 200 };
  const broken = outcome === 'steps' || outcome === 'state' ? BROKEN[outcome] : impossible;
  if (outcome !== 'lost' && broken) {
    await db.query(`SELECT finish_run($1, 'Failed', $2)`, [runId, JSON.stringify(broken)]);
    onProgress();
  }
  return { status: 409, body: { status: 409, error: 'stale dispatch' } };
}

async function signal({ db, onProgress }: SdkRoutesOptions, body: unknown): Promise<Reply> {
  if (!isObject(body) || typeof body.signal !== 'string' || body.signal === '')
    throw new Refusal(400, 'a signal needs a name');
  const memo = JSON.stringify({ data: { signal: body.signal, data: body.data ?? null } });
  const rows = await db.query<{ run_id: string; woken: boolean }>(
    `SELECT run_id, complete_step(run_id, step_id, $2) AS woken FROM waits WHERE kind = 'signal' AND subject = $1`,
    [indexable(body.signal), memo],
  );
  const run = rows.find((row) => row.woken);
  if (!run) return { status: 404, body: { status: 404, error: 'No signal found' } };
  onProgress();
  return { status: 200, body: { data: { run_id: run.run_id } } };
}

/** What the SDK calls besides sending events. */
export function sdkRoutes(options: SdkRoutesOptions): Route[] {
  return [
    {
      method: 'POST',
      path: '/fn/register',
      handle: ({ body, request }) =>
        registerApp(options, parseJson(body), headerOf(request, 'x-inngest-expected-server-kind')),
    },
    {
      method: 'POST',
      path: '/v1/checkpoint/:run/async',
      handle: ({ params, body }) => checkpoint(options, params.run ?? '', parseJson(body)),
    },
    { method: 'POST', path: '/v1/signals', handle: ({ body }) => signal(options, parseJson(body)) },
  ];
}
