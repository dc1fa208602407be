import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '@/scripts/lib/ports.mjs';
import { program } from '@/scripts/lib/testing/programs.mjs';

/** A program in a process of its own, which can be killed and started again under the same address. */
export type Killable = {
  name: string;
  start: () => Promise<void>;
  kill: () => Promise<void>;
  /** The last it said, over all its lives. */
  said: () => string;
};

const LINES_KEPT = 60;

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Keeps a program's last words, and reads on, or the program would wait for its reader. */
export function hearOf(child: ChildProcess, lines: string[], onLine: (line: string) => void = () => {}): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      lines.splice(0, lines.length - LINES_KEPT);
      onLine(line);
    });
  }
}

export async function killed(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (isOver(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** A program that says `listening` once it is ready. */
export function killable(name: string, commandLine: string[], env: Record<string, string>): Killable {
  let child: ChildProcess | undefined;
  const lines: string[] = [];
  const [command = process.execPath, ...args] = commandLine;
  return {
    name,
    start: () =>
      new Promise((resolve, reject) => {
        const started = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
        child = started;
        started.on('exit', () => reject(new Error(`the ${name} ended before it listened: ${lines.join('\n')}`)));
        hearOf(started, lines, (line) => {
          if (line.includes('listening')) resolve();
        });
      }),
    kill: async () => {
      if (child) await killed(child);
    },
    said: () => lines.join('\n'),
  };
}

/** What a portal needs to speak to its engine at this port, in cloud mode: all is signed. */
export const engineKeys = (enginePort: number) => ({
  INNGEST_DEV: '0',
  INNGEST_SIGNING_KEY: 'signkey-test-'.concat('ab'.repeat(32)),
  INNGEST_EVENT_KEY: 'test-event-key',
  INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
});

/** The engine and the worker of one portal over the database that DATABASE_URL names; the worker has `settings` more. */
export async function portalProcesses(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<{ engine: Killable; worker: Killable }> {
  const [enginePort, workerPort] = [await freePort(), await freePort()];
  const shared = engineKeys(enginePort);
  const engine = {
    ...shared,
    ENGINE_DATABASE_URL: databaseUrl,
    ENGINE_PORT: String(enginePort),
    ENGINE_APP_URL: `http://127.0.0.1:${workerPort}/api/inngest`,
    ENGINE_SYNC_INTERVAL: '1s',
    // Longer than a worker takes to come back, so that one death costs a step one attempt.
    ENGINE_RETRY_INTERVAL: '5s',
    ENGINE_LOG_LEVEL: 'info',
  };
  return {
    engine: killable('engine', program('engine'), engine),
    worker: killable('worker', program('faults-worker'), { ...shared, ...settings, WORKER_PORT: String(workerPort) }),
  };
}
