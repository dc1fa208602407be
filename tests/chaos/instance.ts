import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { inData, inRoot } from '@/scripts/lib/paths.mjs';
import { pause, until } from '../faults/deadlines';

const START_WITHIN_MS = 15 * 60_000;
const STOP_WITHIN_MS = 60_000;
const LINES_KEPT = 12;

type Runtime = { url: string; services: Record<string, number | null>; environment: Record<string, string> };

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Signals a service and all that it started, which share its group. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Dead already, which is what was wanted.
  }
}

/** A portal started by `npm start` in a folder of its own: the supervisor is our child, the services are its. */
export class Instance {
  #supervisor: ChildProcess | undefined;
  #pool: pg.Pool | undefined;
  readonly #say: (what: string) => void;
  /** Supervisors that ended unexpectedly. */
  ended = 0;

  constructor(say: (what: string) => void) {
    this.#say = say;
  }

  /** Starts the supervisor and waits until all is up; answers whether it is. */
  async start(): Promise<boolean> {
    mkdirSync(inData('logs'), { recursive: true, mode: 0o700 });
    const log = createWriteStream(inData('logs', 'supervisor.log'), { flags: 'a', mode: 0o600 });
    const { PORTAL_LAUNCHER: _, ...env } = process.env;
    const child = spawn(process.execPath, [inRoot('scripts/start.mjs')], {
      env: { ...env, PORTAL_BOOTSTRAPPED: '1' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#supervisor = child;
    let isReady = false;
    let last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        log.write(text);
        last = [...last, ...String(text).split('\n')].filter((line) => line.trim()).slice(-LINES_KEPT);
        if (String(text).includes('is ready at')) isReady = true;
      });
    }
    child.on('exit', (code) => {
      if (code === null || code === 0 || this.#supervisor !== child) return;
      this.ended += 1;
      this.#say(`the supervisor ended by itself (exit code ${code})`);
      child.once('close', () => last.forEach((line) => void this.#say(`  | ${line}`)));
    });
    await until(async () => isReady || isOver(child), START_WITHIN_MS);
    return isReady;
  }

  /** Starts it again where the supervisor is gone, until it is up. */
  async ensureUp(): Promise<void> {
    while (!this.#supervisor || isOver(this.#supervisor)) {
      if (await this.start()) return;
      await pause(2_000);
    }
  }

  get runtime(): Runtime {
    return JSON.parse(readFileSync(inData('runtime.json'), 'utf8'));
  }

  /** The names of what the supervisor keeps running. */
  get services(): string[] {
    return Object.keys(this.runtime.services);
  }

  signal(service: string, signal: NodeJS.Signals): void {
    const pid = this.runtime.services[service];
    if (pid) signalGroup(pid, signal);
  }

  /** The supervisor alone; what it started lives on until the next one clears it up. */
  async killSupervisor(): Promise<void> {
    const child = this.#supervisor;
    if (!child || isOver(child)) return;
    this.#supervisor = undefined;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** A power cut, as near as one machine comes to it. */
  async killAll(): Promise<void> {
    const { services } = this.runtime;
    await this.killSupervisor();
    for (const pid of Object.values(services)) if (pid) signalGroup(pid, 'SIGKILL');
  }

  #connect(): pg.Pool {
    const connectionString = this.runtime.environment.MIGRATION_DATABASE_URL;
    const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 5_000 });
    pool.on('error', () => {});
    pool.on('connect', (client) => void client.on('error', () => {}));
    return pool;
  }

  /** Rows by the owner's own connection. */
  async ask<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    this.#pool ??= this.#connect();
    return (await this.#pool.query<Row>(text, values)).rows;
  }

  /** As `ask`, by the superuser of the embedded server: sessions of all roles. */
  async asSuperuser<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { postgresPassword } = JSON.parse(readFileSync(inData('secrets.json'), 'utf8')) as {
      postgresPassword: string;
    };
    const address = new URL(this.runtime.environment.MIGRATION_DATABASE_URL ?? '');
    address.username = 'postgres';
    address.password = postgresPassword;
    const client = new pg.Client({ connectionString: address.toString(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async stop(): Promise<void> {
    await this.#pool?.end().catch(() => {});
    const child = this.#supervisor;
    if (!child || isOver(child)) return;
    this.#supervisor = undefined;
    child.kill('SIGTERM');
    if (await until(async () => isOver(child), STOP_WITHIN_MS)) return;
    child.kill('SIGKILL');
  }
}
