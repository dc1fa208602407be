import { readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { line } from '../say.mjs';
import { TEMPLATE } from '../testing/database.mjs';
import { PLANTED } from './planted.mjs';
import { templateWith } from './routines.mjs';
import { mutated } from './targets.mjs';

/** Long enough for the slowest of the files that are asked. */
const USUAL_MS = 60_000;

/** A planted fault as a mutant. Throws where its text is not found once. */
export function asMutant({ file, find, put }) {
  const text = readFileSync(inRoot(file), 'utf8');
  const at = text.indexOf(find);
  if (at < 0 || text.includes(find, at + 1))
    throw new Error(`${file} holds “${find}” ${at < 0 ? 'nowhere' : 'more than once'}`);
  return { file, start: at, end: at + find.length, text: put };
}

/** Plants each fault alone and asks the test that must notice. @returns {Promise<boolean>} whether each was noticed */
export async function runPlanted({ server, env, only, openSandboxes }) {
  const sandboxes = await openSandboxes(env);
  const queue = PLANTED.filter(({ name, file }) => `${name} ${file}`.includes(only)).values();
  const passing = new Map();
  let missed = 0;
  const work = async (sandbox, i) => {
    for (const fault of queue) {
      const outcome = await report(fault, { sandbox, server, name: `portal_planted_${i}`, passing });
      if (outcome.startsWith('✗')) missed += 1;
      line(outcome);
    }
  };
  await Promise.all(sandboxes.map(work));
  line(`\nplanted faults: ${missed === 0 ? 'all noticed' : `${missed} not noticed`}`);
  return missed === 0;
}

async function report(fault, { sandbox, server, name, passing }) {
  const test = { ...fault.test, ms: USUAL_MS };
  const key = `${test.part} ${test.file}`;
  if (!passing.has(key)) passing.set(key, await sandbox.failure({ test, template: TEMPLATE }));
  const before = passing.get(key);
  if (before) return `✗ ${fault.name}: ${test.file} fails without it (${before.test})`;
  const mutant = asMutant(fault);
  const template = fault.file.endsWith('.sql') ? await templateWith(server, mutant, name) : TEMPLATE;
  if (!template) return `✗ ${fault.name}: PostgreSQL takes no such routine`;
  sandbox.write(fault.file, mutated(readFileSync(inRoot(fault.file), 'utf8'), mutant));
  const failure = await sandbox.failure({ test, template });
  sandbox.restore(fault.file);
  if (!failure) return `✗ ${fault.name}: SURVIVED ${test.file}`;
  return `✓ ${fault.name} — ${test.file} › ${failure.test}`;
}
