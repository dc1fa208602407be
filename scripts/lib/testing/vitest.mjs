import { existsSync, readFileSync } from 'node:fs';
import { inData, inRoot } from '../paths.mjs';
import { run } from '../run.mjs';

let runs = 0;

/** A file that could not even be loaded has no tests in it that could fail: it counts as one. */
function figures(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Runs vitest projects.
 * @param {string[]} projects
 * @param {{ env?: NodeJS.ProcessEnv, filters?: string[], niceness?: number }} options `filters` are parts of file names
 */
export async function vitest(projects, { env = process.env, filters = [], niceness } = {}) {
  runs += 1;
  const report = inData(`vitest-${runs}.json`);
  const selection = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [inRoot('node_modules/vitest/vitest.mjs'), 'run', ...selection, ...reporters, ...filters];
  const { code, output } = await run(process.execPath, args, {
    env: { ...env, NODE_ENV: 'test', NO_COLOR: '1' },
    partOf: 'tests',
    niceness,
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, output };
  const counted = figures(JSON.parse(readFileSync(report, 'utf8')));
  // An error outside of any test fails the run without failing a test.
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return { ...counted, failed, output };
}
