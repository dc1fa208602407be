import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';
import { sqlChanges } from './sql.mjs';
import { typescriptChanges } from './typescript.mjs';

/** What is changed, by kind: where decisions stand. Schemas, screens and the platform have tests of other kinds. */
const AREAS = {
  rules: ['server/modules/*/*/rules.ts', 'server/modules/*/*/policy.ts', 'server/authorization/*.ts'],
  'use cases': ['server/modules/*/*/use-cases/*.ts', 'server/modules/*/*/public/*.ts'],
  handlers: ['app/**/route.ts', 'inngest/functions/**/*.handler.ts'],
  queries: ['server/modules/*/*/queries.ts', 'server/modules/*/*/repository.ts'],
  routines: ['prisma/routines/*.sql'],
};

/** The files of every area. @returns {{ file: string, area: string }[]} */
export const targets = () =>
  Object.entries(AREAS).flatMap(([area, globs]) =>
    globSync(globs, { cwd: root })
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => ({ file: file.split(path.sep).join('/'), area }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
  );

/**
 * @typedef {{ id: string, file: string, area: string, line: number, start: number, end: number, text: string, what: string, sql?: boolean }} Mutant
 *   `text` stands in the place of the characters from `start` to `end`
 */

/** Every mutant of every file whose path holds `only`. @returns {Mutant[]} */
export function allMutants(only = '') {
  return targets()
    .filter(({ file }) => file.includes(only))
    .flatMap(({ file, area }) => mutantsOf(file, area));
}

function mutantsOf(file, area) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const changes = file.endsWith('.sql') ? sqlChanges(text) : typescriptChanges(file, text);
  return changes.map((made) => ({
    ...made,
    id: `${file}:${made.start}-${made.end}:${made.text}`,
    file,
    area,
    line: text.slice(0, made.start).split('\n').length,
  }));
}

/** The text of a file with a mutant in it. */
export const mutated = (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end);

/** The same order for the same seed (mulberry32, Fisher and Yates). @template T @param {readonly T[]} all @returns {T[]} */
export function shuffled(all, seed) {
  const random = randomOf(seed);
  const order = [...all];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const k = Math.floor(random() * (i + 1));
    [order[i], order[k]] = [order[k], order[i]];
  }
  return order;
}

function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
