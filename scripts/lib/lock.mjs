import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, isAlive } from './process-identity.mjs';

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function holderOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Moves the lock of a dead holder aside; another process may do the same at this moment, so what was moved is read again. */
function removeStale(file, seen) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (read(aside) !== seen) linkSync(aside, file);
  } catch {
    // Somebody else was faster; the next attempt sees their lock.
  }
  rmSync(aside, { force: true });
}

/**
 * Takes a lock file that names its holder by pid and start time, so that kill -9 leaves nothing to clean by hand.
 * @returns {{ release(): void } | { holder: { pid: number } }} the lock, or who holds it
 */
export function tryLock(file) {
  const mine = JSON.stringify(describe(process.pid));
  const draft = `${file}.${process.pid}`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    writeFileSync(draft, mine, { mode: 0o600 });
    try {
      linkSync(draft, file); // fails when it exists, and never shows half a file
      return { release: () => read(file) === mine && rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const seen = read(file);
    const holder = holderOf(seen);
    if (holder && isAlive(holder)) return { holder };
    if (seen !== null) removeStale(file, seen);
  }
  return { holder: holderOf(read(file)) ?? { pid: 0 } };
}

/** Does `work` while holding the lock, waiting for it as long as another process has it. */
export async function withLock(file, work) {
  for (;;) {
    const lock = tryLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    await sleep(500);
  }
}
