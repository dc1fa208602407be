// Built-ins only: this runs before anything is installed, on any Node from 20.19.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { rememberLauncher } from './launcher.mjs';
import { withLock } from './lock.mjs';
import { bin, inRoot, root } from './paths.mjs';
import { Refusal, sayFailure, stage } from './say.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function atLeast(major, minor) {
  const [ourMajor = 0, ourMinor = 0] = process.versions.node.split('.').map(Number);
  return ourMajor > major || (ourMajor === major && ourMinor >= minor);
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install is never taken for a whole one. */
function isInstalled() {
  const written = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const present = readJson(written).packages;
  const wanted = Object.entries(readJson(inRoot('package-lock.json')).packages).filter(([place]) => place !== '');
  return wanted.every(([place, { version, optional, peer, link, extraneous }]) => {
    if (link || extraneous) return true;
    const found = present[place];
    return found ? found.version === version : Boolean(optional || peer);
  });
}

function npmCi(flags, errors) {
  // NODE_ENV=production would leave out what the build needs.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...flags];
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', errors] });
  if (error) throw new Refusal(`npm could not be run: ${error.message}`);
  return status === 0;
}

/** The package cache is believed first, which is three times as fast; where it is too old, the registry is asked. */
function install() {
  if (npmCi(['--prefer-offline'], 'ignore') || npmCi([], 'inherit')) return;
  throw new Refusal('npm ci failed; its messages are above.');
}

/** Installs what package-lock.json asks for, when it is missing or outdated. */
export async function ensureInstalled() {
  if (isInstalled()) return 'up to date';
  mkdirSync(inRoot('.data'), { recursive: true });
  return withLock(inRoot('.data', 'install.lock'), () => {
    if (isInstalled()) return 'installed meanwhile';
    install();
    return 'installed';
  });
}

/** The Node that the project brings along, or null where it has none for this platform. */
function ownNode() {
  const own = bin('node');
  if (!existsSync(own)) return null;
  return spawnSync(own, ['--version']).status === 0 ? own : null;
}

function handOver(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: process.env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to both of us; sending it twice does no harm.
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Makes sure that dependencies are there and that the rest runs on the project's own Node.
 * Returns once this process is that Node; otherwise it hands over and ends with the other's exit code.
 */
export async function bootstrap({ silent = false } = {}) {
  try {
    if (!atLeast(20, 19)) throw new Refusal(`Node 20.19 or newer is needed; this is ${process.version}.`);
    if (process.env.PORTAL_BOOTSTRAPPED) return;
    rememberLauncher();
    if (!silent) await stage('dependencies', ensureInstalled);
    process.env.PORTAL_BOOTSTRAPPED = '1';
    const own = ownNode();
    if (!silent) await stage('runtime', () => `Node ${own ? 'of the project' : process.versions.node}`);
    if (own && realpathSync(own) !== realpathSync(process.execPath)) process.exit(await handOver(own));
    if (!own && !atLeast(22, 12)) {
      const place = `${process.platform}-${process.arch}`;
      throw new Refusal(
        `On ${place} the project brings no Node along: install 22.12 or newer; this is ${process.version}.`,
      );
    }
  } catch (error) {
    sayFailure(error);
    process.exit(1);
  }
}
