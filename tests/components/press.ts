import { expect } from 'vitest';
import type { Locator } from 'vitest/browser';

/** Two presses before anything is drawn again, as a double click on a slow device is. */
export async function pressTwice(button: Locator): Promise<void> {
  await expect.element(button).toBeInTheDocument();
  const element = button.element() as HTMLElement;
  element.click();
  element.click();
}

/** Presses a checkbox or a radio button: the input itself lies hidden under its label, where no pointer finds it. */
export async function choose(choice: Locator): Promise<void> {
  await expect.element(choice).toBeEnabled();
  (choice.element() as HTMLElement).click();
}

/** What stands in a place, once these words are among it. Spaces that do not break count as spaces. */
export const expectText = (place: Locator, words: string | RegExp): Promise<void> =>
  expect.poll(() => place.query()?.textContent?.replace(/\u00a0/g, ' ') ?? '').toMatch(words);

/** Where the keyboard is, once it is there. */
export const expectFocus = (place: Locator): Promise<void> =>
  expect.poll(() => document.activeElement !== document.body && document.activeElement === place.query()).toBe(true);
