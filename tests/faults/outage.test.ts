import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { createDatabaseGate } from '@/server/front/database-gate';
import { createFront } from '@/server/front/front';
import { signIn } from '@/server/modules/core/identity/use-cases/sign-in';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { listOrders } from '@/server/modules/sales/orders/queries/orders';
import type { PaidOrderCart } from '@/server/modules/sales/orders/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { closeDb, openReserves, pool } from '@/server/platform/db';
import { databaseState } from '@/server/platform/db/health';
import { asPortalError } from '@/server/platform/errors';
import { cartOf, makeCashier, makeFixture, makeStaff } from '../integration/till-fixture';
import { pause, until } from './deadlines';
import { portalOn } from './portal-database';
import { type CrashablePostgres, crashablePostgres } from './postgres';
import { smallVolume } from './volume';

const VOLUME_MB = 260;

let volume: ReturnType<typeof smallVolume>;
let postgres: CrashablePostgres;
let portal: Awaited<ReturnType<typeof portalOn>>;
let front: Server;
let cashier: StaffActor;
let operator: StaffActor;
let finance: StaffActor;
let cart: PaidOrderCart;
beforeAll(async () => {
  volume = smallVolume(VOLUME_MB);
  postgres = await crashablePostgres(() => 'immediate', volume.folder);
  await postgres.start();
  portal = await portalOn(postgres);
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  [operator, finance] = [await makeStaff('upload-operator', null), await makeStaff('finance', null)];
  cart = await cartOf();
  front = createFront((_, response) => response.end('drawn'), {
    ...{ proxies: 0, secure: false },
    gate: createDatabaseGate(databaseState),
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  front?.close();
  await portal?.close();
  await postgres?.die('immediate');
  volume?.remove();
});

async function* sheet(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('external_ref,branch\nA-1,Q1\n');
}

/** Calls of every kind: one statement over the pool, a transaction, a read, a file with its row, a sign-in. */
const calls = {
  sale: () => createPaidOrder({ actor: cashier, cart: { ...cart, clientKey: crypto.randomUUID() } }),
  month: () => requestStatementRun({ actor: finance, month: '2026-01' }),
  upload: () => receiveUpload({ actor: operator, kind: 'orders', fileName: 'a.csv', content: sheet() }),
};
const readCalls = {
  list: () => listOrders({ actor: cashier, search: '', limit: 10, cursor: null } as Parameters<typeof listOrders>[0]),
  'sign-in': () => signIn({ email: 'a@b.example', password: 'x', addressHash: 'a', correlationId: 'c' }),
};

const codeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => 'done',
    (error: unknown) => asPortalError(error).code,
  );

const codesOf = async (asked: Record<string, () => Promise<unknown>>): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all(Object.entries(asked).map(async ([name, call]) => [name, await codeOf(call)])));

const all = (code: string, asked: object) => Object.fromEntries(Object.keys(asked).map((name) => [name, code]));

