import { existsSync, readFileSync } from 'node:fs';
import { Instance } from '../instance.mjs';
import { dataDir, inData, inRoot } from '../paths.mjs';
import { freePort } from '../ports.mjs';
import { run } from '../run.mjs';
import { testBuild } from './test-build.mjs';

function figures({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Runs the walks through an instance in a browser. */
export async function endToEnd(instance, filters) {
  const report = inData('playwright.json');
  const args = [inRoot('node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json', ...filters];
  const env = {
    ...process.env,
    BASE_URL: instance.url,
    PORTAL_DATA_DIR: dataDir,
    DEMO_PASSWORD: instance.environment.DEMO_PASSWORD,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const { code, output } = await run(process.execPath, args, { env, partOf: 'tests' });
  if (!existsSync(report)) return { passed: 0, failed: 1, output };
  const counted = figures(JSON.parse(readFileSync(report, 'utf8')));
  return { ...counted, failed: code !== 0 && counted.failed === 0 ? 1 : counted.failed, output };
}

/** An instance of its own beside one that may be running: other ports, other data, another build. */
export async function startTestInstance() {
  Object.assign(process.env, {
    PORT: String(await freePort()),
    ENGINE_PORT: String(await freePort()),
    // What fails is tried again soon, so that a walk can see it fail.
    ENGINE_RETRY_INTERVAL: '1',
    ...testBuild,
  });
  const instance = new Instance({ mode: 'start' });
  await instance.start();
  return instance;
}
