import { isTest, type Tree } from '../tree';

const EXPORTED = /^export (?:async )?function\*? (\w+)|^export const (\w+) = (?:async )?(?:<.*>)?\(/gm;

/** Where something is chosen between: what has none of these does the same whatever it is given. */
const DECISION = /\?(?![.:)])|\bif \(|&&|\|\||\bswitch \(|[!=]==|\.(?:filter|find|some|every|sort|toSorted|slice)\(/;

/** What of a file of components people decide by: hooks, and what asks or is filled in. */
const DECISIVE = /^use[A-Z]|(?:Dialog|Panel|Form|Step)$/;

const exportsOf = (tree: Tree, file: string) =>
  [...tree.read(file).matchAll(EXPORTED)].map(([, one, other]) => one ?? other ?? '');

/** Every word of the tests but the laws', which speak of code without running it. */
function namedByTests(tree: Tree): ReadonlySet<string> {
  const tests = tree
    .codeIn(['tests', 'server', 'components', 'app'])
    .filter((file) => isTest(file) && !file.startsWith('tests/architecture/'));
  return new Set(tests.flatMap((file) => tree.read(file).match(/\b[a-zA-Z]\w+\b/g) ?? []));
}

function unnamed(tree: Tree, files: readonly string[], wanted: (file: string, name: string) => boolean): string[] {
  const named = namedByTests(tree);
  return files.flatMap((file) =>
    exportsOf(tree, file)
      .filter((name) => wanted(file, name) && !named.has(name))
      .map((name) => `${file}: ${name} is named by no test`),
  );
}

/** Every exported query is named by a test: what nobody asks in a test may answer anything. */
export const untestedQueries = (tree: Tree): string[] =>
  unnamed(tree, tree.filesIn('server/modules', /\/queries(\/[a-z-]+)?\.ts$/), () => true);

/**
 * Every dialog, panel, form, step and hook of the screens, and every function beside them (formatters, filters, rules), is named by
 * a test, unless nothing in its file is chosen between.
 */
export const untestedComponents = (tree: Tree): string[] => {
  const files = tree.codeIn(['components']).filter((file) => !isTest(file) && !file.includes('/gallery/'));
  const deciding = files.filter((file) => DECISION.test(tree.read(file)));
  return unnamed(tree, deciding, (file, name) => file.endsWith('.ts') || DECISIVE.test(name));
};

/** An act is sent by the hook that drops a second press, or asked for by a dialog that does; a bare one would be sent twice. */
export const actsSentTwice = (tree: Tree): string[] =>
  tree
    .codeIn(['components', 'app'])
    .filter((file) => !isTest(file) && file !== 'components/api/use-sent-once.ts')
    .filter((file) => /\buseMutation\b/.test(tree.read(file)) && /\bmutate\b/.test(tree.read(file)))
    .map((file) => `${file}: an act is sent by useSentOnce`);
