import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Inngest } from 'inngest';
import pg from 'pg';
import { newId } from '../../inngest/engine/protocol/ids';
import { engineFlags, fromSource } from '../../scripts/lib/commands.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { runningInstance } from '../../scripts/lib/runtime.mjs';
import { startScratchPostgres } from '../../scripts/lib/scratch-postgres.mjs';

type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

interface Begun {
  n: number;
  at: number;
}

/** A server, an app and a sender on this machine. Of our own engine, with a durable PostgreSQL, as the portal runs them. */
export interface Fixture {
  send: (name: string, count: number) => Promise<void>;
  sendOne: (name: string, data: Record<string, unknown>) => Promise<void>;
  /** Sends, and answers how many seconds it took until so many runs were over. */
  endOf: (count: number, send: () => Promise<void>) => Promise<number>;
  /** Called with what the app says of a function that began. */
  onBegin: (listener: (begun: Begun) => void) => void;
  /** What only the embedded engine shows: its tables, and its resident memory in MB. */
  inside: { query: Query; memory: () => number } | undefined;
  stop: () => Promise<void>;
}

const BATCH = 100;
const READY_WITHIN_MS = 30_000;

/** Settings of an instance that happens to run here are not those of a fixture of our own. */
const ofAnInstance = (name: string): boolean => /^(INNGEST|ENGINE|WORKER)_/.test(name);

function start(entry: string, env: Record<string, string>, flags: string[] = []): ChildProcess {
  const [program = process.execPath, ...args] = fromSource(entry);
  const around = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofAnInstance(name)));
  const child = spawn(program, [...flags, ...args], {
    env: { ...around, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  process.on('exit', () => child.kill('SIGKILL')); // also where the fixture never came to stand
  return child;
}

async function heard(child: ChildProcess, word: string): Promise<void> {
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes(word)) break;
  child.stdout?.resume();
}

async function until(look: () => Promise<boolean>): Promise<void> {
  const deadlineAt = Date.now() + READY_WITHIN_MS;
  while (!(await look())) {
    if (Date.now() > deadlineAt) throw new Error('the engine never heard of the app');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Another server, where the operator names one: not the engine of an instance that happens to run here. */
function namedServer(): string | undefined {
  const { INNGEST_BASE_URL: named } = process.env;
  return named && named !== runningInstance()?.environment?.INNGEST_BASE_URL ? named : undefined;
}

type Keys = Record<'INNGEST_DEV' | 'INNGEST_BASE_URL' | 'INNGEST_SIGNING_KEY' | 'INNGEST_EVENT_KEY', string>;

function sending(keys: Keys): Pick<Fixture, 'send' | 'sendOne'> {
  const client = new Inngest({
    id: 'sender',
    isDev: keys.INNGEST_DEV !== '0',
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
  };
}

const isBegun = (said: unknown): said is Begun => typeof said === 'object' && said !== null && 'n' in said;
const isEnd = (said: unknown): boolean => typeof said === 'object' && said !== null && 'ended' in said;

/** Seconds from now to the end of so many runs, as the app sees it. */
function endsSeenBy(app: ChildProcess): Fixture['endOf'] {
  return async (count, send) => {
    const begin = performance.now();
    const all = new Promise<number>((resolve) => {
      let left = count;
      const listen = (said: unknown) => {
        if (!isEnd(said) || --left > 0) return;
        app.off('message', listen);
        resolve((performance.now() - begin) / 1_000);
      };
      app.on('message', listen);
    });
    await send();
    return all;
  };
}

/** The same by the database's clock, to the moment at which the last run was over. */
function endsIn(query: Query): Fixture['endOf'] {
  return async (count, send) => {
    const [begin] = await query<{ at: Date }>('SELECT clock_timestamp() AS at');
    const first = newId(Date.now() - 1);
    await send();
    for (;;) {
      const [state] = await query<{ n: number; seconds: number }>(
        `SELECT count(*)::integer AS n, extract(epoch FROM max(ended_at) - $1)::float8 AS seconds
         FROM runs WHERE id > $2 AND ended_at IS NOT NULL`,
        [begin?.at, first],
      );
      if (state && state.n >= count) return state.seconds;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
}

/** A server that INNGEST_BASE_URL names, with its keys beside it: only what any server has is asked of it. */
async function fixtureAt(url: string): Promise<Fixture> {
  const { INNGEST_DEV = '0', INNGEST_SIGNING_KEY = '', INNGEST_EVENT_KEY = '' } = process.env;
  const keys: Keys = { INNGEST_DEV, INNGEST_BASE_URL: url, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY };
  const appPort = await freePort();
  const app = start('bench/engine/app.ts', { ...keys, APP_PORT: String(appPort) });
  await once(app, 'message');
  const sync = await fetch(`http://127.0.0.1:${appPort}/api/inngest`, { method: 'PUT' });
  if (!sync.ok) throw new Error(`the server at ${url} does not take the app: ${await sync.text()}`);
  return {
    ...sending(keys),
    endOf: endsSeenBy(app),
    onBegin: (listener) => app.on('message', (said) => isBegun(said) && listener(said)),
    inside: undefined,
    stop: async () => {
      app.kill('SIGKILL');
    },
  };
}

async function ownFixture(): Promise<Fixture> {
  const postgres = await startScratchPostgres({ careless: false });
  const pool = new pg.Pool({ connectionString: postgres.url(), max: 2, options: '-c search_path=inngest_engine' });
  pool.on('error', () => undefined); // the server goes before its last connection is closed
  const [enginePort, appPort] = [await freePort(), await freePort()];
  const keys: Keys = {
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
  const query: Query = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;
  await until(async () => (await query('SELECT 1 FROM functions')).length > 0);
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${engine.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
  return {
    ...sending(keys),
    endOf: endsIn(query),
    onBegin: (listener) => app.on('message', (said) => isBegun(said) && listener(said)),
    inside: { query, memory },
    stop: async () => {
      engine.kill('SIGKILL');
      app.kill('SIGKILL');
      await pool.end();
      await postgres.stop();
    },
  };
}

/** The embedded engine over a database of its own, or the server that INNGEST_BASE_URL names. */
export function createFixture(): Promise<Fixture> {
  const named = namedServer();
  return named ? fixtureAt(named) : ownFixture();
}
