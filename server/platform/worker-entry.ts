import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the code of a worker thread is: the bundle `dist/workers/<name>.mjs` in production, its TypeScript source, run
 * through tsx, everywhere else, so that development and tests never meet a bundle that is older than the sources.
 */
export function workerEntry(name: string, source: string): { file: string; execArgv: string[] } {
  const bundle = join(process.cwd(), 'dist', 'workers', `${name}.mjs`);
  const file = join(process.cwd(), source);
  const bundled = { file: bundle, execArgv: [] };
  const direct = { file, execArgv: ['--import', 'tsx'] };
  if (process.env.NODE_ENV === 'production') return existsSync(bundle) ? bundled : direct;
  return existsSync(file) ? direct : bundled;
}
