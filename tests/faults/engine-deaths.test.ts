import type { Inngest } from 'inngest';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '@/inngest/engine';
import { startProxy } from '../engine/proxy';
import {
  createClient,
  createRig,
  createTestDatabase,
  engineOptions,
  freePort,
  type Rig,
  serveApp,
  type TestApp,
  type TestDatabase,
  until,
} from '../engine/setup';

// What the deaths of engine.test.ts can bring about, each made to happen for certain.

let rig: Rig;
/** What a run that `holds` waits for: made before the run is sent, so that it may end before the run has come to wait. */
let hold = Promise.withResolvers<void>();

const functionsOf = (client: Inngest) => [
  client.createFunction({ id: 'plain', retries: 0, triggers: [{ event: 'deaths/plain' }] }, ({ attempt }) => attempt),
  client.createFunction(
    { id: 'line', retries: 0, concurrency: 1, triggers: [{ event: 'deaths/line' }] },
    async ({ event }) => {
      if (event.data.holds) await hold.promise;
    },
  ),
];

/** Cuts what an engine is connected by, all at once. */
const cut = (db: TestDatabase) =>
  db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'inngest-engine' AND datname = current_database()`,
  );

/** A client with a transaction open, to stand in the way of the engine. */
async function inTransaction(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: rig.db.url, options: '-c search_path=inngest_engine' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  rig = await createRig(functionsOf);
});
afterAll(() => rig.close());

// KILL_SEED=1 and 3: handlers of failures lost both of their attempts to an application that was starting again.
it('waits for an application that is away, and uses up no attempt', async () => {
  const { port } = new URL(rig.app.url);
  await rig.app.close();
  const id = await rig.send('deaths/plain');
  const jobs = () => rig.db.query<{ generation: number; attempt: number }>('SELECT generation, attempt FROM jobs');
  await until(async () => (await jobs()).some(({ generation }) => generation >= 2));
  expect((await jobs()).map(({ attempt }) => attempt)).toEqual([0]);
  expect(await rig.runsOf(id)).toMatchObject([{ status: 'Running' }]);
  rig.app = await serveApp(rig.client, functionsOf(rig.client), Number(port));
  expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 0 });
});

it('goes on from results that were kept though nobody heard that they were', async () => {
  const executed: string[] = [];
  const lost: string[] = [];
  // The checkpoint is kept, and its answer lost, as when the database or the engine dies in between.
  const proxy = await startProxy(
    () => rig.engine.url,
    async ({ path }, forward) => {
      const passed = await forward();
      if (!path.startsWith('/v1/checkpoint/')) return passed;
      lost.push(String(passed.status));
      return { ...passed, status: 503, body: '{}' };
    },
  );
  const client = createClient(proxy.origin, 'unheard');
  const app: TestApp = await serveApp(client, [
    client.createFunction({ id: 'steps', retries: 0, triggers: [{ event: 'unheard/steps' }] }, async ({ step }) => {
      const one = await step.run('one', () => executed.push('one'));
      const two = await step.run('two', () => executed.push('two'));
      return [one, two];
    }),
  ]);
  await fetch(app.url, { method: 'PUT' });
  const id = await rig.send('unheard/steps');
  expect(await rig.ended(id, 30_000)).toMatchObject({ status: 'Completed', output: [1, 2] });
  expect(lost).toContain('200');
  expect(executed).toEqual(['one', 'two']);
  await app.close();
  await proxy.close();
});

it('comes back for a job that was locked by others when its slot came free', async () => {
  hold = Promise.withResolvers<void>();
  const first = await rig.send('deaths/line', { holds: true });
  await until(async () => (await rig.db.query(`SELECT FROM jobs WHERE state = 'leased'`)).length === 1);
  const second = await rig.send('deaths/line');
  await until(async () => (await rig.db.query(`SELECT FROM jobs WHERE state = 'waiting'`)).length === 1);
  await inTransaction(async (client) => {
    await client.query(`SELECT FROM jobs WHERE state = 'waiting' FOR UPDATE`);
    hold.resolve();
    expect(await rig.ended(first)).toMatchObject({ status: 'Completed' });
  });
  expect(await rig.ended(second, 30_000)).toMatchObject({ status: 'Completed' });
});

it('blames no event for a connection that breaks while it is routed', async () => {
  let id = '';
  await inTransaction(async (client) => {
    // Routing comes as far as the run that it cannot write.
    await client.query('LOCK TABLE runs IN SHARE MODE');
    id = await rig.send('deaths/plain');
    const broken = new Set<number>();
    await until(async () => {
      const rows = await rig.db.query<{ pid: number }>(
        `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inngest-engine'
         AND datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%create_runs%'`,
      );
      for (const { pid } of rows) broken.add(pid);
      return broken.size >= 7;
    }, 30_000);
  });
  expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
  expect(await rig.db.query('SELECT FROM inbox')).toEqual([]);
});

it('keeps counting the places of a slot that is pruned while a job comes for it', async () => {
  hold = Promise.withResolvers<void>();
  const ended = await rig.ended(await rig.send('deaths/line'));
  expect(ended).toMatchObject({ status: 'Completed' });
  const counted = rig.db.query<{ used: number }>('SELECT used FROM slots');
  expect(await counted).toEqual([{ used: 0 }]);
  let next = '';
  await inTransaction(async (client) => {
    await client.query('DELETE FROM slots WHERE used = 0');
    next = await rig.send('deaths/line', { holds: true });
    await until(async () => (await rig.db.query(`SELECT FROM pg_locks WHERE NOT granted`)).length > 0);
  });
  await until(async () => (await rig.db.query(`SELECT FROM jobs WHERE state = 'leased'`)).length === 1);
  expect(await rig.db.query('SELECT used FROM slots')).toEqual([{ used: 1 }]);
  hold.resolve();
  expect(await rig.ended(next)).toMatchObject({ status: 'Completed' });
});

it('hears of others and keeps time again after its connections broke, without a sweep', async () => {
  const db = await createTestDatabase();
  const port = await freePort();
  const client = createClient(`http://127.0.0.1:${port}`);
  const app = await serveApp(client, [
    client.createFunction({ id: 'nap', triggers: [{ event: 'deaths/nap' }] }, ({ step }) => step.sleep('nap', '2s')),
    ...functionsOf(client),
  ]);
  const engine = await startEngine(engineOptions(db, { port, appUrls: [app.url], tickMs: 600_000 }));
  const ended = async (name: string) =>
    (
      await db.query(
        `SELECT FROM runs r JOIN events e ON e.id = r.event_id WHERE e.name = $1 AND r.status = 'Completed'`,
        [name],
      )
    ).length === 1;
  await until(async () => (await db.query('SELECT FROM apps')).length === 1);
  await client.send({ name: 'deaths/nap' });
  await until(async () => (await db.query('SELECT FROM timers')).length === 1);
  await cut(db);
  await until(() => ended('deaths/nap'), 20_000);

  const listeners = async () =>
    (
      await db.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      )
    ).map(({ pid }) => pid);
  const former = await listeners();
  await cut(db);
  await until(async () => (await listeners()).some((pid) => !former.includes(pid)), 20_000);
  // As another engine would: work in the tables, and word of it.
  await db.query(`SELECT accept_event('deaths/plain', NULL, '{}', NULL)`);
  await db.query(`SELECT pg_notify('inngest_engine', 'work another')`);
  await until(() => ended('deaths/plain'), 20_000);
  await engine.close(100);
  await app.close();
  await db.drop();
}, 90_000);
