import { existsSync, writeFileSync } from 'node:fs';
import { bin, inRoot } from '../paths.mjs';
import { run } from '../run.mjs';

/** One command that either passes or fails, counted as one test. */
async function check(command, args, env = process.env) {
  const { code, output } = await run(command, args, { env });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

const node = (program, ...args) => check(process.execPath, [program, ...args]);

export const format = () => check(bin('biome'), ['check', '--colors=off', '.']);
export const deadCode = () => node(inRoot('node_modules/knip/bin/knip.js'), '--no-progress', '--no-config-hints');

/** A fresh clone has no next-env.d.ts, which a build writes; without it the types of styles and images are missing. */
export async function types() {
  const file = inRoot('next-env.d.ts');
  const references = ['next', 'next/image-types/global'].map((name) => `/// <reference types="${name}" />\n`);
  if (!existsSync(file)) writeFileSync(file, references.join(''));
  return node(inRoot('node_modules/typescript/bin/tsc'), '--noEmit', '-p', inRoot('tsconfig.json'));
}

/** Whether the migrations lead to exactly prisma/schema. @param {string} url a migrated database, as superuser */
export const migrations = (url) =>
  check(process.execPath, [inRoot('scripts/migrate.mjs'), 'check'], { ...process.env, MIGRATION_DATABASE_URL: url });
