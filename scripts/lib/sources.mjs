import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';

const folders = ['app', 'components', 'server', 'inngest', 'i18n', 'public', 'prisma/schema'];
const notBuilt =
  /(^|\/)(vitest|playwright|knip|prisma)\.config|(^|\/)(biome|knip|package)\.json$|\.test\.tsx?$|^next-env\.d\.ts$/;
const builtFromRoot = /\.(ts|mts|mjs|js|json)$/;

function filesIn(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function builtFiles() {
  const top = readdirSync(root).filter((name) => builtFromRoot.test(name) && statSync(inRoot(name)).isFile());
  return [...top, ...folders.flatMap(filesIn)].filter((file) => !notBuilt.test(file)).sort();
}

/** One hash over all that a build is made of, its public settings included. */
export function hashSources(extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of builtFiles()) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'));
  return hash.update(JSON.stringify(settings.sort())).digest('hex');
}

/** One hash over the files of a folder. */
export function hashFolder(folder) {
  const hash = createHash('sha256');
  for (const file of filesIn(folder).sort()) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  return hash.digest('hex');
}
