import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { inRoot } from '@/scripts/lib/paths.mjs';
import { testBuild } from '@/scripts/lib/testing/test-build.mjs';
import { seed } from './random';

/** A minute of what `npm run chaos` does for an hour: a whole portal under load, killed and cut off at seeded moments. */
it('keeps every invariant through a minute of deaths and outages', async () => {
  // A folder and settings of its own: this suite's are taken away.
  const { PORTAL_TEST_FOLDER: _, PORTAL_DATA_DIR: __, ...env } = process.env;
  const words = ['--minutes', '1', '--seed', String(seed), '--rows', '1500', '--uploads', '3'];
  const trial = spawn(process.execPath, [inRoot('scripts/chaos.mjs'), ...words], {
    env: { ...env, ...testBuild, PORTAL_BOOTSTRAPPED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [trial.stdout, trial.stderr]) stream.on('data', (text: Buffer) => (said += String(text)));
  const [code] = await once(trial, 'close');
  expect(said.includes(`seed ${seed}: every invariant holds`), said).toBe(true);
  expect(code, said).toBe(0);
}, 1_500_000);
