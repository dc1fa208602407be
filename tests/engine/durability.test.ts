import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { prune } from '../../inngest/engine/clock/pruning';
import { openDatabase } from '../../inngest/engine/store/database';
import { program } from '../../scripts/lib/testing/programs.mjs';
import {
  apiOf,
  createClient,
  createTestDatabase,
  EVENT_KEY,
  engineOptions,
  freePort,
  pause,
  SIGNING_KEY,
  serveApp,
  type TestApp,
  type TestDatabase,
  until,
} from './setup';

const [NODE = '', ...MAIN] = program('engine');

let db: TestDatabase;
let app: TestApp;
let client: Inngest;
let port: number;
const effects = new Map<string, number>();
const bump = (key: string) => effects.set(key, (effects.get(key) ?? 0) + 1);

function startProcess(enginePort = port, databaseUrl = db.url): ChildProcess {
  const args = [...MAIN, '--port', String(enginePort), '--app-url', app.url, '--retry-interval', '1'];
  const env = {
    ...process.env,
    ENGINE_DATABASE_URL: databaseUrl,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
  };
  return spawn(NODE, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function listening(child: ChildProcess): Promise<void> {
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes('listening')) return;
  throw new Error('the engine ended before it listened');
}

/** One statement, one snapshot: an event on its way from the inbox to its run is counted in either. */
async function unfinished(): Promise<number> {
  const rows = await db.query<{ n: number }>(
    `SELECT ((SELECT count(*) FROM runs WHERE ended_at IS NULL) + (SELECT count(*) FROM inbox))::integer AS n`,
  );
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  db = await createTestDatabase();
  port = await freePort();
  client = createClient(`http://127.0.0.1:${port}`);
  app = await serveApp(client, [
    client.createFunction(
      { id: 'work', retries: 5, concurrency: 5, triggers: [{ event: 'durable/work' }] },
      async ({ event, step }) => {
        const n = String(event.data.n);
        await step.run('one', async () => {
          await pause(20);
          bump(`one-${n}`);
        });
        await Promise.all([step.run('left', () => bump(`left-${n}`)), step.run('right', () => bump(`right-${n}`))]);
        bump(`end-${n}`);
        return n;
      },
    ),
    client.createFunction({ id: 'quick', triggers: [{ event: 'durable/quick' }] }, async ({ event }) => {
      bump(`quick-${event.data.n}`);
    }),
  ]);
});
afterAll(async () => {
  await app.close();
  await db.drop();
});

describe('durability', () => {
  it('loses and doubles no run when the engine is killed again and again', async () => {
    let engine = startProcess();
    await listening(engine);
    const ids: string[] = [];
    for (let kill = 0; kill < 2; kill++) {
      const events = Array.from({ length: 15 }, (_, index) => ({
        name: 'durable/work',
        data: { n: kill * 15 + index },
      }));
      ids.push(...(await client.send(events)).ids);
      await pause(60 + kill * 120);
      engine.kill('SIGKILL');
      await once(engine, 'exit');
      engine = startProcess();
      await listening(engine);
    }
    await until(async () => (await unfinished()) === 0, 40_000);
    const runs = await db.query<{ event_id: string; status: string; n: string }>(
      `SELECT event_id, status, output::text AS n FROM runs WHERE event_id = ANY ($1)`,
      [ids],
    );
    expect(runs).toHaveLength(30);
    expect(new Set(runs.map((run) => run.event_id)).size).toBe(30);
    expect(runs.every((run) => run.status === 'Completed')).toBe(true);
    expect(await db.query('SELECT 1 FROM slots WHERE used <> 0')).toEqual([]);
    engine.kill('SIGTERM');
    const [code] = await once(engine, 'exit');
    expect(code).toBe(0);
  }, 60_000);

  it('shares the work of one database between engines without doubling any', async () => {
    const engines = await Promise.all([
      startEngine(engineOptions(db, { port, workers: 4, appUrls: [app.url] })),
      startEngine(engineOptions(db, { workers: 4 })),
    ]);
    const { ids } = await client.send(Array.from({ length: 60 }, (_, n) => ({ name: 'durable/quick', data: { n } })));
    await until(async () => (await unfinished()) === 0);
    expect(ids).toHaveLength(60);
    for (let n = 0; n < 60; n++) expect(effects.get(`quick-${n}`)).toBe(1);
    await Promise.all(engines.map((engine) => engine.close(500)));
  });

  it('goes on after its connections were cut', async () => {
    const engine = await startEngine(engineOptions(db, { port, appUrls: [app.url] }));
    await client.send({ name: 'durable/work', data: { n: 'cut' } });
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inngest-engine' AND datname = current_database()`,
    );
    await until(async () => (await unfinished()) === 0, 20_000);
    await client.send({ name: 'durable/quick', data: { n: 'after-cut' } });
    await until(() => effects.get('quick-after-cut') === 1);
    await engine.close(500);
  }, 30_000);

  it('refuses a checkpoint of a superseded request', async () => {
    const engine = await startEngine(engineOptions(db));
    const api = apiOf(engine.url);
    const body = {
      run_id: 'x',
      fn_id: 'y',
      qi_id: '1',
      generation_id: 1,
      steps: [{ id: 'a', op: 'StepRun', data: 1 }],
      ts: 1,
    };
    const reply = await api('/v1/checkpoint/x/async', { method: 'POST', body: JSON.stringify(body) });
    expect(reply.status).toBe(409);
    await engine.close(100);
  });

  it('forgets finished runs after the retention, and nothing else', async () => {
    const engine = openDatabase(db.url, 2);
    await db.query(`UPDATE runs SET ended_at = now() - interval '8 days'`);
    await db.query(`UPDATE events SET received_at = now() - interval '8 days'`);
    await db.query(
      `INSERT INTO runs (id, function_id, event_id, sort_at) SELECT 'kept', id, 'E', now() FROM functions LIMIT 1`,
    );
    await db.query(
      `INSERT INTO events (id, name, payload, received_at) VALUES ('E', 'e', '{}', now() - interval '8 days')`,
    );
    await prune(engine, 7 * 86_400);
    expect(await db.query('SELECT id FROM runs')).toEqual([{ id: 'kept' }]);
    expect(await db.query('SELECT id FROM events')).toEqual([{ id: 'E' }]);
    expect(await db.query('SELECT 1 FROM steps')).toEqual([]);
    await engine.close();
  });

  it('ends with one line when the port is taken', async () => {
    const engine = await startEngine(engineOptions(db));
    const child = startProcess(Number(new URL(engine.url).port));
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += chunk;
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain('cannot listen on');
    await engine.close(100);
  });
});
