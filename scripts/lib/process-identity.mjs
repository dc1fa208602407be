import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What distinguishes a process from a later one with the same number: when it started.
 * Null when no such process runs.
 */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, startTime] = [fields[0], fields[19]];
      return state === 'Z' ? null : `${bootId()}:${startTime}`;
    } catch {
      return null;
    }
  }
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return started || null;
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** The note by which a process is recognised later. */
export const describe = (pid) => ({ pid, identity: identityOf(pid) });

/** Whether the process that a note describes still runs. */
export function isAlive(note) {
  return Boolean(note?.pid && note.identity && identityOf(note.pid) === note.identity);
}
