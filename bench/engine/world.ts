import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Inngest } from 'inngest';
import pg from 'pg';
import { engineFlags, fromSource } from '../../scripts/lib/commands.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startScratchPostgres } from '../../scripts/lib/scratch-postgres.mjs';

/** A durable PostgreSQL, the engine, an app and a sender: four processes on this machine, as the portal runs them. */
export interface World {
  send: (name: string, count: number) => Promise<void>;
  sendOne: (name: string, data: Record<string, unknown>) => Promise<void>;
  /** Called with what the app says of a function that began. */
  onBegin: (listener: (begun: { n: number; at: number }) => void) => void;
  query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Resident memory of the engine, in MB. */
  engineMemory: () => number;
  stop: () => Promise<void>;
}

const BATCH = 100;
const READY_WITHIN_MS = 30_000;

function start(entry: string, env: Record<string, string>, flags: string[] = []): ChildProcess {
  const [program = process.execPath, ...args] = fromSource(entry);
  return spawn(program, [...flags, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

async function heard(child: ChildProcess, word: string): Promise<void> {
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes(word)) break;
  child.stdout?.resume();
}

async function until(look: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!(await look())) {
    if (Date.now() > giveUpAt) throw new Error('the engine never heard of the app');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function createWorld(): Promise<World> {
  const postgres = await startScratchPostgres({ careless: false });
  const pool = new pg.Pool({ connectionString: postgres.url(), max: 2, options: '-c search_path=inngest_engine' });
  pool.on('error', () => undefined); // the server goes before its last connection is closed
  const [enginePort, appPort] = [await freePort(), await freePort()];
  const keys = {
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
    INNGEST_SIGNING_KEY: `signkey-bench-${'ab'.repeat(32)}`,
    INNGEST_EVENT_KEY: 'bench-event-key',
  };
  const app = start('bench/engine/app.ts', { ...keys, APP_PORT: String(appPort) });
  await once(app, 'message');
  const settings = {
    ...keys,
    ENGINE_DATABASE_URL: postgres.url(),
    ENGINE_PORT: String(enginePort),
    ENGINE_APP_URL: `http://127.0.0.1:${appPort}/api/inngest`,
  };
  const engine = start('inngest/engine/main.ts', settings, engineFlags);
  await heard(engine, 'listening');
  const query: World['query'] = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;
  await until(async () => (await query('SELECT 1 FROM functions')).length > 0);
  const client = new Inngest({
    id: 'sender',
    isDev: false,
    baseUrl: keys.INNGEST_BASE_URL,
    eventKey: keys.INNGEST_EVENT_KEY,
  });
  return {
    send: async (name, count) => {
      for (let sent = 0; sent < count; sent += BATCH) {
        await client.send(
          Array.from({ length: Math.min(BATCH, count - sent) }, (_, n) => ({ name, data: { n: sent + n } })),
        );
      }
    },
    sendOne: async (name, data) => {
      await client.send({ name, data });
    },
    onBegin: (listener) => app.on('message', listener),
    query,
    engineMemory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${engine.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    stop: async () => {
      engine.kill('SIGKILL');
      app.kill('SIGKILL');
      await pool.end();
      await postgres.stop();
    },
  };
}
