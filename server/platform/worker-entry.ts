import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './env';

/**
 * Where the code of a worker process is: the bundle `workers/<name>.mjs` of the build where that is in use, its TypeScript source,
 * run through tsx, everywhere else, so that development never meets a bundle that is older than the sources.
 */
export function workerEntry(name: string, source: string): { file: string; execArgv: string[] } {
  const bundle = join(process.cwd(), build.folder, 'workers', `${name}.mjs`);
  const file = join(process.cwd(), source);
  const bundled = { file: bundle, execArgv: [] };
  const direct = { file, execArgv: ['--import', 'tsx'] };
  if (build.inUse) return existsSync(bundle) ? bundled : direct;
  return existsSync(file) ? direct : bundled;
}
