import path from 'node:path';
import { type Tree, written } from '../tree';

const MODULE = /^server\/modules\/(core|sales|referral|intake|clinical|imaging)\/[a-z-]+\//;
const MODULE_FILE =
  /^(router|schema|policy|rules|queries|repository)(\/[a-z]+(-[a-z0-9]+)*)?(\.test)?\.ts$|^README\.md$/;
const USE_CASE = /^(use-cases|public)\/[a-z]+(-[a-z0-9]+)+(\.test)?\.ts$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const VAGUE = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'shared', 'lib']);

/** Routes name parameters and groups in brackets, private folders begin with an underscore. */
const withoutRouting = (part: string) => part.replace(/^[[(._]+|[\])]+$/g, '');
const stems = (file: string) => file.split('/').map((part) => withoutRouting(part.split('.')[0] ?? ''));

/** A module has the files that every module has, and lies in an area. */
export const misplacedFiles = (tree: Tree): string[] =>
  tree
    .filesIn('server/modules')
    .filter((file) => {
      const inside = file.replace(MODULE, '');
      return inside === file || (!MODULE_FILE.test(inside) && !USE_CASE.test(inside));
    })
    .map((file) => `${file} has no place: router, schema, policy, rules, queries, repository, use-cases/, public/`);

/** A use case exports a function of its file's name. */
export const unnamedUseCases = (tree: Tree): string[] =>
  tree
    .codeIn(written)
    .filter((file) => /^server\/modules\/.*\/(use-cases|public)\/[^/]+(?<!\.test)\.ts$/.test(file))
    .filter((file) => {
      const name = path.basename(file, '.ts').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      return !new RegExp(`export (async )?(function\\*?|const) ${name}\\b`).test(tree.read(file));
    })
    .map((file) => `${file} exports no function of its name`);

/** Files and folders are written in kebab-case. */
export const misspelledNames = (tree: Tree): string[] =>
  tree.codeIn(written).filter((file) => stems(file).some((stem) => stem !== '' && !KEBAB.test(stem)));

/** There is no drawer for what has no name. */
export const vagueNames = (tree: Tree): string[] =>
  tree
    .codeIn(written)
    .filter((file) => !file.startsWith('scripts/'))
    .filter((file) => stems(file).some((stem) => VAGUE.has(stem)))
    .map((file) => `${file} is a drawer; name it after what it holds`);
