import { readFileSync } from 'node:fs';
import { describe, isAlive } from './process-identity.mjs';

const LOOK_EVERY_MS = 500;

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const parentOf = (pid) => Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
const isNpm = (pid) => /^npm\b/.test(read(`/proc/${pid}/cmdline`));

/**
 * Remembers the npm that launched this command: on a signal npm ends the shell between us and does not forward it.
 * It is kept in the environment, because this process may hand over to another Node.
 */
export function rememberLauncher() {
  if (!process.env.npm_lifecycle_event || process.env.PORTAL_LAUNCHER) return;
  const npm = [process.ppid, parentOf(process.ppid)].find(isNpm);
  if (npm) process.env.PORTAL_LAUNCHER = JSON.stringify(describe(npm));
}

/** Calls back once when that npm has ended. */
export function whenLauncherEnds(callback) {
  if (!process.env.PORTAL_LAUNCHER) return;
  const launcher = JSON.parse(process.env.PORTAL_LAUNCHER);
  delete process.env.PORTAL_LAUNCHER;
  const timer = setInterval(() => {
    if (isAlive(launcher)) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
}
