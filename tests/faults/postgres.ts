import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@/scripts/lib/ports.mjs';
import { preparePostgres } from '@/scripts/lib/postgres.mjs';
import { until } from './deadlines';
import { hearOf, type Killable, killed } from './processes';

const PASSWORD = 'scratch';
const DEADLINE_MS = 30_000;

/** How a server dies: all at once as in a power cut, by an immediate shutdown, or by the death of one session, after which it starts again by itself. */
export type Death = 'all' | 'immediate' | 'session';

export type CrashablePostgres = Killable & {
  url: string;
  die: (death: Death) => Promise<void>;
  /** Starts it with more settings, without waiting until it answers. */
  spawn: (settings?: Record<string, string>) => Promise<void>;
  /** Sends the postmaster a signal. */
  signal: (signal: NodeJS.Signals) => void;
  /** Sends the postmaster and all its sessions a signal. */
  signalAll: (signal: NodeJS.Signals) => void;
  data: string;
  remove: () => Promise<void>;
};

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

/** Sessions and other workers of the server; one that has just ended by itself is as dead as the others. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-crash-'));
  chmodSync(folder, 0o755); // the account that PostgreSQL runs as has to get in
  return folder;
}

/**
 * A PostgreSQL as in production, fsync and all, in a folder of its own or in the one given. `choose` picks how it dies when it is
 * killed.
 */
export async function crashablePostgres(
  choose: (deaths: Death[]) => Death,
  folder = ownFolder(),
): Promise<CrashablePostgres> {
  const directory = path.join(folder, 'data');
  const prepared = await preparePostgres({ directory, choosePort: freePort, password: PASSWORD, stateDir: folder });
  const { command, args, env, owner, before, isReady } = prepared.service.options;
  let server: ChildProcess | undefined;
  const lines: string[] = [];
  const isRunning = () => server && server.exitCode === null && server.signalCode === null;
  const spawnServer = async (settings: Record<string, string> = {}) => {
    if (isRunning()) return;
    await before?.(() => true);
    const more = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    server = spawn(command, [...args, ...more], { env, stdio: ['ignore', 'pipe', 'pipe'], ...owner });
    hearOf(server, lines);
  };
  const die = async (death: Death) => {
    if (!server?.pid || !isRunning()) return;
    const children = childrenOf(server.pid);
    if (death === 'session') return killProcess(children.at(-1) ?? server.pid);
    if (death === 'immediate') return killed(server, 'SIGQUIT');
    const gone = killed(server);
    for (const pid of children) killProcess(pid);
    await gone;
  };
  return {
    name: 'PostgreSQL',
    url: `postgresql://postgres:${PASSWORD}@127.0.0.1:${prepared.port}/postgres`,
    data: args[args.indexOf('-D') + 1] ?? directory,
    start: async () => {
      await spawnServer();
      if (!(await until(isReady, DEADLINE_MS))) throw new Error(`PostgreSQL did not come up: ${lines.join('\n')}`);
    },
    kill: () => die(choose(['all', 'immediate', 'session'])),
    die,
    spawn: spawnServer,
    signal: (signal) => server?.kill(signal),
    signalAll: (signal) => {
      for (const pid of server?.pid ? [server.pid, ...childrenOf(server.pid)] : []) process.kill(pid, signal);
    },
    said: () => lines.join('\n'),
    remove: async () => {
      await die('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
