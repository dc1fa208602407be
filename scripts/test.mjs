#!/usr/bin/env node
/**
 * `npm test`: everything, the quick parts first. `npm test -- unit integration` runs parts,
 * `npm test -- integration money` the files of a part whose names hold a word.
 */
import './lib/testing/own-folder.mjs'; // first
import path from 'node:path';
import { bootstrap } from './lib/install.mjs';
import { sayFailure } from './lib/say.mjs';

await bootstrap();
// None of the operator's settings reach a test.
const { ownSettings } = await import('./lib/settings.mjs');
for (const name of ownSettings) delete process.env[name];
if (process.env.INTEROP_FIXTURES) process.env.INTEROP_FIXTURES = path.resolve(process.env.INTEROP_FIXTURES);
const { runSuite } = await import('./lib/testing/suite.mjs');
try {
  process.exit((await runSuite(process.argv.slice(2))) ? 0 : 1);
} catch (error) {
  sayFailure(error);
  process.exit(1);
}
