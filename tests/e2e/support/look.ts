import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

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

async function examine(page: Page, name: string): Promise<void> {
  await comeToRest(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const reported = violations.map(
    ({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  // Soft: one walk reports every screen that is not right.
  expect.soft(reported).toEqual([]);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
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
