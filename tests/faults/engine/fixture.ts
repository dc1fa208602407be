import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import { inRoot } from '@/scripts/lib/paths.mjs';
import { freePort } from '@/scripts/lib/ports.mjs';
import { pause, until } from '../deadlines';
import { engineKeys, type Killable, killable } from '../processes';
import { EFFECT_TABLES, WATCHES } from './effects';

/** Asks the database, as often as it takes while that is away. For reading alone: a question may be put twice. */
export type Ask = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

const DEADLINE_MS = 60_000;
const LEASE_MS = 2_000;
const SYNCED_MS = 30_000;

/** Longer than an application takes to come back, so that one death costs a step one attempt, and a handler of failures not its last. */
const RETRY_MS = 3_000;

function patientPool(url: string): { ask: Ask; close: () => Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const ask: Ask = async <Row extends object>(text: string, values: unknown[] = []) => {
    const deadlineAt = Date.now() + DEADLINE_MS;
    for (;;) {
      try {
        return (await pool.query<Row>(text, values)).rows;
      } catch (error) {
        // Only what the server itself says of the question will not get better; class 57 is about its own coming and going.
        const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
        if ((code && !code.startsWith('57')) || Date.now() > deadlineAt) throw error;
        await pause(100);
      }
    }
  };
  return { ask, close: () => pool.end() };
}

/** Both programs as single files that start in a blink, made once. */
async function bundles(folder: string): Promise<{ engine: string; app: string }> {
  const app = fileURLToPath(new URL('./app.ts', import.meta.url));
  await build({
    entryPoints: { engine: inRoot('inngest/engine/main.ts'), app },
    absWorkingDir: inRoot(),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return { engine: path.join(folder, 'engine.cjs'), app: path.join(folder, 'app.cjs') };
}

export interface Fixture {
  ask: Ask;
  keys: ReturnType<typeof engineKeys>;
  engine: Killable;
  app: Killable;
  /** Another engine process over the same database, at this port. */
  engineAt: (port: number, more?: Record<string, string>) => Killable;
  /** Waits until the engine knows the functions of the application. */
  synced: () => Promise<void>;
  close: () => Promise<void>;
}

/** An engine and an application over an empty database, each a process of its own, not yet started. `frontPort` is where both are spoken to, when that is not the engine itself. */
export async function makeFixture(databaseUrl: string, frontPort?: number): Promise<Fixture> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-faults-'));
  const programs = await bundles(folder);
  const [enginePort, appPort] = [await freePort(), await freePort()];
  const keys = engineKeys(frontPort ?? enginePort);
  const { ask, close } = patientPool(databaseUrl);
  await ask(EFFECT_TABLES);
  const engineAt: Fixture['engineAt'] = (port, more = {}) =>
    killable('engine', [process.execPath, programs.engine], {
      ...keys,
      ENGINE_DATABASE_URL: databaseUrl,
      ENGINE_PORT: String(port),
      ENGINE_APP_URL: `http://127.0.0.1:${appPort}/api/inngest`,
      ENGINE_RETRY_INTERVAL: `${RETRY_MS}ms`,
      ENGINE_LEASE: `${LEASE_MS}ms`,
      ENGINE_LOG_LEVEL: 'info',
      ...more,
    });
  const engine = engineAt(enginePort);
  const app = killable('application', [process.execPath, programs.app], {
    ...keys,
    APP_PORT: String(appPort),
    APP_DATABASE_URL: databaseUrl,
  });
  const isSynced = async () =>
    (await ask('SELECT FROM inngest_engine.functions WHERE removed_at IS NULL LIMIT 1')).length > 0;
  return {
    ask,
    keys,
    engine,
    app,
    engineAt,
    synced: async () => {
      if (!(await until(isSynced, SYNCED_MS))) throw new Error(`no functions were synced: ${engine.said()}`);
      await ask(WATCHES);
    },
    close: async () => {
      await Promise.all([engine.kill(), app.kill()]);
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
