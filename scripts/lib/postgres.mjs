import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { waitForDiskSpace } from './disk-space.mjs';
import { postgresOwner, postgresPlaces } from './postgres-files.mjs';
import { clearLeftover } from './postgres-leftover.mjs';
import { Refusal } from './say.mjs';
import { Service } from './service.mjs';

export const SUPERUSER = 'postgres';

/** A start writes: two segments of the log, its end, its statistics. With less it would die again at once. */
const FREE_BYTES = 40 * 1024 * 1024;

/** For two cores and a few gigabytes. Statements and row contents stay out of the log: they name patients. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  reserved_connections: '5', // for the owner, beside the three of the superuser: see the roles in database.mjs
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  dynamic_shared_memory_type: 'mmap', // containers give /dev/shm 64 MB
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** For tests, whose data nobody misses after a power cut. */
const carelessSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

function initialise({ native, data, owner, password, careless }) {
  if (existsSync(path.join(data, 'PG_VERSION'))) return false;
  const draft = `${data}.new`; // renamed when whole, so that an interrupted initdb is begun again
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(path.join(tmpdir(), 'sapoche-initdb-'));
  const passwordFile = path.join(scratch, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined)
    for (const place of [draft, scratch, passwordFile]) chownSync(place, owner.uid, owner.gid);
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The database's own locale: the same order and case rules on every machine.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(careless ? ['--no-sync'] : []),
  ];
  const { status, stderr } = spawnSync(path.join(native, 'bin/initdb'), args, {
    ...owner,
    cwd: scratch,
    encoding: 'utf8',
  });
  rmSync(scratch, { recursive: true, force: true });
  if (status !== 0)
    throw new Refusal(`PostgreSQL could not lay out ${data}: ${String(stderr).trim().split('\n').at(-1)}`);
  renameSync(draft, data);
  return true;
}

function refuseForeignOwner(data) {
  if (!existsSync(data) || !process.getuid || process.getuid() === 0) return;
  if (statSync(data).uid !== process.getuid()) {
    throw new Refusal(`${data} belongs to another user: start as that user, not as ${userInfo().username}.`);
  }
}

/** How the superuser reaches a server of ours. */
export const superuser = (port, password, database = 'postgres') => ({
  host: '127.0.0.1',
  port,
  user: SUPERUSER,
  password,
  database,
});

async function answers(connection, data) {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error.code === '28P01') {
      throw new Refusal(
        `The database in ${data} does not know the password in secrets.json: restore that file, or remove the database.`,
      );
    }
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * An embedded PostgreSQL in `directory`, listening on the loopback address alone. What an earlier run left there is cleared.
 * @param {{ directory: string, choosePort: () => Promise<number>, password: string, careless?: boolean, stateDir?: string }} options
 * @returns {Promise<{ service: Service, port: number, fresh: boolean, data: string }>} the service, not yet started, whether the
 *   database was laid out just now, and where
 */
export async function preparePostgres({ directory, choosePort, password, careless = false, stateDir }) {
  const { native, data } = postgresPlaces(directory);
  refuseForeignOwner(data);
  const owner = postgresOwner(data);
  const fresh = initialise({ native, data, owner, password, careless });
  await clearLeftover(data); // before a port is chosen: a server that was left behind still has it
  const port = await choosePort();
  const flags = Object.entries({ ...settings, ...(careless ? carelessSettings : {}) });
  const service = new Service({
    name: 'postgres',
    command: path.join(native, 'bin/postgres'),
    args: ['-D', data, '-p', String(port), ...flags.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    owner,
    before: async (isWanted) => {
      await waitForDiskSpace({ name: 'database', place: data, needed: FREE_BYTES }, isWanted);
      await clearLeftover(data);
    },
    isReady: () => answers(superuser(port, password), data),
    stopWith: (pid) => process.kill(pid, 'SIGINT'), // fast shutdown
    stopWithinMs: 20_000,
    // What a start or an end says to its sessions is FATAL too; tests end many.
    warnings: careless ? /\bPANIC\b/ : /\bPANIC\b|\bFATAL:(?! *(terminating connection|the database system is))/,
    ...(stateDir ? { stateDir } : {}),
  });
  return { service, port, fresh, data };
}
