import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { MAX_TRIES } from '../../inngest/engine/queue/inbox';
import { openDatabase } from '../../inngest/engine/store/database';
import { FORMER_INDEXES, INDEXES, STEPS } from '../../inngest/engine/store/upgrades.sql';
import { program } from '../../scripts/lib/testing/programs.mjs';
import { createRig, databaseBeside, engineOptions, freePort, type Rig, SIGNING_KEY, until } from './setup';

const [NODE = '', ...MAIN] = program('engine');
const DEADLINE_MS = 1_500;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'plain', triggers: [{ event: 'upgrades/plain' }] }, async () => 'done'),
  ]);
});
afterAll(() => rig.close());

const versions = () => rig.db.query<{ hash: string }>('SELECT hash FROM versions');
const functionCount = () =>
  rig.db.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM pg_proc WHERE pronamespace = 'inngest_engine'::regnamespace`,
  );

function startProcess(port: number): ChildProcess {
  const env = { ...process.env, ENGINE_DATABASE_URL: rig.db.url, INNGEST_SIGNING_KEY: SIGNING_KEY };
  const args = [...MAIN, '--port', String(port), '--app-url', rig.app.url];
  return spawn(NODE, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

describe('an engine of another version', () => {
  it('that finds its port taken leaves the schema of the running one alone', async () => {
    const [before] = await versions();
    const oids = () => rig.db.query(`SELECT oid FROM pg_proc WHERE pronamespace = 'inngest_engine'::regnamespace`);
    const functions = await oids();
    await rig.db.query(`UPDATE versions SET hash = 'of the running one'`);
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const child = startProcess(typeof address === 'object' && address ? address.port : 0);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(await versions()).toEqual([{ hash: 'of the running one' }]);
    expect(await oids()).toEqual(functions);
    await rig.db.query('UPDATE versions SET hash = $1', [before?.hash]);
    taken.close();
  });

  it('waits for the running one, and fails with a sentence, changing nothing', async () => {
    const [before] = await versions();
    const count = await functionCount();
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_waits');
    const first = await startEngine({ ...engineOptions(rig.db), databaseUrl: url });
    const elsewhere = openDatabase(url, 1);
    await elsewhere.query(`UPDATE versions SET hash = 'another'`);
    await elsewhere.query(`UPDATE engines SET alive_until = now() + interval '1 hour'`);
    await expect(startEngine({ ...engineOptions(rig.db), databaseUrl: url }, DEADLINE_MS)).rejects.toThrow(
      'an engine of another version works on this database',
    );
    expect(await elsewhere.query('SELECT hash FROM versions')).toEqual([{ hash: 'another' }]);
    // Once that one has gone, the newcomer goes on by itself.
    const second = startEngine({ ...engineOptions(rig.db), databaseUrl: url }, 30_000);
    await elsewhere.query('DELETE FROM engines');
    expect(await (await fetch(`${(await second).url}/health`)).json()).toEqual({ status: 200, message: 'OK' });
    await (await second).close(0);
    await first.close(0);
    await elsewhere.close();
    await drop();
    expect(await versions()).toEqual([before]);
    expect(await functionCount()).toEqual(count);
  });

  it('of before leases is known by its connections', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_legacy');
    await (await startEngine({ ...engineOptions(rig.db), databaseUrl: url })).close(0);
    const old = new pg.Client({
      connectionString: url,
      application_name: 'inngest-engine',
      options: '-c search_path=inngest_engine',
    });
    await old.connect();
    await old.query(`DROP TABLE engines; UPDATE versions SET hash = 'of before'`);
    await expect(startEngine({ ...engineOptions(rig.db), databaseUrl: url }, DEADLINE_MS)).rejects.toThrow(
      'an engine of another version works on this database',
    );
    await old.end();
    await (await startEngine({ ...engineOptions(rig.db), databaseUrl: url })).close(0);
    await drop();
  });

  it('takes no database of a newer one', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_newer');
    const db = openDatabase(url, 1);
    await (await startEngine({ ...engineOptions(rig.db), databaseUrl: url })).close(0);
    await db.query(`UPDATE versions SET hash = 'newer', step = 999`);
    await expect(startEngine({ ...engineOptions(rig.db), databaseUrl: url })).rejects.toThrow(
      'the database belongs to a newer engine',
    );
    await db.close();
    await drop();
  });

  it('that has taken the database over ends the former one', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_superseded');
    const engine = await startEngine({ ...engineOptions(rig.db), databaseUrl: url });
    const db = openDatabase(url, 1);
    await db.query(`UPDATE versions SET hash = 'newer'`);
    await engine.superseded;
    const health = await fetch(`${engine.url}/health`);
    expect([health.status, await health.json()]).toMatchObject([503, { reason: 'stuck' }]);
    await engine.close(0);
    await db.close();
    await drop();
  });
});

async function rollbacks(): Promise<number> {
  const [found] = await rig.db.query<{ n: number }>(
    'SELECT xact_rollback::integer AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return found?.n ?? 0;
}

describe('functions that are missing', () => {
  it('are no fault of an event: it is routed when they are back, and none is quarantined', async () => {
    const [made] = await rig.db.query<{ text: string }>(
      `SELECT pg_get_functiondef('inngest_engine.create_runs'::regproc) AS text`,
    );
    await rig.db.query('DROP FUNCTION create_runs');
    const ids = await rig.sendAll(
      'upgrades/plain',
      Array.from({ length: 20 }, (_, n) => ({ n })),
    );
    // More failures than an event has tries that is to blame itself.
    const before = await rollbacks();
    await until(async () => (await rollbacks()) > before + 2 * MAX_TRIES);
    expect(await rig.db.query('SELECT 1 FROM inbox WHERE tries > 0 UNION ALL SELECT 1 FROM set_aside')).toEqual([]);
    await rig.db.query(made?.text ?? '');
    const runs = await rig.allEnded(ids);
    expect(runs.every((run) => run.status === 'Completed')).toBe(true);
  });
});

describe('a change of the schema', () => {
  it('rewrites no table and blocks no writes for long', () => {
    const later = STEPS.slice(1).join('\n');
    const made = new Set([...later.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name));
    const indexed = [...later.matchAll(/CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?\w+ ON (\w+)/g)].map(
      ([, name]) => name,
    );
    expect(indexed.filter((table) => !made.has(table))).toEqual([]);
    const constraints = later.match(/ADD (?:CONSTRAINT|CHECK|FOREIGN)[^;,]*/g) ?? [];
    expect(constraints.filter((text) => !text.includes('NOT VALID'))).toEqual([]);
    expect(later).not.toMatch(
      /ALTER COLUMN \w+ (?:SET DATA )?TYPE|SET NOT NULL|VALIDATE CONSTRAINT|CLUSTER|VACUUM FULL/,
    );
    // A default that is no constant would be written into every row.
    expect(later).not.toMatch(/ADD COLUMN [^,;]*DEFAULT (?:clock_timestamp|gen_random_uuid|random)/);
  });

  it('releases a table that is in use, and retries', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_locked');
    await (await startEngine({ ...engineOptions(rig.db), databaseUrl: url })).close(0);
    const user = new pg.Client({ connectionString: url, options: '-c search_path=inngest_engine' });
    await user.connect();
    await user.query(`UPDATE versions SET hash = 'former', step = 1; DROP TABLE set_aside;
      ALTER TABLE debounces DROP COLUMN event_ts, DROP COLUMN event_seq; ALTER TABLE functions DROP COLUMN missing_since`);
    await user.query('BEGIN; SELECT FROM functions');
    const starting = startEngine({ ...engineOptions(rig.db), databaseUrl: url }, 60_000);
    starting.catch(() => undefined);
    // Who comes after it to that table is held up no longer than the change waits for its lock.
    await until(
      async () =>
        (
          await rig.db.query(
            `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'upgrades_locked'`,
          )
        ).length > 0,
    );
    const other = new pg.Client({
      connectionString: url,
      options: '-c search_path=inngest_engine -c statement_timeout=10000',
    });
    await other.connect();
    await other.query('UPDATE functions SET config = config');
    await user.query('COMMIT');
    await (await starting).close(0);
    await user.end();
    await other.end();
    await drop();
  });

  it('builds indexes beside the work, and again what was broken off', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'upgrades_indexes');
    await (await startEngine({ ...engineOptions(rig.db), databaseUrl: url })).close(0);
    const db = openDatabase(url, 1);
    await db.query('DROP INDEX events_newest');
    await db.query('CREATE INDEX events_received ON events (received_at)');
    await db.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'events_named'::regclass`);
    const engine = await startEngine({ ...engineOptions(rig.db, { port: await freePort() }), databaseUrl: url });
    const state = () =>
      db.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE i.indrelid = 'events'::regclass AND i.indisvalid AND NOT i.indisprimary ORDER BY 1`,
      );
    const wanted = INDEXES.map(({ name }) => ({ name })).sort((a, b) => a.name.localeCompare(b.name));
    await until(async () => JSON.stringify(await state()) === JSON.stringify(wanted));
    expect(FORMER_INDEXES).toContain('events_received');
    await engine.close(0);
    await db.close();
    await drop();
  });
});
