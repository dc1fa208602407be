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

/** Names that stand in tables, queues or protocols and cannot change: they are read over. */
const PERSISTED =
  /set_aside\w*|stand_back\b|effect_receipt|'take-up-again'|notices-missing|order\.notice-requested|notice:order-paid/g;

/** Our former words of identifiers and files, each with the trade's. */
const OLD_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\b(told|tell|untold)\b|(?<![a-z])(told|tell)(?=[A-Z_]|-\w)|[a-z](Told|Tell)(?![a-z])/, 'report or notify'],
  [/set-?aside|setAside/i, 'quarantine'],
  [/take-up-|takeUp[A-Z]/, 'resume'],
  [/give-?up(?=[-A-Z]|\b)|gave-?up/i, 'fail'],
  [/stand-?(s-?)?back/i, 'yield'],
  [/\bparked|[a-z]Parked|wake-?parked/, 'pause'],
  [/forsaken/i, 'abandoned'],
  [/\bhurts?\b|hurt-card|Hurt[A-Z]/, 'issue or impact'],
  [/reckon/i, 'calculate'],
  [/keepRuns|run-keeping|RunKeeping|keepInBox|keepMapping/, 'record, store or save'],
  [/hold(Upload|Doctor|While|Body)|hold_(open_shift|number_block)/, 'lock or buffer'],
  [/[a-z]Notices?\b(?<!GateNotice)|notice-kinds|-notices\b|Notice(Kind|Request)/, 'notification'],
  [/\b(make|load|create)World|[a-z]World\b|-world\b/, 'fixture'],
  [/find-?receipts/i, 'effect state'],
  [/knock|errand|guest-?house/i, 'request'],
];

/** Our former phrases of comments, log lines and titles. */
const OLD_PHRASES =
  /\b(anew|in vain|forsaken|told|untold|tells|reckon(s|ed|ing)?|set aside|guest house|stands? back|takes? up(?! to)|taken up|g[ia]ve(s|n)? up|parked)\b/i;

/** Read over: the engine's SQL, whose text is the version by which its processes agree; a word changed there parts old and new. */
const VERSIONED = /^inngest\/engine\/store\/\w+\.sql\.ts$/;

/** Words of our own that the trade has a word for do not come back: neither in names nor in comments. */
export function oldWords(tree: Tree): string[] {
  const files = [...tree.codeIn(written), ...tree.filesIn('prisma/routines', /\.sql$/)].filter(
    (file) => !file.startsWith('tests/architecture/laws') && !file.startsWith('i18n/messages') && !VERSIONED.test(file),
  );
  return files.flatMap((file) =>
    [file, ...tree.read(file).split('\n')].flatMap((line, number) => {
      const text = line.replace(PERSISTED, '');
      const [, right] = OLD_NAMES.find(([name]) => name.test(text)) ?? [];
      const phrase = OLD_PHRASES.exec(text)?.[0];
      if (!right && !phrase) return [];
      return [`${file}:${number} ${line.trim()}: say ${right ?? `a plain word instead of “${phrase}”`}`];
    }),
  );
}
