import { expect, type Page } from '@playwright/test';
import { enter } from './session';
import { visit } from './visit';

/** Whoever signed in has left, and so has their page: one that is open notices that its session is gone, and goes by itself. */
export async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

/** A demo person enters as the form does, and comes to the home of the role. */
export async function signInAs(page: Page, role: string, home: string): Promise<void> {
  const password = process.env.DEMO_PASSWORD;
  if (!password) throw new Error('DEMO_PASSWORD is not set; run these tests by `npm test -- e2e`');
  await leave(page);
  await enter(page.request, `${role}@sapoche.example`, password);
  await visit(page, '/');
  await expect(page).toHaveURL(new RegExp(`${home}$`));
}
