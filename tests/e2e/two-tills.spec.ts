import { type Browser, expect, type Page, test } from '@playwright/test';
import { DESKTOP, PHONE, picture, violations } from './support/look';
import { signInAs } from './support/people';
import { openTill } from './support/till';

const enter = (page: Page) => page.keyboard.press('Enter');

/** A till of the branch with its shift open, in a browser of its own. */
async function tillOf(browser: Browser, role: 'cashier' | 'branch-manager'): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'vi-VN', viewport: DESKTOP })).newPage();
  await signInAs(page, role, role === 'cashier' ? '/pos' : '/orders');
  await page.goto('/pos');
  await openTill(page);
  return page;
}

/** A page that has just come hears no key until its code has come, too. */
const hearsKeys = (page: Page) =>
  expect(async () => {
    await page.keyboard.press('F2');
    await expect(page.getByRole('combobox', { name: /Bệnh nhân/ })).toBeFocused({ timeout: 200 });
  }).toPass();

/** The patient and one test, by keys alone; answers the patient's name. */
async function begin(page: Page): Promise<string> {
  await hearsKeys(page);
  await page.keyboard.type('nguyen thi', { delay: 60 });
  const option = page.getByRole('option', { name: /Nguyễn Thị/ }).first();
  const name = /Nguyễn Thị[\p{L} ]*/u.exec(await option.innerText())?.[0].trim() ?? '';
  await option.click();
  await page.keyboard.press('F3');
  await page.keyboard.type('SH01', { delay: 60 });
  await enter(page);
  await expect(page.getByRole('button', { name: /^Chọn dòng/ })).toHaveCount(1);
  return name;
}

const lines = (page: Page) => page.getByRole('button', { name: /^Chọn dòng/ });
const heldRow = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${name}`) });

test('a sale held at one till is taken back at another, one at a time, and comes back when it is dropped there', async ({
  browser,
}) => {
  const first = await tillOf(browser, 'cashier');
  const second = await tillOf(browser, 'branch-manager');
  const name = `Chị áo đỏ ${Date.now().toString(36)}`;
  await begin(first);
  await first.keyboard.press('F6');
  const box = first.getByRole('dialog').getByRole('textbox');
  await expect(box).toBeFocused();
  await box.fill(name);
  await enter(first);
  await expect(lines(first)).toHaveCount(0);

  // The other till hears of it by itself.
  await expect(second.getByRole('button', { name: /F8 Lấy lại \(\d+\)/ })).toBeVisible();
  await second.keyboard.press('F8');
  await expect(heldRow(second, name)).toBeFocused();
  await picture(second, 'held-sales-desktop');
  expect(await violations(second, 'held sales')).toEqual([]);
  await enter(second);
  await expect(lines(second)).toHaveCount(1);
  await first.keyboard.press('F8');
  await expect(heldRow(first, name)).toContainText('Đang ở quầy');
  await heldRow(first, name).click();
  await expect(first.getByText(/Đơn giữ này đang ở quầy/).first()).toBeVisible();
  await expect(lines(first)).toHaveCount(0);

  await second.keyboard.press('F3');
  await second.keyboard.press('Delete');
  await second.keyboard.press('F2');
  await expect(lines(second)).toHaveCount(0);
  await first.keyboard.press('F8');
  await expect(heldRow(first, name)).toContainText('giữ ở quầy');
  await heldRow(first, name).click();
  await expect(lines(first)).toHaveCount(1);
  await first.keyboard.press('F9');
  await enter(first);
  await expect(first.getByTestId('order-number')).toBeVisible();
  await second.keyboard.press('F8');
  await expect(second.getByRole('dialog')).toBeVisible();
  await expect(heldRow(second, name)).toHaveCount(0);
  await Promise.all([first.context().close(), second.context().close()]);
});

/** Closes the shift of a till, as its cashier does. */
async function closeShift(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Đóng ca' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Đóng ca' }).click();
  await expect(dialog.getByText('Ba tổng theo đơn, theo khoản thu và theo sổ ngăn kéo khớp nhau.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Xong' }).click();
  await expect(page.getByRole('heading', { name: 'Mở ca' })).toBeVisible();
}

test('a deposit at one till, the balance in a later shift at another, by keys; both shifts prove themselves', async ({
  browser,
}) => {
  const first = await tillOf(browser, 'cashier');
  const name = await begin(first);
  await first.keyboard.press('F9');
  await first.keyboard.type('20k');
  await first.getByText('Khách trả phần còn thiếu sau').click();
  await first.getByRole('button', { name: 'Thu tiền F9' }).click();
  const number = await first.getByTestId('order-number').innerText();
  await first.getByRole('link', { name: 'Xem đơn' }).click();
  await expect(first.getByTestId('owed')).toContainText('Còn nợ');
  await expect(first.getByText('Trả một phần').first()).toBeVisible();
  await picture(first, 'order-owed-desktop');
  expect(await violations(first, 'an order that owes')).toEqual([]);
  await first.goto('/pos');
  await hearsKeys(first);
  await closeShift(first);

  const second = await tillOf(browser, 'branch-manager');
  await second.goto(`/orders?state=part-paid&q=${number}`);
  await expect(second.getByRole('gridcell', { name: number, exact: true })).toBeVisible();
  await second.goto('/pos');
  await hearsKeys(second);
  await second.keyboard.press('F7');
  await expect(second.getByRole('textbox', { name: 'Tìm đơn còn nợ' })).toBeFocused();
  await second.keyboard.type(number, { delay: 60 });
  await enter(second);
  const dialog = second.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: new RegExp(number) })).toBeVisible();
  await enter(second);
  await expect(dialog.getByTestId('balance-due')).toBeVisible();
  await expect(dialog.getByText(name).first()).toBeVisible();
  await expect(dialog.getByLabel('Khách đưa')).toBeFocused();
  await picture(second, 'balance-desktop');
  expect(await violations(second, 'what is owed')).toEqual([]);
  await second.setViewportSize(PHONE);
  await expect(dialog.getByRole('button', { name: /Thu tiền/ })).toBeVisible();
  expect(await dialog.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
  await picture(second, 'balance-phone');
  await second.setViewportSize(DESKTOP);
  await dialog.getByLabel('Khách đưa').focus();
  await enter(second);
  await expect(dialog.getByText(`Đã thu đủ đơn ${number}`)).toBeVisible();
  const receipt = second.context().waitForEvent('request', (asked) => asked.url().includes('/receipt?language=vi'));
  await second.keyboard.press('F10');
  await receipt;
  await second.bringToFront();
  await enter(second);
  await expect(dialog).toBeHidden();
  // Scanned again, its receipt says that nothing is owed.
  await second.keyboard.press('F3');
  await second.keyboard.type(number, { delay: 60 });
  await enter(second);
  await expect(second.getByText(`Đơn ${number} đã thu đủ.`).first()).toBeVisible();
  await closeShift(second);
  await Promise.all([first.context().close(), second.context().close()]);
});
