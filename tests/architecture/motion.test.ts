import { expect, it } from 'vitest';
import { isTest, project } from './tree';

/**
 * What moves: what was just added (a line in the cart, a row that came by itself, a box that opens), work under way, and the count of
 * what is done, with its bar. Nothing else does, and what is added takes 120 ms.
 */
const MOVES: Record<string, RegExp> = {
  'animate-fade': /till\/cart-lines|ui\/(?:data-table-row|tooltip|side-panel|dialog)|frame\/(?:palette|rail-drawer)\./,
  'animate-rise': /ui\/(?:dialog|combo-list|control-styles)|frame\/palette\./,
  'animate-slide': /ui\/side-panel/,
  'animate-slide-left': /frame\/rail-drawer/,
  'animate-turn': /ui\/(?:button|combo-box)\.|frame\/palette-body/,
  'animate-breathe': /ui\/progress-bar/,
  'transition-[width]': /ui\/progress-bar/,
  // Another colour under a hand.
  'transition-colors': /ui\/(?:button-style|control-styles)|statement-access\/plain-button/,
};
const MOTION = /(?<![\w-])(?:animate|transition)(?:-[a-z]+)*(?:-\[\w+\])?(?=[\s'"`])/g;

it('nothing moves but what was just added, work under way, and the count of what is done', () => {
  const found = ['components', 'app']
    .flatMap((folder) => project.filesIn(folder, /\.tsx?$/))
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      [...project.read(file).matchAll(/['"`][^'"`\n]*['"`]/g)].flatMap(([text]) =>
        [...text.matchAll(MOTION)].map(([name]) => ({ file, name })),
      ),
    );
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ file, name }) => !MOVES[name]?.test(file))).toEqual([]);
});

it('what is added takes 120 ms, and no time for who asked for no motion', () => {
  const css = project.read('app/globals.css');
  const durations = [...css.matchAll(/--animate-(fade|rise|slide|slide-left): [\w-]+ (\w+)/g)].map(
    ([, , time]) => time,
  );
  expect(durations).toEqual(['120ms', '120ms', '120ms', '120ms']);
  const still = css.slice(css.indexOf('prefers-reduced-motion: reduce'));
  expect(still).toMatch(/animation-duration: 1ms;[\s\S]*animation-iteration-count: 1;[\s\S]*transition-duration: 1ms;/);
});
