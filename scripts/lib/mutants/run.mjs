import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { inRoot } from '../paths.mjs';
import { ensurePrismaClient } from '../prisma-client.mjs';
import { stopRunning } from '../run.mjs';
import { line, stage } from '../say.mjs';
import { onShutdown } from '../shutdown.mjs';
import { sealTemplate, startTestDatabase, testEnvironment } from '../testing/database.mjs';
import { coverage } from './coverage.mjs';
import { runPlanted } from './planted-run.mjs';
import { Sandbox } from './sandbox.mjs';
import { tryMutant } from './trial.mjs';

/** Mutants that are found out to compile before their turn. */
const AHEAD = 6;

/** What must be stopped however it ends. */
const open = new Set();

async function closeAll() {
  stopRunning();
  for (const thing of open) await thing.stop();
  open.clear();
}

/** The database of the tests, and copies of the tree to try mutants in. */
async function openPlace() {
  await stage('client', ensurePrismaClient);
  const server = await startTestDatabase();
  open.add(server);
  await sealTemplate(server);
  return { server, env: testEnvironment(server) };
}

async function openSandboxes(env, atOnce) {
  const sandboxes = await Promise.all(Array.from({ length: atOnce }, () => new Sandbox(env).open()));
  for (const sandbox of sandboxes) open.add(sandbox);
  return sandboxes;
}

/** Asks for the next mutants ahead of their turn. */
function openCandidates(given) {
  const worker = new Worker(new URL('candidates.mjs', import.meta.url), { workerData: given });
  open.add({ stop: () => worker.terminate() });
  const waiting = [];
  const come = [];
  worker.on('message', (mutant) => (waiting.shift() ?? ((one) => come.push(one)))(mutant));
  const order = () => worker.postMessage('next');
  for (let i = 0; i < AHEAD; i += 1) order();
  return {
    /** The next mutant; null when there is none left. */
    next: () => {
      order();
      const ready = come.shift();
      return ready === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(ready);
    },
  };
}

const REPORT = inRoot('test-results/mutants.json');

/** What survived the last time. @returns {string[]} */
const survivorsBefore = () =>
  JSON.parse(readFileSync(REPORT, 'utf8')).flatMap(({ mutant, outcome }) =>
    outcome === 'survived' ? [mutant.id] : [],
  );

function say({ mutant, outcome, by, tried }) {
  const mark = { killed: '✓ killed  ', survived: '✗ SURVIVED', 'not-counted': '· no count' }[outcome];
  line(
    `${mark} ${mutant.file}:${mutant.line}  ${mutant.what}  ${by ? `— ${by}` : tried === 0 ? '— no test runs it' : `— ${tried} test files passed`}`,
  );
}

/** Tries mutants in all sandboxes until `sample` of them counted, or the minutes are over. */
async function tryAll({ sample, minutes, again, atOnce, ...given }, { server, env }) {
  const tests = await counted(env);
  const queue = openCandidates(again ? { ids: survivorsBefore() } : given);
  const sandboxes = await openSandboxes(env, atOnce);
  const until = Date.now() + minutes * 60_000;
  const verdicts = [];
  let taken = 0;
  const work = async (sandbox, i) => {
    while (taken < sample && Date.now() < until) {
      taken += 1;
      const mutant = await queue.next();
      if (!mutant) return;
      const verdict = await tryMutant(mutant, { sandbox, server, tests, name: `portal_mutant_${i}` });
      if (verdict.outcome === 'not-counted') taken -= 1;
      verdicts.push(verdict);
      say(verdict);
    }
  };
  await Promise.all(sandboxes.map(work));
  return verdicts;
}

async function counted(env) {
  let tests = [];
  await stage('coverage', async () => {
    tests = await coverage(env);
    const failing = tests.filter(({ passed }) => !passed);
    for (const { file } of failing) line(`  ${file} fails without any mutant, and is not asked`);
    return `${tests.length} test files`;
  });
  return tests;
}

/** Says what came of it. @param {import('./trial.mjs').Verdict[]} verdicts @returns {boolean} whether enough were killed */
function sayResult(verdicts, atLeast) {
  const countedOnes = verdicts.filter(({ outcome }) => outcome !== 'not-counted');
  const killed = countedOnes.filter(({ outcome }) => outcome === 'killed');
  const survivors = countedOnes.filter(({ outcome }) => outcome === 'survived');
  mkdirSync(inRoot('test-results'), { recursive: true });
  writeFileSync(REPORT, JSON.stringify(verdicts, null, 1));
  line(`\nby kind:`);
  for (const area of new Set(countedOnes.map(({ mutant }) => mutant.area))) {
    const those = countedOnes.filter(({ mutant }) => mutant.area === area);
    line(`  ${area.padEnd(10)} ${those.filter(({ outcome }) => outcome === 'killed').length} of ${those.length}`);
  }
  if (survivors.length > 0) line('\nsurvivors:');
  for (const { mutant } of survivors) line(`  ${mutant.file}:${mutant.line}  ${mutant.what}`);
  const percent = countedOnes.length === 0 ? 0 : (killed.length / countedOnes.length) * 100;
  line(`\nkilled ${killed.length} of ${countedOnes.length} (${percent.toFixed(1)} %)`);
  return percent >= atLeast;
}

/**
 * @param {{ sample: number, minutes: number, seed: number, only: string, atLeast: number, atOnce: number, planted: boolean, again: boolean }} given
 *   `again`: those that survived the last time, and no others
 * @returns {Promise<boolean>} whether enough mutants were killed; of planted faults, all
 */
export async function runMutants({ atLeast, planted, ...given }) {
  onShutdown(() => closeAll().then(() => process.exit(130)));
  try {
    const place = await openPlace();
    if (planted)
      return await runPlanted({ ...place, only: given.only, openSandboxes: (env) => openSandboxes(env, given.atOnce) });
    return sayResult(await tryAll(given, place), atLeast);
  } finally {
    await closeAll();
  }
}
