import { expect, type Page, test } from '@playwright/test';
import { signInAs } from './support/people';

/** Holds a key down as a hand does that rests on it: one press and many repeats. */
async function hold(page: Page, key: string): Promise<void> {
  for (let times = 0; times < 8; times += 1) await page.keyboard.down(key);
  await page.keyboard.up(key);
}

async function fillCart(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: /Bệnh nhân/ }).fill('nguyen thi');
  await page
    .getByRole('option', { name: /Nguyễn Thị/ })
    .first()
    .click();
  const search = page.getByLabel('Tìm dịch vụ');
  await search.fill('SH01');
  await search.press('Enter');
}

test('a held F9 takes one payment, a held Enter leaves its change on the screen, and odd cash is rounded before their eyes', async ({
  page,
}) => {
  await signInAs(page, 'cashier', '/pos');
  const opens = page.getByRole('heading', { name: 'Mở ca' });
  const search = page.getByLabel('Tìm dịch vụ');
  await expect(opens.or(search)).toBeVisible();
  if (await opens.isVisible()) await page.getByRole('button', { name: 'Mở ca' }).click();
  await expect(search).toBeVisible();
  await fillCart(page);
  await page.keyboard.press('F4');
  await page.getByRole('dialog').getByLabel('Phần trăm').fill('7,3');
  await page.getByRole('dialog').getByRole('button', { name: 'Áp dụng' }).click();
  await expect(page.getByTestId('cash-due')).toBeVisible();

  await hold(page, 'F9');
  await expect(page.getByLabel('Khách đưa')).toBeFocused();
  await expect(page.getByTestId('order-number')).toBeHidden();
  await hold(page, 'F9');
  await expect(page.getByTestId('order-number')).toBeVisible();
  const number = await page.getByTestId('order-number').innerText();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('order-number')).toBeHidden();

  await fillCart(page);
  await page.keyboard.press('F9');
  await hold(page, 'Enter');
  await expect(page.getByTestId('order-number')).toBeVisible();
  expect(await page.getByTestId('order-number').innerText()).not.toBe(number);
});
