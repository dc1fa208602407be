import type { Browser } from '@playwright/test';
import type { Cookies } from './opened';

/** Signs a demo account in through the form; answers what its browser then holds. */
export async function signedIn(browser: Browser, base: string, account: string, password: string): Promise<Cookies> {
  const context = await browser.newContext({ locale: 'vi-VN' });
  try {
    const page = await context.newPage();
    await page.goto(`${base}/sign-in`, { waitUntil: 'networkidle' });
    await page.locator('input[type=email], input[name=email]').first().fill(account);
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return await context.storageState();
  } finally {
    await context.close();
  }
}

/** Opens a shift where the cashier has none: a till without one shows no till. */
export async function openShift(browser: Browser, base: string, cookies: Cookies): Promise<void> {
  const context = await browser.newContext({ locale: 'vi-VN', storageState: cookies });
  try {
    const page = await context.newPage();
    await page.goto(`${base}/pos`, { waitUntil: 'networkidle' });
    const opens = page.getByRole('button', { name: /^(Mở ca|Open)/ });
    if (!(await opens.isVisible())) return;
    await opens.click();
    await opens.waitFor({ state: 'hidden' });
  } finally {
    await context.close();
  }
}
