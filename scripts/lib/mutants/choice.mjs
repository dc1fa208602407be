import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../paths.mjs';
import { pieceAround, piecesOf } from './counters.mjs';
import { statementAt, statementsOf } from './routines.mjs';

/** A test that bears the name of what was changed is likely to notice it, and is worth its time. */
const NEARER = 0.2;
/** Test files that are asked about one mutant at most. Others may notice it as well: what is counted as killed is rather too little. */
const MOST = 12;

/**
 * The test files that run what a mutant changes, the quickest and nearest first.
 * @param {import('./targets.mjs').Mutant} mutant
 * @param {import('./coverage.mjs').TestFile[]} tests
 */
export function testsFor(mutant, tests) {
  const able = tests.filter(({ passed }) => passed);
  const chosen = mutant.file.endsWith('.sql')
    ? testsOfRoutine(mutant, able)
    : testsOfPiece(pieceAround(mutant.file, mutant.start, mutant.end), able);
  const words = wordsOf(mutant.file);
  const names = exportsOf(mutant.file);
  const cost = ({ file, ms }) =>
    ms * (words.some((word) => file.includes(word)) ? NEARER : 1) * (names?.test(textOf(file)) ? NEARER : 1);
  return chosen.toSorted((a, b) => cost(a) - cost(b)).slice(0, MOST);
}

const textOf = (file) => readFileSync(inRoot(file), 'utf8');

/** The names that a file gives to others, as a test would call them. */
function exportsOf(file) {
  const names = [...textOf(file).matchAll(/^(?:export (?:async )?(?:function\*?|const)|CREATE FUNCTION) (\w+)/gm)].map(
    ([, name]) => name,
  );
  return names.length > 0 ? new RegExp(`\\b(${names.join('|')})\\b`) : null;
}

/** `server/modules/intake/uploads/use-cases/check-upload.ts` → upload, check. */
const wordsOf = (file) =>
  file
    .split(/[/.-]/)
    .filter(
      (word) =>
        word.length > 3 &&
        ![
          'server',
          'modules',
          'cases',
          'public',
          'queries',
          'repository',
          'rules',
          'prisma',
          'routines',
          'route',
        ].includes(word),
    )
    .map((word) => word.replace(/s$/, ''));

/** Who runs a piece; for what stands in none, who runs any piece of the file, or at least loads it. */
function testsOfPiece(key, tests) {
  if (key.includes(':')) return tests.filter(({ ran }) => ran.includes(key));
  const inside = tests.filter(({ ran }) => ran.some((piece) => piece.startsWith(`${key}:`)));
  return inside.length > 0 ? inside : tests.filter(({ ran }) => ran.includes(key));
}

/** Who runs a piece that names the routine, or another routine that does so; and the tests that name it themselves. */
function testsOfRoutine(mutant, tests) {
  const names = namesAround(statementAt(mutant.file, mutant.start).name);
  const mentioned = new RegExp(`\\b(${[...names].join('|')})\\b`, 'g');
  const keys = sources().flatMap(({ file, text }) =>
    [...text.matchAll(mentioned)].map((found) => keyAt(file, text, found.index)),
  );
  const chosen = new Set(keys.flatMap((key) => testsOfPiece(key, tests)));
  for (const test of tests) if (readFileSync(inRoot(test.file), 'utf8').search(mentioned) >= 0) chosen.add(test);
  return chosen.size > 0 ? [...chosen] : tests.filter(({ part }) => part !== 'unit');
}

/** A routine and all that lead to it. */
function namesAround(name) {
  const names = new Set([name]);
  const all = statementsOf();
  for (let before = 0; before < names.size; ) {
    before = names.size;
    for (const { name: other, text } of all) {
      if ([...names].some((known) => new RegExp(`\\b${known}\\b`).test(text))) names.add(other);
    }
  }
  return names;
}

let read;
function sources() {
  read ??= globSync('server/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file: file.split(path.sep).join('/'), text: readFileSync(inRoot(file), 'utf8') }));
  return read;
}

function keyAt(file, text, at) {
  const inside = piecesOf(file, text).filter((piece) => piece.start <= at && at < piece.end);
  return inside.reduce((smallest, piece) =>
    piece.end - piece.start <= smallest.end - smallest.start ? piece : smallest,
  ).key;
}
