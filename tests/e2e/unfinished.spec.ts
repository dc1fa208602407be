import { expect, test } from '@playwright/test';
import { signInAs } from './support/people';
import { openTill } from './support/till';
import { visit } from './support/visit';

test('a cart outlives a click in the rail, Back and a reload, and is gone once it is dropped', async ({ page }) => {
  await signInAs(page, 'cashier', '/pos');
  await openTill(page);
  const search = page.getByLabel('Tìm dịch vụ');
  const line = page.getByRole('button', { name: /^Chọn dòng/ });
  const cameBack = page.getByText(/Đã khôi phục phần bạn đang làm dở/);
  await search.fill('SH01');
  await search.press('Enter');
  await expect(line).toHaveCount(1);
  await page.getByRole('link', { name: 'Bệnh nhân', exact: true }).click();
  await expect(page).toHaveURL(/\/patients$/);
  await page.goBack();
  await expect(cameBack).toBeVisible();
  await expect(line).toHaveCount(1);
  await page.reload();
  await expect(cameBack).toBeVisible();
  await expect(line).toHaveCount(1);
  await page.getByRole('button', { name: 'Bỏ, làm lại' }).click();
  await expect(line).toHaveCount(0);
  await page.waitForTimeout(500);
  await page.reload();
  await expect(search).toBeVisible();
  await expect(cameBack).toBeHidden();
});

test('what waits for a manager stands in the bar as soon as a cashier has closed, without a reload', async ({
  page,
  browser,
  baseURL,
}) => {
  await signInAs(page, 'branch-manager', '/orders');
  const waits = page.getByRole('banner').getByRole('button', { name: /việc chờ bạn|Không có việc nào/ });
  await expect(waits).toBeVisible();
  const before = Number(/\d+/.exec((await waits.getAttribute('aria-label')) ?? '')?.[0] ?? 0);
  const other = await browser.newContext({ baseURL: baseURL ?? '', locale: 'vi-VN' });
  const till = await other.newPage();
  await signInAs(till, 'cashier', '/pos');
  await openTill(till);
  await till.getByRole('button', { name: 'Đóng ca' }).click();
  await till.getByRole('dialog').getByRole('button', { name: 'Đóng ca' }).click();
  await expect(till.getByRole('dialog').getByRole('link', { name: 'Xem báo cáo ca' })).toBeVisible();
  await other.close();
  await expect(waits).toHaveAccessibleName(`${before + 1} việc chờ bạn`);
  await waits.click();
  await page.getByRole('menuitem', { name: /ca chờ bạn xác nhận/ }).click();
  await expect(page).toHaveURL(/\/pos\/shifts\?state=closed$/);
});

test('language and look can be chosen before signing in', async ({ page }) => {
  await visit(page, '/sign-in');
  const email = page.getByRole('textbox').first();
  await email.fill('half-typed');
  await page.getByRole('button', { name: /^Ngôn ngữ/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(email).toHaveValue('half-typed');
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
