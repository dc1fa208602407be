import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './process-identity.mjs';
import { Refusal } from './say.mjs';

const GOES_BY_ITSELF_MS = 5000;

/** A PostgreSQL process stands in its data directory: that is the proof that it is this database's and no other. */
function servesDirectory(pid, data) {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return Boolean(stdout?.includes('postgres') && stdout.includes(data));
}

function processesOf(data) {
  if (process.platform !== 'linux') return [];
  const isPostgres = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isPostgres(pid) && servesDirectory(pid, data));
}

async function waitForEnd(isGone, ms) {
  const until = Date.now() + ms;
  while (!isGone() && Date.now() < until) await sleep(50);
  return isGone();
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code === 'EPERM') {
      throw new Refusal(
        `PostgreSQL (process ${pid}) of this data folder runs as another user: stop it as that user first.`,
      );
    }
  }
}

function postmasterPid(data) {
  try {
    return Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

/**
 * Clears what a killed supervisor or a killed server left in a data directory: a server that still runs is stopped,
 * its orphaned workers are waited for, and a pid file whose number belongs to a stranger by now is removed
 * (PostgreSQL itself would take the stranger for a running server).
 */
export async function clearLeftover(data) {
  const pid = postmasterPid(data);
  if (pid && identityOf(pid) && servesDirectory(pid, data)) {
    signal(pid, 'SIGINT'); // fast shutdown: sessions are rolled back, everything committed is kept
    if (!(await waitForEnd(() => identityOf(pid) === null, 20_000))) signal(pid, 'SIGQUIT');
  } else if (pid) {
    rmSync(path.join(data, 'postmaster.pid'), { force: true });
  }
  if (await waitForEnd(() => processesOf(data).length === 0, GOES_BY_ITSELF_MS)) return;
  for (const orphan of processesOf(data)) signal(orphan, 'SIGQUIT');
  await waitForEnd(() => processesOf(data).length === 0, GOES_BY_ITSELF_MS);
}
