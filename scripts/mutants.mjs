#!/usr/bin/env node
/**
 * `npm run mutants -- --sample 300 --seed 1 --only <part of a path> --at-least 85`: small faults are made one at a time in copies of the
 * tree, and the tests that run what was changed must fail. `--planted` makes the faults that were planted once by name instead.
 * `--minutes` ends it early with what was tried; `--again` tries what survived the last time; `--at-once` says in how many copies of the
 * tree. Exits 1 when fewer were noticed than asked for.
 */
import './lib/testing/own-folder.mjs'; // first
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootstrap } from './lib/install.mjs';

await bootstrap();
const { ownSettings } = await import('./lib/settings.mjs');
const { Refusal, sayFailure } = await import('./lib/say.mjs');
for (const name of ownSettings) delete process.env[name];

const options = {
  sample: { type: 'string', default: '300' },
  seed: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '600' },
  only: { type: 'string', default: '' },
  'at-least': { type: 'string', default: '85' },
  'at-once': { type: 'string', default: '2' },
  planted: { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
};

function readOptions() {
  const { values } = parseArgs({ options });
  for (const name of ['sample', 'seed', 'minutes', 'at-least', 'at-once']) {
    if (!(Number(values[name]) >= 0)) throw new Refusal(`--${name} takes a number.`);
  }
  const { sample, seed, minutes, only, planted, again } = values;
  const numbers = { sample: Number(sample), seed: Number(seed), minutes: Number(minutes) };
  const bounds = { atLeast: Number(values['at-least']), atOnce: Number(values['at-once']) };
  return { ...numbers, ...bounds, only, planted, again };
}

let enough = false;
try {
  const { runMutants } = await import('./lib/mutants/run.mjs');
  enough = await runMutants(readOptions());
} catch (error) {
  sayFailure(error);
} finally {
  rmSync(process.env.PORTAL_TEST_FOLDER, { recursive: true, force: true });
}
process.exit(enough ? 0 : 1);
