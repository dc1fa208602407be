import { line, Refusal, seconds } from '../say.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs one stage of the suite, says it in one line, and adds its figures to the sum. A stage that throws has failed once.
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, skipped?: number, output?: string }>} work
 *   `output` is shown when something failed
 */
export async function count(name, work) {
  const begun = Date.now();
  const result = await work().catch((error) => {
    const output = error instanceof Refusal ? error.message : (error?.stack ?? String(error));
    return { passed: 0, failed: 1, output };
  });
  const { passed, failed, skipped = 0, output } = result;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0 && output) line(output.trimEnd());
  const figures = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean);
  line(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(13)} ${figures.join(', ').padEnd(58)} ${seconds(Date.now() - begun)}`);
  return failed === 0;
}

/** The last line of the suite. @returns {boolean} whether all is well: something ran, and nothing failed */
export function sayTotal() {
  if (total.skipped > 0) line(`${total.skipped} skipped`);
  line(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0;
}
