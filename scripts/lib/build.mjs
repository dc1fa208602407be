import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressStatic } from './compress-static.mjs';
import { inData, inRoot } from './paths.mjs';
import { mustRun } from './run.mjs';
import { Refusal } from './say.mjs';
import { hashSources } from './sources.mjs';

/** What plain Node runs beside the web, by the name of its bundle. */
export const entries = {
  engine: 'inngest/engine/main.ts',
  portal: 'server/cli/main.ts',
  web: 'server/front/main.ts',
  worker: 'server/worker/main.ts',
};

/** `server/pdf/worker.ts` becomes `workers/pdf.mjs`, `server/…/parse.worker.ts` becomes `workers/parse.mjs`. */
function workerEntries() {
  return Object.fromEntries(
    readdirSync(inRoot('server'), { recursive: true })
      .filter((file) => /(^|[/.])worker\.tsx?$/.test(file))
      .map((file) => {
        const base = path.basename(file).replace(/(\.worker)?\.tsx?$/, '');
        const name = base === 'worker' ? path.basename(path.dirname(file)) : base;
        return [`workers/${name}`, path.join('server', file)];
      }),
  );
}

/** `server-only` throws outside of a React server; here it stands for nothing. */
const emptyServerOnly = {
  name: 'empty-server-only',
  setup(build) {
    build.onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** Bundles what plain Node runs beside the web: the engine, the command line, the processes that read and draw; and what is named besides. */
export async function bundle(outdir, more = {}) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: { ...entries, ...workerEntries(), ...more },
    absWorkingDir: inRoot(),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    sourcemap: true,
    logLevel: 'error',
    plugins: [emptyServerOnly],
  }).catch((error) => {
    throw new Refusal(`The build failed: ${error.message}`);
  });
}

const marker = (environment) => inRoot(environment.NEXT_DIST_DIR, 'portal-build-hash');

/** Whether the build that `environment` names is of the sources as they are now. */
export function isBuilt(environment, hash = hashSources()) {
  const file = marker(environment);
  return (
    existsSync(file) && readFileSync(file, 'utf8') === hash && existsSync(inRoot(environment.DIST_DIR, 'portal.mjs'))
  );
}

/** Builds the web and the bundles, when the sources have changed since the last time. */
export async function ensureBuild(environment) {
  const hash = hashSources();
  if (isBuilt(environment, hash)) return 'up to date';
  rmSync(marker(environment), { force: true });
  mkdirSync(inData('logs'), { recursive: true, mode: 0o700 });
  rmSync(inRoot(environment.DIST_DIR), { recursive: true, force: true });
  await bundle(environment.DIST_DIR);
  await mustRun('The build', process.execPath, [inRoot('node_modules/next/dist/bin/next'), 'build'], {
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
    log: inData('logs', 'build.log'),
  });
  await compressStatic(inRoot(environment.NEXT_DIST_DIR));
  // The hash of what was read at the beginning: sources that changed meanwhile are built again next time.
  writeFileSync(marker(environment), hash);
  return 'built';
}
