/** Hands out mutants in the order of a seed, one for each message: beside the tests, since a compiler takes its time. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { inRoot } from '../paths.mjs';
import { compiler } from './compile.mjs';
import { equivalent } from './equivalent.mjs';
import { allMutants, mutated, shuffled } from './targets.mjs';

/** Those that compile and are not known to change nothing. */
function* candidates({ only, seed, ids }) {
  const compiles = compiler();
  const wanted = ids ? allMutants().filter(({ id }) => ids.includes(id)) : shuffled(allMutants(only), seed);
  for (const mutant of wanted) {
    if (equivalent(mutant)) continue;
    const isSql = mutant.sql || mutant.file.endsWith('.sql');
    if (isSql || compiles(mutant.file, mutated(readFileSync(inRoot(mutant.file), 'utf8'), mutant))) yield mutant;
  }
}

const queue = candidates(workerData);
parentPort?.on('message', () => parentPort?.postMessage(queue.next().value ?? null));
