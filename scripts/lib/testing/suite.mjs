import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild } from '../build.mjs';
import { findChromium } from '../chromium.mjs';
import { dataDir, inData, inRoot } from '../paths.mjs';
import { ensurePrismaClient } from '../prisma-client.mjs';
import { stopRunning } from '../run.mjs';
import { Refusal, sayFailure, stage } from '../say.mjs';
import { onShutdown } from '../shutdown.mjs';
import * as checks from './checks.mjs';
import { sealTemplate, startTestDatabase, TEMPLATE, testEnvironment } from './database.mjs';
import { endToEnd, startTestInstance } from './e2e.mjs';
import { bundlePrograms } from './programs.mjs';
import { count, sayTotal } from './tally.mjs';
import { testBuild } from './test-build.mjs';
import { vitest } from './vitest.mjs';

const quick = { format: checks.format, types: checks.types, 'dead-code': checks.deadCode };
const withoutDatabase = ['unit', 'architecture'];
const withDatabase = ['integration', 'authorization', 'security', 'engine', 'interop'];
const waits = ['faults', 'e2e'];
const names = [...Object.keys(quick), ...withoutDatabase, ...['migrations', 'components'], ...withDatabase, ...waits];

/** What must be stopped however the suite ends. */
const open = new Set();

/** The folder of this run. Anything else in its place is a mistake, and must not be removed at the end. */
function testFolder() {
  const folder = process.env.PORTAL_TEST_FOLDER;
  if (!folder || folder !== dataDir || !path.basename(folder).startsWith('sapoche-test-')) {
    throw new Error(`The tests would write into ${dataDir}, which is not theirs.`);
  }
  return folder;
}

async function closeAll() {
  stopRunning();
  for (const thing of open) await thing.stop();
  open.clear();
  rmSync(testFolder(), { recursive: true, force: true });
}

/** What tests start as processes of their own. @returns {Promise<{ DIST_DIR: string }>} the settings that name them */
async function makePrograms() {
  let programs = null;
  await stage('programs', async () => {
    programs = await bundlePrograms();
    open.add(programs);
    return 'bundled';
  });
  return programs.settings;
}

/** The server of the tests, migrated, looked at, and sealed as the template of their databases. */
async function openTestDatabase(wanted) {
  let server = null;
  await stage('database', async () => {
    server = await startTestDatabase();
    open.add(server);
    return `scratch PostgreSQL on port ${server.port}`;
  });
  if (wanted.includes('migrations')) await count('migrations', () => checks.migrations(server.url(TEMPLATE)));
  await sealTemplate(server);
  return testEnvironment(server);
}

async function runEndToEnd(filters) {
  await count('e2e', async () => {
    const instance = await startTestInstance();
    open.add(instance);
    const result = await endToEnd(instance, filters);
    if (result.failed > 0) cpSync(inData('logs'), inRoot('test-results/logs'), { recursive: true });
    await instance.stop();
    open.delete(instance);
    return result;
  });
}

/** The quick parts first, each by itself: what fails soon is known soon; and types are written where the waiting lane will build. */
async function runQuick(wanted) {
  await stage('client', ensurePrismaClient);
  for (const [name, check] of Object.entries(quick)) {
    if (wanted.includes(name)) await count(name, check);
  }
}

/**
 * The slow parts in three lanes: what waits for processes to die and come back, what waits for a browser, and what computes. Each
 * starts servers of its own for whatever it kills. Those that wait have the processor first whenever they want it, and what computes
 * takes all that is left; both begin with one build of the portal, so that neither builds under the other.
 */
async function runSlow(wanted, filters) {
  const needs = (parts) => parts.some((name) => wanted.includes(name));
  const programs = needs([...withoutDatabase, ...withDatabase, 'faults']) ? await makePrograms() : {};
  const bare = { ...process.env, ...programs };
  const env = needs(['migrations', ...withDatabase, 'faults'])
    ? { ...(await openTestDatabase(wanted)), ...programs }
    : bare;
  const browser = wanted.includes('components') ? JSON.stringify(await findChromium()) : undefined;
  const niceness = needs(waits) ? 5 : undefined;
  const computing = async () => {
    for (const project of withoutDatabase.filter((name) => wanted.includes(name))) {
      await count(project, () => vitest([project], { env: bare, filters, niceness }));
    }
    for (const project of withDatabase.filter((name) => wanted.includes(name))) {
      await count(project, () => vitest([project], { env, filters, niceness }));
    }
    if (!wanted.includes('components')) return;
    const withBrowser = { ...env, TEST_CHROMIUM: browser };
    await count('components', () => vitest(['components'], { env: withBrowser, filters, niceness }));
  };
  const waiting = async () => {
    if (!needs(waits)) return;
    // Where it fails, whoever needs it builds again, and fails by that.
    await stage('test build', () => ensureBuild(testBuild)).catch(sayFailure);
    await Promise.all([
      wanted.includes('faults') && count('faults', () => vitest(['faults'], { env, filters })),
      wanted.includes('e2e') && runEndToEnd(filters),
    ]);
  };
  await Promise.all([computing(), waiting()]);
}

/**
 * Runs the suite, or the parts that are named; other words select files within them.
 * @returns {Promise<boolean>} whether everything passed
 */
export async function runSuite(words) {
  const chosen = words.filter((word) => names.includes(word));
  const filters = words.filter((word) => !names.includes(word));
  if (filters.length > 0 && chosen.length === 0) {
    throw new Refusal(`usage: npm test -- [${names.join('|')}] [part of a file name]`);
  }
  testFolder();
  onShutdown(() => closeAll().then(() => process.exit(130)));
  try {
    const wanted = chosen.length > 0 ? chosen : names;
    await runQuick(wanted);
    await runSlow(wanted, filters);
  } finally {
    await closeAll();
  }
  return sayTotal();
}
