import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inData, inRoot, root } from '../paths.mjs';
import { run } from '../run.mjs';
import { piecesOf, REPORTER, withCounters } from './counters.mjs';
import { copyTree } from './tree.mjs';

/** The parts of the suite that try mutants: what runs in seconds a file. */
export const PARTS = ['unit', 'integration', 'authorization', 'security'];
const COUNTED = ['server/**/*.ts', 'inngest/functions/**/*.ts', 'app/**/route.ts'];
const CACHE = inRoot('node_modules', '.cache', 'mutants');

/**
 * @typedef {{ file: string, part: string, ms: number, passed: boolean, ran: string[] }} TestFile
 *   `ran` names the pieces of sources that it ran (`piecesOf`)
 */

const countedFiles = () =>
  globSync(COUNTED, { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.endsWith('.test.ts'));

const hashOf = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 24);
const textOf = (file) => readFileSync(inRoot(file), 'utf8');

/** Where the pieces of a source lie: what was counted of it holds while they lie there. */
const piecesHash = (file) =>
  hashOf(
    piecesOf(file, textOf(file))
      .map(({ key }) => key)
      .join(),
  );

const sourcesOf = (ran) => new Set(ran.filter((key) => key.includes(':')).map((key) => key.split(':', 1)[0]));

/** What was counted of a test file, unless it or a source that it runs has changed since. */
function kept(test, hashes) {
  const place = placeOf(test);
  if (!existsSync(place)) return null;
  const known = JSON.parse(readFileSync(place, 'utf8'));
  return Object.entries(known.sources).every(([file, hash]) => hashes.get(file) === hash) ? known : null;
}

const placeOf = ({ file }) => path.join(CACHE, `${hashOf(file, textOf(file))}.json`);

function testFiles() {
  const unit = globSync('{server,inngest,app,i18n}/**/*.test.ts', { cwd: root }).map((file) => ({
    file,
    part: 'unit',
  }));
  const others = PARTS.slice(1).flatMap((part) =>
    globSync(`tests/${part}/**/*.test.ts`, { cwd: root }).map((file) => ({ file, part })),
  );
  return [...unit, ...others].map(({ file, part }) => ({ file: file.split(path.sep).join('/'), part }));
}

/**
 * What each test file runs, how long it takes and whether it passes: counted once, and kept until it or the sources change.
 * @param {NodeJS.ProcessEnv} env the database's
 * @returns {Promise<TestFile[]>}
 */
export async function coverage(env) {
  mkdirSync(CACHE, { recursive: true });
  const hashes = new Map(countedFiles().map((file) => [file, piecesHash(file)]));
  const all = testFiles();
  const missing = all.filter((test) => !kept(test, hashes));
  const counted = await runCounted(missing, env, withCounters);
  // A test that looks at the sources themselves may fail because of the counters; without them it is as good as any.
  const again = await runCounted(
    counted.filter(({ passed }) => !passed),
    env,
    (_, text) => text,
  );
  const sound = new Set(again.filter(({ passed }) => passed).map(({ file }) => file));
  for (const known of counted) {
    const test = { ...known, passed: known.passed || sound.has(known.file) };
    const sources = Object.fromEntries([...sourcesOf(test.ran)].map((file) => [file, hashes.get(file)]));
    writeFileSync(placeOf(test), JSON.stringify({ ...test, sources }));
  }
  return all.map((test) => kept(test, hashes)).filter((test) => test !== null);
}

/** Runs test files in a copy of the tree with counters in it. @returns {Promise<TestFile[]>} */
async function runCounted(tests, env, counters) {
  if (tests.length === 0) return [];
  const tree = await copyTree();
  const ran = path.join(tree.folder, 'ran');
  mkdirSync(ran);
  for (const file of countedFiles()) tree.write(file, counters(file, textOf(file)));
  tree.write('tests/seed.ts', `${REPORTER}\n${textOf('tests/seed.ts')}`);
  const report = inData('mutants-counted.json');
  const parts = [...new Set(tests.map(({ part }) => part))].flatMap((part) => ['--project', part]);
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...parts, '--reporter=json', `--outputFile.json=${report}`];
  const files = tests.length < testFiles().length ? tests.map(({ file }) => file) : [];
  try {
    const { output } = await run(process.execPath, [...args, ...files], {
      cwd: tree.folder,
      env: { ...env, MUTANTS_RAN: ran, NODE_ENV: 'test', NO_COLOR: '1' },
    });
    if (!existsSync(report)) throw new Error(output);
    return resultsOf(tree.folder, ran, JSON.parse(readFileSync(report, 'utf8')), tests);
  } finally {
    tree.remove();
  }
}

function resultsOf(folder, ran, report, tests) {
  const counted = new Map(
    readdirSync(ran)
      .map((name) => JSON.parse(readFileSync(path.join(ran, name), 'utf8')))
      .map((one) => [one.file, one.ran]),
  );
  const results = new Map(report.testResults.map((one) => [one.name, one]));
  return tests.flatMap((test) => {
    const place = path.join(folder, test.file);
    const result = results.get(place);
    if (!result) return [];
    const ms = Math.max(1, Math.round(result.endTime - result.startTime));
    return [{ ...test, ms, passed: result.status === 'passed', ran: counted.get(place) ?? [] }];
  });
}
