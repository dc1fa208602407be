import { once } from 'node:events';
import type { Server } from 'node:http';
import pino, { type Logger } from 'pino';
import { Engine, keysOf } from './engine';
import { cancellationRoutes } from './http/cancellation-routes';
import { eventLogRoutes } from './http/event-log-routes';
import { eventRoutes } from './http/event-routes';
import { graphRoutes } from './http/graph-routes';
import { queueRoutes } from './http/queue-routes';
import { runRoutes } from './http/run-routes';
import { sdkRoutes } from './http/sdk-routes';
import { createHttpServer } from './http/server';
import { statusRoutes } from './http/status-routes';
import { DEFAULTS, type EngineOptions, SettingError } from './options';
import { type Database, openDatabase } from './store/database';
import { createSchema } from './store/schema';

export type { EngineOptions } from './options';

export interface RunningEngine {
  url: string;
  /** Stops claiming, waits a few seconds for requests under way, closes everything. */
  close: (graceMs?: number) => Promise<void>;
}

const CONNECTIONS = 12;
const DATABASE_PATIENCE_MS = 30_000;
const DATABASE_RETRY_MS = 500;

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

/** The database may start later than the engine, or go once more meanwhile: half a minute is granted. */
async function patiently(work: () => Promise<void>, patienceMs: number): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() >= giveUpAt) throw new SettingError(`the database cannot be used: ${reasonOf(error)}`);
      await new Promise((resolve) => setTimeout(resolve, DATABASE_RETRY_MS));
    }
  }
}

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
    server.closeIdleConnections();
  });
}

function serverOf(engine: Engine, db: Database, options: EngineOptions, log: Logger): Server {
  const keys = keysOf(options);
  const { catalog, intake, watch } = engine;
  const onProgress = () => engine.progress();
  const routes = [
    ...eventRoutes(intake, keys),
    ...sdkRoutes({ db, keys, catalog, onProgress, onModified: () => engine.functionsChanged() }),
    ...runRoutes({ db, onProgress }),
    ...eventLogRoutes({ db }),
    ...cancellationRoutes({ db, catalog, onProgress }),
    ...graphRoutes({ db }),
    ...queueRoutes({ db, catalog, watch }),
    ...statusRoutes({ db, catalog, intake }),
  ];
  return createHttpServer(routes, keys, log);
}

/** Starts an engine in this process. Rejects with a SettingError when the port or the database cannot be used. */
export async function startEngine(options: EngineOptions, patienceMs = DATABASE_PATIENCE_MS): Promise<RunningEngine> {
  const log = pino({
    name: 'inngest-engine',
    level: options.logLevel ?? DEFAULTS.logLevel,
    serializers: { err: describeError },
  });
  const db = openDatabase(options.databaseUrl, CONNECTIONS);
  try {
    await patiently(() => createSchema(db.pool), patienceMs);
    const engine = new Engine(db, options, log);
    const server = serverOf(engine, db, options, log);
    const url = await listen(server, options.host ?? DEFAULTS.host, options.port ?? DEFAULTS.port);
    await patiently(() => engine.start(), patienceMs);
    log.info({ url, pid: process.pid }, 'listening');
    const close = async (graceMs?: number) => {
      await engine.stop(graceMs);
      server.closeAllConnections();
      await closeServer(server);
      await db.close();
    };
    return { url, close };
  } catch (error) {
    await db.close();
    throw error;
  }
}
