// Giving back and putting right: by line, with a second person on the spot and at a screen of their own, in another branch, and a void.
import { expect, type Page, test } from '@playwright/test';
import { look } from './support/look';
import { signInAs } from './support/people';
import { openTill } from './support/till';
import { visit } from './support/visit';

const vnd = (amount: number) => new Intl.NumberFormat('vi-VN').format(amount);

/** Sells services in exact cash, and goes to the page of the order. Answers its number. */
async function sell(page: Page, ...codes: string[]): Promise<string> {
  await visit(page, '/pos');
  await openTill(page);
  await page.getByRole('combobox', { name: /Bệnh nhân/ }).fill('nguyen thi');
  await page
    .getByRole('option', { name: /Nguyễn Thị/ })
    .first()
    .click();
  const search = page.getByLabel('Tìm dịch vụ');
  for (const code of codes) {
    await search.fill(code);
    await search.press('Enter');
  }
  await page.getByRole('button', { name: 'Thu tiền F9' }).click();
  const number = await page.getByTestId('order-number').innerText();
  await page.getByRole('link', { name: 'Xem đơn' }).click();
  await expect(page.getByRole('heading', { name: number })).toBeVisible();
  return number;
}

const dialog = (page: Page) => page.getByRole('dialog');

async function startWhole(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Hoàn tiền…' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Chọn hết' })).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('Lý do').fill(reason);
}

test('a line is given back in cash, to the dong, and stands on the order and on its paper', async ({ page }) => {
  await signInAs(page, 'cashier', '/pos');
  await sell(page, 'SH01', 'HH01');
  await page.getByRole('button', { name: 'Hoàn tiền…' }).click();
  await dialog(page).getByRole('checkbox').first().check({ force: true });
  await dialog(page).getByLabel('Lý do').fill('Khách không làm nữa');
  await expect(dialog(page).getByTestId('refund-outcome')).toContainText('tiền mặt từ');
  await look(page, 'giving-back');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Trả khách tiền mặt')).toBeVisible();
  const paper = await dialog(page).getByRole('link', { name: 'In phiếu hoàn' }).getAttribute('href');
  const answer = await page.request.get(paper ?? '');
  expect(answer.headers()['content-type']).toContain('application/pdf');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Khách không làm nữa')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Hủy đơn…' })).toBeHidden();
  // What follows by itself: the books, and the laboratory.
  await expect(page.getByText('Ghi giảm doanh thu')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Báo phòng xét nghiệm ngừng thực hiện')).toBeVisible();
  await look(page, 'order-given-back');
});

test('above the limit a manager decides: on the spot by password, and from a screen of their own', async ({
  page,
  browser,
  baseURL,
}) => {
  await signInAs(page, 'cashier', '/pos');
  await sell(page, 'CD08');
  await startWhole(page, 'Máy chụp hỏng');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Đang chờ trưởng chi nhánh duyệt')).toBeVisible();
  await look(page, 'giving-back-approval');
  await dialog(page)
    .getByLabel(/Email của/)
    .fill('branch-manager@sapoche.example');
  await dialog(page)
    .getByLabel(/Mật khẩu của/)
    .fill(process.env.DEMO_PASSWORD ?? '');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Trả khách tiền mặt')).toBeVisible();
  await expect(dialog(page)).toContainText(vnd(1_150_000));
  await page.keyboard.press('Enter');

  const number = await sell(page, 'CD08');
  await startWhole(page, 'Bác sĩ đổi chỉ định');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Đang chờ trưởng chi nhánh duyệt')).toBeVisible();
  const other = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
  const manager = await other.newPage();
  await signInAs(manager, 'branch-manager', '/orders');
  await visit(manager, '/approvals');
  const card = manager.getByRole('article', { name: number });
  await expect(card).toContainText('Bác sĩ đổi chỉ định');
  await look(manager, 'approvals');
  await card.getByRole('button', { name: 'Duyệt' }).click();
  await expect(card).toBeHidden();
  await other.close();
  await expect(dialog(page).getByRole('button', { name: 'Hoàn tiền' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Trả khách tiền mặt')).toBeVisible();
});

test('another branch gives back by the number of the receipt; an order of today is voided', async ({
  page,
  browser,
  baseURL,
}) => {
  await signInAs(page, 'cashier', '/pos');
  const number = await sell(page, 'SH01', 'HH01');
  const other = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
  const there = await other.newPage();
  await signInAs(there, 'cashier.td', '/pos');
  await openTill(there);
  await visit(there, '/orders');
  await there.getByRole('button', { name: 'Hoàn theo số đơn…' }).click();
  await expect(dialog(there).getByRole('textbox')).toBeFocused();
  await there.keyboard.type(number);
  await there.keyboard.press('Enter');
  await expect(dialog(there).getByText(/bán tại chi nhánh Q3/)).toBeVisible();
  await dialog(there).getByRole('button', { name: 'Chọn hết' }).press('Enter');
  await dialog(there).getByLabel('Lý do').fill('Khách ở xa');
  await there.keyboard.press('Enter');
  await expect(dialog(there).getByText('Trả khách tiền mặt')).toBeVisible();
  await other.close();

  await sell(page, 'SH01');
  await page.getByRole('button', { name: 'Hủy đơn…' }).click();
  await expect(dialog(page).getByLabel('Lý do')).toBeFocused();
  await page.keyboard.type('Bán nhầm người');
  await look(page, 'void');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Đã hủy đơn')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã hủy', { exact: true })).toBeVisible();
});
