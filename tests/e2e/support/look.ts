import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { clippedTexts } from './clipped';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

// The pictures of the documents are made again only when asked for, so that a test run leaves the tree as it was.
const folder = process.env.UPDATE_SCREENS ? 'docs/screens' : 'test-results/screens';

/**
 * What moves in has to stand still first, for axe measures contrast on what is painted; and a page that is streamed has its title
 * a moment after its text.
 */
async function comeToRest(page: Page): Promise<void> {
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
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
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
}
