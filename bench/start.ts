// How long a person waits: `npm start` in a fresh clone with a warm package cache until the address is printed, and again.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { printFigure } from './report/figure';

const FIRST_LIMIT_SECONDS = 90;
const AGAIN_LIMIT_SECONDS = 5;
const READY = /Sapoche Portal is ready at (\S+)/;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A clone of what is committed here; the settings of an instance that runs here are not handed on. */
function clone(place: string): NodeJS.ProcessEnv {
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', '--depth=1', `file://${process.cwd()}`, place], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git clone: ${stderr}`);
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'npm_config_cache', 'npm_config_registry'];
  return { NODE_ENV: 'production', ...Object.fromEntries(kept.map((name) => [name, process.env[name]])) };
}

type Npm = ChildProcessByStdio<null, Readable, Readable>;

function untilReady(child: Npm): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (READY.test(said)) resolve();
      });
    }
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
}

async function measure(place: string, env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: place,
    env: { ...env, PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  const seconds = (performance.now() - begun) / 1000;
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.stdout.on('close', resolve));
  child.kill('SIGTERM');
  await ended;
  return seconds;
}

const place = path.join(mkdtempSync(path.join(tmpdir(), 'sapoche-bench-start-')), 'clone');
try {
  const env = clone(place);
  spawnSync('chmod', ['755', path.dirname(place)]);
  const first = await measure(place, env);
  printFigure({ bench: 'start', figure: 'fresh clone', value: first, unit: 's', limit: FIRST_LIMIT_SECONDS });
  const again = await measure(place, env);
  printFigure({ bench: 'start', figure: 'again', value: again, unit: 's', limit: AGAIN_LIMIT_SECONDS });
} finally {
  rmSync(path.dirname(place), { recursive: true, force: true });
}
