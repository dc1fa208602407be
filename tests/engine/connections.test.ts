import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { statusRoutes } from '../../inngest/engine/http/status-routes';
import { openDatabase } from '../../inngest/engine/store/database';
import { createRig, databaseBeside, EVENT_KEY, engineOptions, type Rig, until } from './setup';

const MOST = 6;

let rig: Rig;
/** A database whose owner has few connections. */
let limitedUrl = '';
let role = '';
let drop: () => Promise<unknown>;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'plain', triggers: [{ event: 'connections/plain' }] }, async () => 'done'),
  ]);
  role = `limited_${new URL(rig.db.url).pathname.slice(-12)}`;
  await rig.db.query(`CREATE ROLE ${role} LOGIN PASSWORD 'limited' CONNECTION LIMIT ${MOST}`);
  const beside = await databaseBeside(rig.db, role);
  await rig.db.query(`ALTER DATABASE ${role} OWNER TO ${role}`);
  drop = beside.drop;
  const url = new URL(beside.url);
  url.username = role;
  url.password = 'limited';
  limitedUrl = url.toString();
});
afterAll(async () => {
  await drop();
  await rig.db.query(`DROP ROLE ${role}`);
  await rig.close();
});

const backendsOf = (who: string) => rig.db.query('SELECT pid FROM pg_stat_activity WHERE usename = $1', [who]);

async function takeAll(): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: limitedUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      taken.push(client);
    } catch {
      return taken;
    }
  }
}

async function healthOf(url: string) {
  const response = await fetch(`${url}/health`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('connections of the engine', () => {
  it('bound every statement, and every transaction that stands idle', async () => {
    const db = openDatabase(rig.db.url, 1);
    const settings = await db.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
    );
    expect(settings).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: '30000' },
      { name: 'statement_timeout', setting: '30000' },
    ]);
    expect(
      await db.reserve.query(`SELECT 1 FROM pg_settings WHERE name = 'statement_timeout' AND setting = '30000'`),
    ).toHaveLength(1);
    await db.close();
  });

  it('keep a reserve: leases and health go on while every other connection is busy', async () => {
    const db = openDatabase(rig.db.url, 2);
    const busy = [1, 2].map(() => db.query('SELECT pg_sleep(3)'));
    const answered = await Promise.race([
      db.reserve.query('SELECT 1').then(() => 'reserve'),
      Promise.all(busy).then(() => 'busy'),
    ]);
    expect(answered).toBe('reserve');
    await Promise.all(busy);
    await db.close();
  });

  it('that are all taken when it starts are waited for: it listens, says so, and works once there are some', async () => {
    const others = await takeAll();
    expect(others).toHaveLength(MOST);
    let engine: Awaited<ReturnType<typeof startEngine>> | undefined;
    // Long beyond the patience for a database that is away.
    const starting = startEngine({ ...engineOptions(rig.db), databaseUrl: limitedUrl }, 200).then((started) => {
      engine = started;
      return started;
    });
    starting.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(engine).toBeUndefined();
    for (const client of others) await client.end();
    const started = await starting;
    expect(await healthOf(started.url)).toEqual({ status: 200, body: { status: 200, message: 'OK' } });
    await started.close(0);
    await until(async () => (await backendsOf(role)).length === 0);
  });

  it('that are all taken while it works are waited for: events are refused for a while, and it goes on by itself', async () => {
    const engine = await startEngine({ ...engineOptions(rig.db), databaseUrl: limitedUrl });
    await rig.db.query(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
    await rig.db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    await until(async () => (await healthOf(engine.url)).status === 503);
    expect(await healthOf(engine.url)).toMatchObject({ body: { reason: 'database' } });
    const send = () =>
      fetch(`${engine.url}/e/${EVENT_KEY}`, { method: 'POST', body: '{"name":"connections/limited","data":{}}' });
    expect((await send()).status).toBe(503);
    await rig.db.query(`ALTER ROLE ${role} CONNECTION LIMIT ${MOST}`);
    await until(async () => (await healthOf(engine.url)).status === 200);
    expect((await send()).status).toBe(200);
    await engine.close(0);
  });
});

describe('health', () => {
  it('reports a loop that is stuck, though the database answers', async () => {
    const db = openDatabase(rig.db.url, 1);
    const options = { db, catalog: undefined as never, intake: undefined as never };
    const healthRoute = (trouble: () => string | undefined) =>
      statusRoutes({ ...options, trouble }).find(({ path }) => path === '/health');
    const exchange = undefined as never;
    expect(await healthRoute(() => 'routing has stood still for 61 s')?.handle(exchange)).toEqual({
      status: 503,
      body: { status: 503, reason: 'stuck', error: 'routing has stood still for 61 s' },
    });
    expect(await healthRoute(() => undefined)?.handle(exchange)).toEqual({
      status: 200,
      body: { status: 200, message: 'OK' },
    });
    await db.close();
  });
});
