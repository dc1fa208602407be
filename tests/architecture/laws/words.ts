import { isTest, type Tree, written } from '../tree';

function holding(tree: Tree, pattern: RegExp, among: (file: string) => boolean = () => true): string[] {
  const files = tree.codeIn(written).filter((file) => !file.startsWith('tests/architecture/') && among(file));
  return files.flatMap((file) =>
    tree
      .read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

/** Nothing is put off in code: what is not done is an issue. */
export const unfinishedCode = (tree: Tree): string[] =>
  holding(tree, /\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented|coming soon|lorem ipsum/i);

/** Neither the type checker nor the linter is silenced. */
export const suppressions = (tree: Tree): string[] =>
  holding(tree, /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/);

/** No test is left out. */
export const skippedTests = (tree: Tree): string[] =>
  holding(tree, /\b(it|test|describe)\.(skip|only|todo|fixme)\b/, isTest);

/** Which Inngest server runs is known to no line of the application: the environment alone decides. */
export const engineReferences = (tree: Tree): string[] =>
  holding(
    tree,
    /inngest[-_/]engine|ENGINE_[A-Z]|embedded (engine|server)|official server/i,
    (file) => /^(app|components|server|inngest|i18n)\//.test(file) && !file.startsWith('inngest/engine/'),
  );

/** Set by the tools that build and run, and written into the code by them: no setting of ours. */
const builtIn = /process\.env\.NODE_ENV\b/g;

/** Settings are read from the environment in one file: server/platform/env.ts. */
export const settingsElsewhere = (tree: Tree): string[] =>
  tree
    .codeIn(['app', 'components', 'server', 'inngest', 'i18n'])
    .filter((file) => !isTest(file) && !file.startsWith('inngest/engine/') && file !== 'server/platform/env.ts')
    .filter((file) => tree.read(file).replace(builtIn, '').includes('process.env'))
    .map((file) => `${file} reads the environment; server/platform/env.ts does`);
