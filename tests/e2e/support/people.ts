import { expect, type Page } from '@playwright/test';

/** Whoever signed in has left, and so has their page: one that is open notices that its session is gone, and goes by itself. */
export async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

/** Signs a demo person in through the form, and waits for the home of the role. */
export async function signInAs(page: Page, role: string, home: string): Promise<void> {
  const password = process.env.DEMO_PASSWORD;
  if (!password) throw new Error('DEMO_PASSWORD is not set; run these tests by `npm test -- e2e`');
  await leave(page);
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  await page.getByLabel('Email').fill(`${role}@sapoche.example`);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).toHaveURL(new RegExp(`${home}$`));
  // The page answers to keys once its script has taken over.
  await page.waitForLoadState('networkidle');
}
