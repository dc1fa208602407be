import { bin, inRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { testBuild } from './test-build.mjs';

/** One command that either passes or fails, counted as one test. */
async function check(command, args, env = process.env) {
  const { code, output } = await run(command, args, { env });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

const node = (program, ...args) => check(process.execPath, [program, ...args]);

export const format = () => check(bin('biome'), ['check', '--colors=off', '.']);
export const deadCode = () => node(inRoot('node_modules/knip/bin/knip.js'), '--no-progress', '--no-config-hints');

/** The types of routes are written again first, beside the test build: those of an older build speak of pages that are gone. */
export async function types() {
  const next = inRoot('node_modules/next/dist/bin/next');
  const routes = await check(process.execPath, [next, 'typegen'], { ...process.env, ...testBuild });
  if (routes.failed > 0) return routes;
  return node(inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot('tsconfig.test.json'));
}

/** Whether the migrations lead to exactly prisma/schema. @param {string} url a migrated database, as superuser */
export const migrations = (url) =>
  check(process.execPath, [inRoot('scripts/migrate.mjs'), 'check'], { ...process.env, MIGRATION_DATABASE_URL: url });
