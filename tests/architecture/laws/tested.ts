import { isTest, type Tree } from '../tree';

const EXPORTED = /^export (?:async )?function\*? (\w+)|^export const (\w+) = (?:async )?\(/gm;

/** Every exported query is named by a test: what nobody asks in a test may answer anything. */
export const untestedQueries = (tree: Tree): string[] => {
  const tests = [...tree.codeIn(['tests', 'server', 'components', 'app'])]
    .filter(isTest)
    .map((file) => tree.read(file));
  const named = new Set(tests.flatMap((text) => text.match(/\b[a-zA-Z]\w+\b/g) ?? []));
  return tree
    .filesIn('server/modules', /\/queries(\/[a-z-]+)?\.ts$/)
    .flatMap((file) =>
      [...tree.read(file).matchAll(EXPORTED)].map(([, one, other]) => ({ file, name: one ?? other ?? '' })),
    )
    .filter(({ name }) => !named.has(name))
    .map(({ file, name }) => `${file}: ${name} is named by no test`);
};
