import { expect, test } from '@playwright/test';
import { statementLink } from '../../bench/screens/statement-link';

test.use({ viewport: { width: 390, height: 844 } });

test('every page for people outside of the house says who speaks, in which language, and has a number to tap', async ({
  page,
}) => {
  const pages = [
    await statementLink(new Date()),
    `/s/${'x'.repeat(43)}`,
    '/s/view',
    `/verify/${'0'.repeat(64)}`,
    '/verify/nothing',
  ];
  for (const path of pages) {
    await page.goto(path);
    await expect.soft(page.getByRole('banner').getByText('Hệ thống Y tế Sapoche'), path).toBeVisible();
    await expect.soft(page.locator('a[href^="tel:"]'), path).toHaveAttribute('href', 'tel:02839301128');
    await page.getByRole('link', { name: 'English' }).click();
    await expect.soft(page.getByRole('banner').getByText('Sapoche Health'), path).toBeVisible();
    expect.soft(new URL(page.url()).pathname, path).toBe(path);
    await page.getByRole('link', { name: 'Tiếng Việt' }).click();
    await expect.soft(page.getByRole('banner').getByText('Hệ thống Y tế Sapoche'), path).toBeVisible();
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(sideways, path).toBeLessThanOrEqual(0);
  }
});

test('what a form of the gate could not do is read first: it has the focus, without a script too', async ({
  browser,
  baseURL,
}) => {
  const link = await statementLink(new Date());
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'vi-VN', javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${link}?problem=unavailable`);
    await expect.soft(page.locator(':focus'), `script: ${javaScriptEnabled}`).toContainText('Có lỗi');
    await context.close();
  }
});
