import { tableAccess } from '@/scripts/lib/documents/table-access.mjs';
import type { Tree } from '../tree';

const DEFINED = /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE|VIEW|TYPE) ([a-z_]+)/gm;

/** Migrations older than the routines still define some; an applied migration is never edited. */
const FIRST_WITHOUT = '20261129';

const namesIn = (tree: Tree, file: string) => [...tree.read(file).matchAll(DEFINED)].map(([, name = '']) => name);
const routinesOf = (tree: Tree) =>
  tree.filesIn('prisma/routines', /\.sql$/).flatMap((file) => namesIn(tree, file).map((name) => ({ file, name })));

/** A calculation in SQL stands in one place: `prisma/routines/<module>.sql`. */
export const repeatedRoutines = (tree: Tree): string[] => {
  const all = routinesOf(tree);
  return all
    .filter(({ name }, place) => all.findIndex((other) => other.name === name) !== place)
    .map(({ file, name }) => `${file} defines ${name} again`);
};

/** A migration defines only what triggers, defaults and constraints need. */
export const routinesInMigrations = (tree: Tree): string[] => {
  const repeatable = new Set(routinesOf(tree).map(({ name }) => name));
  return tree
    .filesIn('prisma/migrations', /\.sql$/)
    .filter((file) => (file.split('/')[2] ?? '') >= FIRST_WITHOUT)
    .flatMap((file) =>
      namesIn(tree, file)
        .filter((name) => repeatable.has(name))
        .map((name) => `${file}: ${name}`),
    );
};

/** Only the module that owns a table writes it: the one whose file of prisma/schema defines it. */
export const foreignWrites = (tree: Tree): string[] =>
  tableAccess(tree).foreignWrites.map((line) => `${line}; its owner has a routine or a use case in public/ for it`);

/** Every reading of another module's table is listed, and a change of the list is reviewed. */
export const unlistedAccess = (tree: Tree): string[] => {
  const listed = new Set(
    tree
      .read('prisma/table-access.txt')
      .split('\n')
      .filter((line) => line && !line.startsWith('#')),
  );
  const { lines } = tableAccess(tree);
  return [
    ...lines.filter((line) => !listed.has(line)).map((line) => `${line}: not in prisma/table-access.txt`),
    ...[...listed].filter((line) => !lines.includes(line)).map((line) => `${line}: no longer so`),
  ];
};
