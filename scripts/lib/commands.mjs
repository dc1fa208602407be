import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

export const fromSource = (entry) => [
  process.execPath,
  '--import',
  pathToFileURL(inRoot('scripts/lib/empty-server-only.mjs')).href,
  '--import',
  'tsx',
  inRoot(entry),
];

/**
 * The engine lives long and keeps little: a small young generation holds its memory the same however long the queue is, where
 * the default would let it grow to several times of what is in use.
 */
export const engineFlags = ['--max-semi-space-size=4'];

/** What a peak load leaves behind in the young generation is freed early: the heap of a busy process stays near what it uses. */
const longLivedFlags = ['--max-semi-space-size=16', '--max-old-space-size=768'];

/** How each program is run: as bundled, or in development from its sources. */
export const programs = {
  start: {
    portal: ({ DIST_DIR }) => [process.execPath, '--enable-source-maps', inRoot(DIST_DIR, 'portal.mjs')],
    engine: ({ DIST_DIR }) => [
      process.execPath,
      ...engineFlags,
      '--enable-source-maps',
      inRoot(DIST_DIR, 'engine.mjs'),
    ],
    web: ({ DIST_DIR }) => [process.execPath, ...longLivedFlags, '--enable-source-maps', inRoot(DIST_DIR, 'web.mjs')],
    worker: ({ DIST_DIR }) => [
      process.execPath,
      ...longLivedFlags,
      '--enable-source-maps',
      inRoot(DIST_DIR, 'worker.mjs'),
    ],
  },
  dev: {
    portal: () => fromSource('server/cli/main.ts'),
    engine: () => fromSource('inngest/engine/main.ts'),
    web: () => fromSource('server/front/main.ts'),
  },
};
