import { once } from 'node:events';
import type { Server } from 'node:http';
import pg from 'pg';
import pino, { type Logger } from 'pino';
import { Interval } from './clock/interval';
import { Engine, keysOf } from './engine';
import { cancellationRoutes } from './http/cancellation-routes';
import { eventLogRoutes } from './http/event-log-routes';
import { eventRoutes } from './http/event-routes';
import type { Route } from './http/exchange';
import { graphRoutes } from './http/graph-routes';
import { queueRoutes } from './http/queue-routes';
import { runRoutes } from './http/run-routes';
import { sdkRoutes } from './http/sdk-routes';
import { createHttpServer } from './http/server';
import { statusRoutes } from './http/status-routes';
import { DEFAULTS, type EngineOptions, SettingError } from './options';
import { originsOf } from './queue/app-client';
import { connectionSettings, type Database, isCrowded, openDatabase } from './store/database';
import { STARTING } from './store/engine-lease';
import { buildIndexes, enterSchema, SchemaBusy } from './store/schema';

export type { EngineOptions } from './options';

export interface RunningEngine {
  url: string;
  /** Stops claiming, waits a few seconds for requests under way, closes everything. */
  close: (graceMs?: number) => Promise<void>;
  /** Resolves when another version has taken the database over: this engine does nothing more and is to be closed. */
  superseded: Promise<void>;
}

const CONNECTIONS = 12;
const DATABASE_TIMEOUT_MS = 30_000;
const DATABASE_RETRY_MS = 500;
const BUSY_RETRY_MS = 50;
const INDEX_RETRY_MS = 1_000;

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** Errors of the database carry the data they are about; logs must not. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    message: reasonOf(error),
    code: 'code' in error ? error.code : undefined,
    stack: error.stack,
  };
}

/**
 * The database may start later than the engine, or go once more meanwhile: half a minute is granted, and as long as it takes to
 * one that is there but has no connection left.
 */
async function withRetries(work: () => Promise<void>, timeoutMs: number): Promise<void> {
  const deadlineAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SettingError) throw error;
      if (Date.now() >= deadlineAt && !isCrowded(error))
        throw new SettingError(`the database cannot be used: ${reasonOf(error)}`);
      const pause = error instanceof SchemaBusy ? BUSY_RETRY_MS : DATABASE_RETRY_MS;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Takes the port before anything is touched that another engine may be working on. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new SettingError(`cannot listen on ${host}:${port}: ${reasonOf(error)}`);
  }
  const address = server.address();
  return `http://${host}:${typeof address === 'object' && address ? address.port : port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function routesOf(engine: Engine, db: Database, options: EngineOptions): Route[] {
  const keys = keysOf(options);
  const { catalog, intake, watch } = engine;
  const onProgress = () => engine.progress();
  const origins = originsOf(options);
  return [
    ...eventRoutes(intake, keys),
    ...sdkRoutes({ db, keys, catalog, origins, onProgress, onModified: () => engine.functionsChanged() }),
    ...runRoutes({ db, onProgress }),
    ...eventLogRoutes({ db }),
    ...cancellationRoutes({ db, catalog, onProgress }),
    ...graphRoutes({ db }),
    ...queueRoutes({ db, catalog, watch, onProgress }),
    ...statusRoutes({ db, catalog, intake, trouble: () => engine.trouble() }),
  ];
}

/** Builds missing indexes beside the work, again and again until they are there. */
function indexContinuously(url: string, log: Logger): () => Promise<void> {
  let client: pg.Client | undefined;
  const interval = new Interval(
    'building indexes',
    INDEX_RETRY_MS,
    async () => {
      client = new pg.Client(connectionSettings(url));
      client.on('error', () => undefined);
      try {
        await client.connect();
        if (await buildIndexes(client)) void interval.stop();
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    (error) => log.warn({ err: error }, 'building indexes failed'),
  );
  interval.start();
  return async () => {
    // A build under way is broken off; the next engine restarts it.
    await client?.end().catch(() => undefined);
    await interval.stop();
  };
}

/** Starts an engine in this process. Rejects with a SettingError when the port or the database cannot be used. */
export async function startEngine(options: EngineOptions, timeoutMs = DATABASE_TIMEOUT_MS): Promise<RunningEngine> {
  const log = pino({
    name: 'inngest-engine',
    level: options.logLevel ?? DEFAULTS.logLevel,
    serializers: { err: describeError },
  });
  const { server, open } = createHttpServer(keysOf(options), log);
  const url = await listen(server, options.host ?? DEFAULTS.host, options.port ?? DEFAULTS.port);
  const db = openDatabase(options.databaseUrl, CONNECTIONS);
  const superseded = Promise.withResolvers<void>();
  const engine = new Engine(db, options, log, superseded.resolve);
  try {
    const connect = () => new pg.Client(connectionSettings(options.databaseUrl, STARTING));
    await withRetries(() => enterSchema(connect, engine.lease), timeoutMs);
    await withRetries(() => engine.prepare(), timeoutMs);
  } catch (error) {
    await Promise.all([engine.stop(0), closeServer(server)]);
    await db.close();
    throw error;
  }
  open(routesOf(engine, db, options));
  engine.begin();
  const stopIndexing = indexContinuously(options.databaseUrl, log);
  log.info({ url, pid: process.pid }, 'listening');
  const close = async (graceMs?: number) => {
    await stopIndexing();
    await engine.stop(graceMs);
    await closeServer(server);
    await db.close();
  };
  return { url, close, superseded: superseded.promise };
}
