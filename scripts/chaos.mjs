#!/usr/bin/env node
/**
 * `npm run chaos -- --minutes N --seed S`: a whole portal in a folder of its own under sales, uploads, months and visits, killed,
 * stopped and cut off at seeded moments; then it comes to rest and every invariant is looked at. Exits 1 when one does not hold.
 */
import './lib/testing/own-folder.mjs'; // first
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootstrap } from './lib/install.mjs';

await bootstrap();
const { fromSource } = await import('./lib/commands.mjs');
const { freePort } = await import('./lib/ports.mjs');
const { ownSettings } = await import('./lib/settings.mjs');
const { sayFailure, Refusal } = await import('./lib/say.mjs');

const options = {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  rows: { type: 'string', default: '20000' },
  uploads: { type: 'string', default: '5' },
  keep: { type: 'boolean', default: false },
};

function readOptions() {
  const { values } = parseArgs({ options });
  for (const name of ['minutes', 'seed', 'rows', 'uploads']) {
    if (!(Number(values[name]) >= 0)) throw new Refusal(`--${name} takes a number.`);
  }
  return values;
}

let given;
try {
  given = readOptions();
} catch (error) {
  sayFailure(
    error instanceof Refusal ? error : new Refusal(`usage: npm run chaos -- --minutes N --seed S (${error.message})`),
  );
  process.exit(2);
}
// None of the operator's settings reach the instance that is going to be broken; the build's own place may be named.
for (const name of ownSettings) if (!['NEXT_DIST_DIR', 'DIST_DIR'].includes(name)) delete process.env[name];
const port = await freePort();
const [program, ...args] = fromSource('tests/chaos/main.ts');
const child = spawn(program, args, {
  stdio: 'inherit',
  env: {
    ...process.env,
    PORT: String(port),
    ENGINE_PORT: String(await freePort()),
    PORTAL_URL: `http://localhost:${port}`,
    DEMO_PASSWORD: `demo-${given.seed}-kestrel-lantern`,
    // What fails is tried again soon, so that the end is near once nothing is broken any more.
    ENGINE_RETRY_INTERVAL: '5',
    CHAOS: JSON.stringify(given),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.on('exit', (code) => {
  if (given.keep) console.log(`The instance's folder is kept: ${process.env.PORTAL_TEST_FOLDER}`);
  else rmSync(process.env.PORTAL_TEST_FOLDER, { recursive: true, force: true });
  process.exit(code ?? 1);
});