const ask = (route: string, accept: string, cookie = '') =>
  fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}${route}`, { headers: { accept, cookie } });

/** A superuser's own words in the portal's database. */
async function say(...statements: string[]): Promise<void> {
  const address = new URL(postgres.url);
  address.pathname = '/portal';
  const client = new pg.Client({ connectionString: address.toString() });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const everyCall = { ...calls, ...readCalls };

it('says at every call that the database is gone, renders no page meanwhile, and comes back by itself', async () => {
  await postgres.die('immediate');
  expect(await codesOf(everyCall)).toEqual(all('database_unavailable', everyCall));
  const pageVi = await ask('/orders', 'text/html');
  expect([pageVi.status, pageVi.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await pageVi.text()).toMatch(/lang="vi"[\s\S]*url=\/orders[\s\S]*Cơ sở dữ liệu/);
  const pageEn = await ask('/s/token', 'text/html', 'locale=en');
  expect(await pageEn.text()).toMatch(/lang="en"[\s\S]*database is not answering/);
  const handler = await ask('/api/documents/1', '*/*');
  expect([handler.status, await handler.json()]).toMatchObject([503, { reason: 'database_unavailable' }]);
  // These answer for themselves, in the form that their screens read.
  for (const route of ['/health/live', '/api/trpc/orders.list', '/api/auth/csrf', '/_next/static/a.js'])
    expect((await ask(route, '*/*')).status, route).toBe(200);
  await postgres.start();
  expect(await until(async () => (await ask('/orders', 'text/html')).status === 200, 10_000)).toBe(true);
  expect(await codeOf(calls.sale)).toBe('done');
});

it('reports at a counter before long that the server has stopped answering, and takes the same sale once it does', async () => {
  const again = { ...cart, clientKey: crypto.randomUUID() };
  await codeOf(() => createPaidOrder({ actor: cashier, cart: { ...cart, clientKey: crypto.randomUUID() } }));
  postgres.signalAll('SIGSTOP');
  expect(await codeOf(() => createPaidOrder({ actor: cashier, cart: again }))).toBe('database_unavailable');
  expect((await ask('/orders', 'text/html')).status).toBe(503);
  postgres.signalAll('SIGCONT');
  const first = await createPaidOrder({ actor: cashier, cart: again });
  expect(await createPaidOrder({ actor: cashier, cart: again })).toMatchObject({
    orderId: first.orderId,
    replayed: true,
  });
}, 60_000);

it('names nothing else while the server is restarted under its hands', async () => {
  const seen = new Set<string>();
  let going = true;
  const asking = Promise.all(
    Array.from({ length: 6 }, async () => {
      while (going) for (const call of [calls.sale, readCalls.list]) seen.add(await codeOf(call));
    }),
  );
  for (let turn = 0; turn < 3; turn += 1) {
    await pause(300);
    await postgres.die(turn === 1 ? 'session' : 'immediate');
    await pause(200);
    await postgres.start();
  }
  await pause(500);
  going = false;
  await asking;
  expect([...seen].sort()).toEqual(['database_unavailable', 'done']);
}, 120_000);

/** Takes every connection that the application's role may still have, those too that are only just being given back. */
async function takeAll(): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  for (let refused = 0; refused < 10; ) {
    const client = new pg.Client({ connectionString: portal.urls.DATABASE_URL });
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      expect((error as { code?: string }).code).toBe('53300');
      refused += 1;
      await pause(250);
      continue;
    }
    taken.push(client);
  }
  return taken;
}

it('says so where no connection is left, and keeps one for the till and for the question how it is', async () => {
  await pause(500); // the last notice of the sales before opens the pool once more
  await closeDb();
  let taken = await takeAll();
  expect(await codesOf(everyCall)).toEqual(all('database_unavailable', everyCall));
  for (const client of taken) await client.end();
  await openReserves();
  taken = await takeAll();
  expect(await codeOf(calls.sale)).toBe('done');
  expect(await codeOf(calls.month)).toBe('database_unavailable');
  expect(await databaseState()).toBeNull();
  // Neither can take what another needs: the engine, and the owner with his last connections.
  for (const name of ['ENGINE_DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
    const client = new pg.Client({ connectionString: portal.urls[name] });
    await client.connect();
    await client.end();
  }
  for (const client of taken) await client.end();
}, 60_000);

it('sells while bulk work holds the whole pool, which waits with a bound', async () => {
  const held = await Promise.all(Array.from({ length: 8 }, () => pool().connect()));
  expect(await codeOf(calls.sale)).toBe('done');
  expect(await codeOf(calls.month)).toBe('database_unavailable');
  for (const client of held) client.release();
  expect(await codeOf(readCalls.list)).toBe('done');
}, 60_000);

it('says so where nothing may be changed, and shows what is there', async () => {
  await say('ALTER DATABASE portal SET default_transaction_read_only = on');
  await closeDb();
  expect(await codesOf(calls)).toEqual(all('database_read_only', calls));
  expect(await codeOf(readCalls.list)).toBe('done');
  await say('SET default_transaction_read_only = off', 'ALTER DATABASE portal RESET default_transaction_read_only');
  await closeDb();
  expect(await codeOf(calls.sale)).toBe('done');
});

/** A full volume where there is one; elsewhere the server's own word for it, from the same places. */
async function fill(): Promise<() => Promise<void>> {
  if (!volume.mounted) {
    const tables = ['orders', 'statement_period', 'upload'];
    await say(
      `CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$`,
      ...tables.map((table) => `CREATE TRIGGER full BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION full()`),
    );
    return async () => {};
  }
  volume.fill();
  return async () => volume.empty();
}

it('says that there is no room, and goes on by itself when there is', async () => {
  onTestFailed(() => console.error(postgres.said()));
  const empty = await fill();
  const seen = new Set<string>();
  // Pages of the files that exist take some more rows; then there is no room for any.
  const isFull = async () => {
    for (const code of Object.values(await codesOf(calls))) seen.add(code);
    return seen.has('database_full') || seen.has('database_unavailable');
  };
  const large = `CREATE TABLE large AS SELECT repeat('x', 7000) AS text FROM generate_series(1, 100000)`;
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  await client.connect();
  const refused = await client.query(large).then(
    () => 'done',
    (error: unknown) => asPortalError(error).code,
  );
  if (volume.mounted) expect(['database_full', 'database_unavailable']).toContain(refused);
  await client.end().catch(() => {});
  await until(isFull, 5_000);
  expect(
    [...seen].filter((code) => !['done', 'database_full', 'database_unavailable', 'run_in_progress'].includes(code)),
  ).toEqual([]);
  await empty();
  await postgres.start();
  expect(await until(async () => (await codeOf(calls.sale)) === 'done', 30_000), 'it goes on').toBe(true);
}, 120_000);
