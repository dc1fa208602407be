import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromSource } from '@/scripts/lib/commands.mjs';
import { root } from '@/scripts/lib/paths.mjs';
import { freePort } from '@/scripts/lib/ports.mjs';

/** A program in a process of its own, which can be killed and started again under the same address. */
export type Killable = { name: string; start: () => Promise<void>; kill: () => Promise<void> };

/** Waits for the program's own word; whatever it said instead is in the error. */
async function listening(child: ChildProcess, name: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    if (!said.includes('listening')) continue;
    // Read on to nowhere, or the program waits for its reader.
    child.stdout?.resume();
    return;
  }
  throw new Error(`the ${name} ended before it listened: ${said.slice(-2_000)}`);
}

function killable(name: string, entry: string, env: Record<string, string>): Killable {
  let child: ChildProcess | undefined;
  return {
    name,
    start: async () => {
      const [command = process.execPath, ...args] = fromSource(entry);
      child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
      await listening(child, name);
    },
    kill: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const WORKER = path.relative(root, fileURLToPath(new URL('./worker.ts', import.meta.url)));

/** The engine and the worker of one portal over the database that DATABASE_URL names. */
export async function portalProcesses(databaseUrl: string): Promise<{ engine: Killable; worker: Killable }> {
  const [enginePort, workerPort] = [await freePort(), await freePort()];
  const shared = {
    INNGEST_DEV: '0',
    INNGEST_SIGNING_KEY: 'signkey-test-'.concat('ab'.repeat(32)),
    INNGEST_EVENT_KEY: 'test-event-key',
    INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
  };
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
    engine: killable('engine', 'inngest/engine/main.ts', engine),
    worker: killable('worker', WORKER, { ...shared, WORKER_PORT: String(workerPort) }),
  };
}
