import { expect, test } from '@playwright/test';
import { SCREEN_BUDGETS } from '../../bench/screens/budgets';
import { scriptBytes } from '../../bench/screens/opened';
import { statementLink } from '../../bench/screens/statement-link';
import { signInAs } from './support/people';
import { openTill } from './support/till';

const kilobytes = (bytes: number) => bytes / 1000;

/** Opened by a browser that has seen nothing of the portal but a session. */
test('the screens that people open most stay within their budget of scripts', async ({ page, browser, baseURL }) => {
  await signInAs(page, 'cashier', '/pos');
  await openTill(page);
  const visits = {
    '/pos': { path: '/pos', storageState: await page.context().storageState() },
    '/orders': { path: '/orders', storageState: await page.context().storageState() },
    '/s/<token>': { path: await statementLink(new Date()), storageState: { cookies: [], origins: [] } },
  };
  for (const [screen, budget] of Object.entries(SCREEN_BUDGETS)) {
    const { path, storageState } = visits[screen as keyof typeof visits];
    const context = await browser.newContext({ storageState, baseURL: baseURL ?? '' });
    const bytes = await scriptBytes(await context.newPage(), path);
    await context.close();
    expect.soft(kilobytes(bytes), `scripts of ${screen}, compressed`).toBeLessThanOrEqual(budget);
  }
});
