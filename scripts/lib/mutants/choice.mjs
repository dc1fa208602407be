import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../paths.mjs';
import { pieceAround, piecesOf } from './counters.mjs';
import { statementAt, statementsOf } from './routines.mjs';

/** A test that bears the name of what was changed, or calls its module, is likely to notice it, and is worth its time. */
const NEARER = 0.2;
/** Test files that are asked about one mutant at most. Others may notice it as well: what is counted as killed is rather too little. */
const MOST = 16;
/** They take together no longer than this, by what they took when they were counted. */
const LONGEST_MS = 50_000;

/**
 * The test files that run what a mutant changes, the quickest and nearest first.
 * @param {import('./targets.mjs').Mutant} mutant
 * @param {import('./coverage.mjs').TestFile[]} tests
 */
export function testsFor(mutant, tests) {
  const able = tests.filter(({ passed }) => passed);
  const places = mutant.file.endsWith('.sql')
    ? placesNaming(namesAround(statementAt(mutant.file, mutant.start).name))
    : [{ file: mutant.file, key: pieceAround(mutant.file, mutant.start, mutant.end) }];
  const chosen = new Set([
    ...places.flatMap(({ key }) => testsOfPiece(key, able)),
    ...(mutant.file.endsWith('.sql') ? testsCalling(statementAt(mutant.file, mutant.start).name, able) : []),
  ]);
  const files = [...new Set([mutant.file, ...places.map(({ file }) => file)])];
  const words = files.flatMap(wordsOf);
  const names = exportsOf(files);
  const said = wordsWithin(textOf(mutant.file).slice(mutant.start, mutant.end));
  const cost = ({ file, ms }) => {
    const text = textOf(file);
    const near = [
      words.some((word) => file.includes(word)),
      names.test(text),
      said.some((word) => text.includes(word)),
    ];
    return near.reduce((least, is) => (is ? least * NEARER : least), ms);
  };
  const asked =
    chosen.size > 0 || !mutant.file.endsWith('.sql') ? [...chosen] : able.filter(({ part }) => part !== 'unit');
  let ms = 0;
  return asked
    .toSorted((a, b) => cost(a) - cost(b))
    .slice(0, MOST)
    .filter((test, place) => {
      ms += test.ms;
      return place === 0 || ms <= LONGEST_MS;
    });
}

/** A test that names a routine calls it by itself. */
const testsCalling = (name, tests) => tests.filter(({ file }) => new RegExp(`\\b${name}\\b`).test(textOf(file)));

const textOf = (file) => readFileSync(inRoot(file), 'utf8');
const slashed = (file) => file.split(path.sep).join('/');

/** The names that the modules of some files give to others, as a test would call them. */
function exportsOf(files) {
  const modules = new Set(
    files.map((file) => /^server\/modules\/\w[^/]*\/[^/]+/.exec(file)?.[0] ?? path.dirname(file)),
  );
  const around = [...modules].flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }).map(slashed));
  const texts = around.filter((file) => !file.endsWith('.test.ts')).map(textOf);
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map(([, name]) => name),
  );
  return new RegExp(`\\b(${['no such name', ...names].join('|')})\\b`);
}

/** The longer words of what was changed: codes and states that a test may name. */
const wordsWithin = (text) => text.match(/[A-Za-z][\w-]{5,}/g) ?? [];

const COMMON = new Set([
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
]);

/** `server/modules/intake/uploads/use-cases/check-upload.ts` → upload, check. */
const wordsOf = (file) =>
  file
    .split(/[/.-]/)
    .filter((word) => word.length > 3 && !COMMON.has(word))
    .map((word) => word.replace(/s$/, ''));

/** Who runs a piece; for what stands in none, who runs any piece of the file, or at least loads it. */
function testsOfPiece(key, tests) {
  if (key.includes(':')) return tests.filter(({ ran }) => ran.includes(key));
  const inside = tests.filter(({ ran }) => ran.some((piece) => piece.startsWith(`${key}:`)));
  return inside.length > 0 ? inside : tests.filter(({ ran }) => ran.includes(key));
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

/** The pieces of sources that name a routine. @param {Set<string>} names @returns {{ file: string, key: string }[]} */
function placesNaming(names) {
  const mentioned = new RegExp(`\\b(${[...names].join('|')})\\b`, 'g');
  return sources().flatMap(({ file, text }) =>
    [...text.matchAll(mentioned)].map(({ index }) => ({ file, key: keyAt(file, text, index) })),
  );
}

let read;
function sources() {
  read ??= globSync('server/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file: slashed(file), text: textOf(file) }));
  return read;
}

function keyAt(file, text, at) {
  const inside = piecesOf(file, text).filter((piece) => piece.start <= at && at < piece.end);
  return inside.reduce((smallest, piece) =>
    piece.end - piece.start <= smallest.end - smallest.start ? piece : smallest,
  ).key;
}
