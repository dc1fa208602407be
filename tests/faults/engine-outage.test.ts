import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { pause, until } from './deadlines';
import { openWork } from './engine/checks';
import { type Fixture, makeFixture } from './engine/fixture';
import { Load } from './engine/load';
import { expectAllOnce } from './engine/verdict';
import { type CrashablePostgres, crashablePostgres } from './postgres';
import { randomNumbers, seed } from './random';

/** Longer than a lease of the engines under test, so that all that is under way runs out of its lease. */
const GONE_MS = 6_000;
const STARTING_MS = 2_000;
const DEADLINE_MS = 30_000;
const SEND_EVERY_MS = 80;

let postgres: CrashablePostgres;
let fixture: Fixture;
beforeAll(async () => {
  postgres = await crashablePostgres(() => 'all');
  await postgres.start();
  fixture = await makeFixture(postgres.url);
  await Promise.all([fixture.engine.start(), fixture.app.start()]);
  await fixture.synced();
});
afterAll(async () => {
  await fixture?.close();
  await postgres?.remove();
});

const sayAll = () => {
  for (const one of [fixture.engine, postgres]) console.error(`${one.name}:\n${one.said()}`);
};

async function statusOf(route: string, method = 'GET', body?: string): Promise<number> {
  const headers = { authorization: `Bearer ${fixture.keys.INNGEST_SIGNING_KEY}` };
  return (await fetch(`${fixture.keys.INNGEST_BASE_URL}${route}`, { method, headers, body })).status;
}

const A_RUN = '01M8CFW4ZT6AQN0H28KQNJWVJ2';
const CHECKPOINT = JSON.stringify({ steps: [{ id: 'a', op: 'StepRun', data: 1 }], qi_id: '1', generation_id: 1 });

/** Whatever callers may ask of an engine, by what it answers. */
const answers = async () => ({
  health: await statusOf('/health'),
  event: await statusOf(`/e/${fixture.keys.INNGEST_EVENT_KEY}`, 'POST', '{"name":"faults/nobody","data":{}}'),
  run: await statusOf(`/v1/runs/${A_RUN}`),
  checkpoint: await statusOf(`/v1/checkpoint/${A_RUN}/async`, 'POST', CHECKPOINT),
});
const REFUSED = { health: 503, event: 503, run: 503, checkpoint: 503 };

/** A file in its data folder is how this server is configured for recovery. It runs under an account of its own. */
function signal(file: string): void {
  const place = path.join(postgres.data, file);
  writeFileSync(place, '');
  chmodSync(place, 0o666);
}

/** The server comes as far as it does in a long recovery: it takes connections and refuses each. */
async function startInRecovery(): Promise<void> {
  signal('standby.signal');
  await postgres.spawn({ hot_standby: 'off' });
  const isRefusing = async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    const code = await client.connect().then(
      () => '',
      (error: { code?: string }) => error.code,
    );
    await client.end().catch(() => undefined);
    return code === '57P03';
  };
  expect(await until(isRefusing, DEADLINE_MS), 'the database refuses connections').toBe(true);
}

function endRecovery(): void {
  signal('promote');
  postgres.signal('SIGUSR1');
}

const listeners = async () =>
  (
    await fixture.ask<object>(
      `SELECT FROM pg_stat_activity WHERE application_name = 'inngest-engine' AND query LIKE 'LISTEN%'`,
    )
  ).length;

it('refuses while the database is gone and while it recovers, and goes on by itself', async () => {
  onTestFailed(sayAll);
  const load = new Load(fixture.keys, fixture.ask, randomNumbers(seed));
  load.start(SEND_EVERY_MS);
  await pause(GONE_MS);
  expect(await openWork(fixture.ask)).toBeGreaterThan(0);
  await postgres.die('all');
  expect(await answers()).toEqual(REFUSED);
  await pause(GONE_MS);
  expect(await answers()).toEqual(REFUSED);
  await startInRecovery();
  expect(await answers()).toEqual(REFUSED);
  await pause(STARTING_MS);
  endRecovery();
  expect(await until(async () => (await statusOf('/health')) === 200, DEADLINE_MS)).toBe(true);
  expect(await answers()).toEqual({ health: 200, event: 200, run: 404, checkpoint: 409 });
  expect(await until(async () => (await listeners()) === 1, DEADLINE_MS)).toBe(true);
  await pause(GONE_MS);
  console.info(`KILL_SEED=${seed}: ${await expectAllOnce(fixture, load)}`);
  expect(load.refusals).toBeGreaterThan(0);
}, 300_000);

it('waits at its start for a database that is gone and that recovers', async () => {
  onTestFailed(sayAll);
  await Promise.all([fixture.engine.kill(), postgres.die('immediate')]);
  let isListening = false;
  const started = fixture.engine.start().then(() => {
    isListening = true;
  });
  await pause(STARTING_MS);
  await startInRecovery();
  await pause(STARTING_MS);
  expect(isListening).toBe(false);
  endRecovery();
  await started;
  expect(await answers()).toEqual({ health: 200, event: 200, run: 404, checkpoint: 409 });
}, 120_000);
