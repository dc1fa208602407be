import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { clippedTexts } from './clipped';
import { beyondEdge, tornFigures, unreachable } from './reachable';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

// The pictures of the documents are made again only when asked for, so that a test run leaves the tree as it was.
const folder = process.env.UPDATE_SCREENS ? 'docs/screens' : 'test-results/screens';

/**
 * What moves in has to stand still first, for axe measures contrast on what is painted; and a page that is streamed has its title
 * a moment after its text.
 */
async function comeToRest(page: Page): Promise<void> {
  // What a hand shows goes with it.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.waitForFunction(() => {
    const moving = document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    return document.title !== '' && moving.length === 0;
  });
}

/** What axe finds wrong with a screen that has come to rest. */
export async function violations(page: Page, name: string): Promise<string[]> {
  await comeToRest(page);
  // Our pages hold no frames, so that no page of its own has to be opened for what axe found; and what is right needs no account of it.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

type Theme = 'light' | 'dark';
type Size = { width: number; height: number };

/** The page that stands, at another size, in another theme, with larger text: it is not loaded again for any of them. */
export async function stand(page: Page, size: Size, theme: Theme, text = ''): Promise<void> {
  await page.setViewportSize(size);
  // The window has taken its size when the page hears of it.
  await page.waitForFunction((width) => window.innerWidth === width, size.width);
  await page.evaluate(
    ([name, fontSize]) =>
      new Promise<void>((done) => {
        const { dataset, style } = document.documentElement;
        // Colours do not pass into the next ones while they are looked at.
        Object.assign(dataset, { theme: name, dressing: '' });
        style.fontSize = fontSize;
        // Lengths that go with the size of the text are laid out again everywhere.
        const focused = document.activeElement;
        document.body.style.display = 'none';
        void document.body.offsetHeight;
        document.body.style.display = '';
        if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
      }),
    [theme, text] as const,
  );
}

/** Twice the size of text, twice the size of everything (WCAG 1.4.4), and a phone of 320 px (1.4.10). */
const LARGER = {
  'text of 200 %': { size: DESKTOP, text: '200%' },
  'a zoom of 200 %': { size: { width: 720, height: 450 }, text: '' },
  'a phone, with text of 200 %': { size: PHONE, text: '200%' },
  'a width of 320 px': { size: { width: 320, height: 640 }, text: '' },
};

/** All is there, whole and within reach, whatever the size of the text. */
export async function examineLarger(page: Page, name: string): Promise<void> {
  for (const [way, { size, text }] of Object.entries(LARGER)) {
    await stand(page, size, 'light', text);
    const wrong = {
      'cut off': await clippedTexts(page),
      'broken inside': await tornFigures(page),
      'beyond the edge': await beyondEdge(page),
      'out of reach': await unreachable(page),
    };
    const nothing = Object.fromEntries(Object.keys(wrong).map((kind) => [kind, []]));
    expect.soft(wrong, `${name}, at ${way}`).toEqual(nothing);
  }
}

async function examine(page: Page, name: string): Promise<void> {
  // Soft: one walk reports every screen that is not right.
  expect.soft(await violations(page, name)).toEqual([]);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(await clippedTexts(page), `${name}: cut off`).toEqual([]);
  await picture(page, name);
}

/** Looks at a screen as it stands now, at a desk and on a phone: axe, no sideways scroll, a picture of each. */
export async function look(page: Page, name: string): Promise<void> {
  await examine(page, `${name}-desktop`);
  await page.setViewportSize(PHONE);
  await examine(page, `${name}-phone`);
  await page.setViewportSize(DESKTOP);
}

/** As `look`, for what is read on a phone first. */
export async function lookOnPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize(DESKTOP);
  await examine(page, `${name}-desktop`);
  await page.setViewportSize(PHONE);
  await examine(page, `${name}-phone`);
  await examineLarger(page, name);
  await stand(page, PHONE, 'light');
}
