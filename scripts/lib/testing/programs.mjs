import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundle, entries } from '../build.mjs';
import { fromSource } from '../commands.mjs';
import { dataDir, inRoot } from '../paths.mjs';

/** Programs that only tests start. */
const ofTests = { 'faults-worker': 'tests/faults/worker.ts', 'faults-checker': 'tests/faults/checker.ts' };

/**
 * Bundles what tests start as processes of their own, as a build does: they start hundreds (one for each sheet that is read), and
 * from sources each would translate them first. Made again for every run, so that no bundle is older than the sources; in the tree,
 * where its packages are found.
 * @returns {Promise<{ settings: { DIST_DIR: string }, stop(): void }>} `settings` are for what uses the bundles
 */
export async function bundlePrograms() {
  const DIST_DIR = `dist-${path.basename(dataDir)}`;
  const stop = () => rmSync(inRoot(DIST_DIR), { recursive: true, force: true });
  try {
    await bundle(DIST_DIR, ofTests);
  } catch (error) {
    stop();
    throw error;
  }
  return { settings: { DIST_DIR }, stop };
}

/** The command line of a program: as bundled, or from its sources where tests run without the suite. */
export const program = (name) =>
  process.env.DIST_DIR
    ? [process.execPath, '--enable-source-maps', inRoot(process.env.DIST_DIR, `${name}.mjs`)]
    : fromSource({ ...entries, ...ofTests }[name]);
