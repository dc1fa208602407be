import { readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { TEMPLATE } from '../testing/database.mjs';
import { testsFor } from './choice.mjs';
import { templateWith } from './routines.mjs';
import { mutated } from './targets.mjs';

/**
 * @typedef {{ mutant: import('./targets.mjs').Mutant, outcome: 'killed' | 'survived' | 'not-counted', by?: string, tried: number }} Verdict
 */

/** What PostgreSQL says of a statement that makes no sense: not SQL, no such name, no such operator, wrong type of a value. */
const NO_SQL =
  /syntax error at or near|\b(42601|42703|42883|42P0\d|42P1\d|42804|42725|22P02|42846|42809)\b|could not determine data type|invalid input syntax for type/;

/**
 * Tries one mutant: the tests that run what it changes, until one fails.
 * @param {{ sandbox: import('./sandbox.mjs').Sandbox, server: object, tests: import('./coverage.mjs').TestFile[], name: string }} place
 * @returns {Promise<Verdict>}
 */
export async function tryMutant(mutant, { sandbox, server, tests, name }) {
  let template = TEMPLATE;
  if (mutant.file.endsWith('.sql')) {
    template = await templateWith(server, mutant, name);
    if (!template) return { mutant, outcome: 'not-counted', by: 'no such SQL', tried: 0 };
  }
  sandbox.write(mutant.file, mutated(readFileSync(inRoot(mutant.file), 'utf8'), mutant));
  try {
    return { mutant, ...(await verdictOf(mutant, sandbox, testsFor(mutant, tests), template)) };
  } finally {
    sandbox.restore(mutant.file);
  }
}

async function verdictOf(mutant, sandbox, chosen, template) {
  let tried = 0;
  for (const test of chosen) {
    tried += 1;
    const failure = await sandbox.failure({ test, template });
    if (!failure) continue;
    const isSql = mutant.sql || mutant.file.endsWith('.sql');
    if (isSql && NO_SQL.test(failure.why)) return { outcome: 'not-counted', by: 'no such SQL', tried };
    return { outcome: 'killed', by: `${test.file} › ${failure.test}`, tried };
  }
  return { outcome: 'survived', tried };
}
