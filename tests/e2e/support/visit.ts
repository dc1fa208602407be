import type { Page } from '@playwright/test';

/** A page answers to keys and clicks once its script has taken over every part of it, and has done what it does at the beginning. */
export async function answering(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const parts = [...document.querySelectorAll('button, input, a[href]')];
    const taken = (part: Element) => Object.keys(part).some((key) => key.startsWith('__reactFiber'));
    return document.readyState === 'complete' && parts.every(taken);
  });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 })));
}

/** Goes to an address as somebody does who waits until the page answers, and no longer. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await answering(page);
}
