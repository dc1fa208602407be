import { expect, it } from 'vitest';
import { isTest, project, type Tree } from './tree';

const PIECES = ['components/ui', 'components/kit'];
const GALLERY = /\/gallery\//;
const PIECE = /^export (?:async )?(?:function|const) ([A-Z][a-z]\w*)/gm;

/** Why a piece does not stand on /design by itself. */
const ELSEWHERE: Record<string, string> = {
  UiProvider: 'draws nothing: it stands around the gallery',
  ListScreen:
    'asks for the views of who reads; it is made of what stands there, and is every list of tests/e2e/lists.spec.ts',
  ActsUnderWay: 'shows what is under way in this browser, in pieces that stand there: ProgressBar, Callout',
  SavedViews: 'asks for the views of who reads; tests/e2e/lists.spec.ts saves, uses and takes one away',
};

/** The pieces of the design system, each with its file. */
const piecesOf = (tree: Tree): Map<string, string> =>
  new Map(
    PIECES.flatMap((folder) => tree.filesIn(folder, /\.tsx$/))
      .filter((file) => !isTest(file) && !GALLERY.test(file))
      .flatMap((file) =>
        [...tree.read(file).matchAll(PIECE)].flatMap(({ 1: name }) => (name ? [[name, file]] : [])),
      ) as [string, string][],
  );

/**
 * Pieces that no gallery shows: neither named there, nor a part of nothing else than pieces that are. What a screen uses by itself
 * stands there by itself.
 */
function notShown(tree: Tree): string[] {
  const pieces = piecesOf(tree);
  const texts = tree
    .filesIn('components', /\.tsx$/)
    .concat(tree.filesIn('app', /\.tsx$/))
    .filter((file) => !isTest(file))
    .map((file) => ({ file, text: tree.read(file) }));
  const shown = texts.filter(({ file }) => GALLERY.test(file)).map(({ text }) => text);
  const others = texts.filter(({ file }) => !GALLERY.test(file));
  const has = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text);
  const isShown = (name: string, below: readonly string[] = []): boolean => {
    if (ELSEWHERE[name] || shown.some((text) => has(text, name))) return true;
    const users = others.filter(({ file, text }) => file !== pieces.get(name) && has(text, name));
    if (users.length === 0) {
      const around = [...pieces].filter(([other, file]) => other !== name && file === pieces.get(name));
      return around.some(([other]) => !below.includes(other) && isShown(other, [...below, name]));
    }
    return users.every(({ file }) => {
      const inside = [...pieces].filter(([, of]) => of === file).map(([other]) => other);
      return inside.some((other) => !below.includes(other) && isShown(other, [...below, name]));
    });
  };
  return [...pieces.keys()].filter((name) => !isShown(name)).map((name) => `${name} (${pieces.get(name)})`);
}

it('every piece of the design system stands on /design', () => {
  expect(notShown(project)).toEqual([]);
});

it('a new piece without a place there is noticed, as soon as it is exported', () => {
  const file = 'components/ui/meter.tsx';
  expect(notShown(project.with(file, 'export function Meter() {\n  return null;\n}\n'))).toEqual([`Meter (${file})`]);
});

it('what is excused is there, and would be missed', () => {
  const pieces = piecesOf(project);
  const gallery = project.filesIn('components', /\.tsx$/).filter((file) => GALLERY.test(file));
  for (const name of Object.keys(ELSEWHERE)) {
    expect(pieces.has(name), name).toBe(true);
    expect(
      gallery.some((file) => new RegExp(`<${name}\\b`).test(project.read(file))),
      name,
    ).toBe(false);
  }
});
