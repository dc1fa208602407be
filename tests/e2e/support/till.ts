import { expect, type Page } from '@playwright/test';
import { signInAs } from './people';

/** Opens a shift at the till that a page shows, where there is none. */
export async function openTill(page: Page): Promise<void> {
  const opens = page.getByRole('heading', { name: 'Mở ca' });
  const search = page.getByLabel('Tìm dịch vụ');
  await expect(opens.or(search)).toBeVisible();
  if (await opens.isVisible()) {
    await page.getByLabel('Tiền đầu ca').fill('500000');
    await page.getByRole('button', { name: 'Mở ca' }).click();
  }
  await expect(search).toBeVisible();
}

/** A cashier sells one test for cash, through the till; answers the order's number. */
export async function sellOne(page: Page): Promise<string> {
  await signInAs(page, 'cashier', '/pos');
  await openTill(page);
  const search = page.getByLabel('Tìm dịch vụ');
  await page.getByRole('combobox', { name: /Bệnh nhân/ }).fill('nguyen thi');
  await page
    .getByRole('option', { name: /Nguyễn Thị/ })
    .first()
    .click();
  await search.fill('SH01');
  await search.press('Enter');
  await page.getByRole('button', { name: 'Thu tiền F9' }).click();
  return page.getByTestId('order-number').innerText();
}
