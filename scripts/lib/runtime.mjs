import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inData } from './paths.mjs';
import { isAlive } from './process-identity.mjs';

const file = () => inData('runtime.json');

/** Writes down the running instance for `npm run portal`, `bench` and `migrate`; it holds secrets. */
export function writeRuntime(runtime) {
  writeFileSync(file(), `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file(), 0o600);
}

export const removeRuntime = () => rmSync(file(), { force: true });

/**
 * The instance that runs on this data folder, or null.
 * @returns {null | { mode: 'start' | 'dev', url: string, environment: Record<string, string>, supervisor: object }}
 */
export function runningInstance() {
  try {
    const runtime = JSON.parse(readFileSync(file(), 'utf8'));
    return isAlive(runtime.supervisor) ? runtime : null;
  } catch {
    return null;
  }
}
