import { expect, type Page, test } from '@playwright/test';
import { signInAs } from './support/people';

/** Goes through a dialog as hands on the keyboard do: it has the focus as it opens, and Enter goes on. */
const enter = (page: Page) => page.keyboard.press('Enter');
const isFocused = (page: Page, name: string | RegExp, role: 'button' | 'textbox' = 'button') =>
  expect(page.getByRole(role, { name, exact: true }).last()).toBeFocused();

async function openShift(page: Page): Promise<void> {
  const opens = page.getByRole('heading', { name: 'Mở ca' });
  const search = page.getByLabel('Tìm dịch vụ');
  await expect(opens.or(search)).toBeVisible();
  if (!(await opens.isVisible())) return;
  await isFocused(page, 'Tiền đầu ca', 'textbox');
  await page.keyboard.type('500k');
  await enter(page);
  await expect(search).toBeVisible();
}

test('a cashier’s day by the keyboard alone: the shift, the keys, a discount, a held sale, the count', async ({
  page,
}) => {
  await signInAs(page, 'cashier', '/pos');
  await openShift(page);
  const dialog = page.getByRole('dialog');
  // From the box where one is typing.
  await page.keyboard.press('F3');
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  await enter(page);
  await expect(dialog).toBeHidden();
  await page.keyboard.press('F3');
  await page.keyboard.type('SH01');
  await enter(page);
  await expect(page.getByRole('button', { name: /^Chọn dòng/ })).toHaveCount(1);
  await page.keyboard.press('F4');
  await isFocused(page, 'Phần trăm', 'textbox');
  await page.keyboard.type('5');
  await enter(page);
  await expect(dialog).toBeHidden();
  await page.keyboard.press('F6');
  await isFocused(page, 'Tên để tìm lại', 'textbox');
  await enter(page);
  await expect(page.getByRole('button', { name: /^Chọn dòng/ })).toHaveCount(0);
  await page.keyboard.press('F8');
  await expect(dialog.getByRole('button', { name: /SH01/ }).first()).toBeFocused();
  await enter(page);
  await expect(page.getByRole('button', { name: /^Chọn dòng/ })).toHaveCount(1);
  await page.keyboard.press('F3');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: /^Chọn dòng/ })).toHaveCount(0);
  // Emptied, it waits again, and is dropped for good by Delete.
  await page.keyboard.press('F8');
  await expect(dialog.getByRole('button', { name: /SH01/ }).first()).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Bỏ đơn' }).focus();
  await enter(page);
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Đóng ca' }).focus();
  await enter(page);
  const pieces = dialog.getByRole('textbox');
  await expect(pieces.first()).toBeFocused();
  await page.keyboard.type('1');
  for (let at = await pieces.count(); at > 0; at -= 1) await enter(page);
  await isFocused(page, 'Đóng ca');
  await enter(page);
  await isFocused(page, 'Xong');
  await enter(page);
  await expect(page.getByRole('heading', { name: 'Mở ca' })).toBeVisible();
});

test('a manager accepts a shift, and keeps a view, with Enter', async ({ page }) => {
  await signInAs(page, 'branch-manager', '/orders');
  await page.goto('/pos/shifts?state=closed', { waitUntil: 'networkidle' });
  const waits = page.getByRole('region', { name: 'Chờ bạn xác nhận' }).getByRole('button').first();
  await waits.focus();
  await enter(page);
  await page.getByRole('button', { name: 'Xác nhận ca' }).focus();
  await enter(page);
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Xác nhận ca' })).toBeFocused();
  await enter(page);
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.goto('/orders', { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Chế độ xem' }).focus();
  await enter(page);
  await page.getByRole('button', { name: 'Lưu chế độ xem này' }).focus();
  await enter(page);
  await isFocused(page, 'Tên', 'textbox');
  await enter(page);
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Chế độ xem chưa có tên');
  await isFocused(page, 'Tên', 'textbox');
  const name = `Phím ${Date.now().toString(36)}`;
  await page.keyboard.type(name);
  await enter(page);
  await expect(page.getByText(`Đã lưu chế độ xem “${name}”.`)).toBeVisible();
  await page.goto('/patients', { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  // Letters with marks are no keys: they need a box to stand in.
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true');
  await enter(page);
  await expect(page).toHaveURL(/\/orders$/);
});

test('an operator pauses and resumes with a reason, which outlives a reload, with Enter', async ({ page }) => {
  await signInAs(page, 'administrator', '/operations');
  const folded = page.getByRole('button', { name: 'Xem tất cả' });
  if (await folded.isVisible()) await folded.click();
  const rows = page.getByRole('table', { name: 'Việc chạy nền' });
  const pause = rows.getByRole('button', { name: /^Tạm dừng “PDF của bảng kê đã duyệt”/ });
  await pause.focus();
  await enter(page);
  await isFocused(page, 'Lý do', 'textbox');
  await page.keyboard.type('bảo trì máy in bảng kê');
  await page.waitForTimeout(500);
  await page.reload({ waitUntil: 'networkidle' });
  if (await folded.isVisible()) await folded.click();
  await pause.focus();
  await enter(page);
  await expect(page.getByText(/Đã khôi phục phần bạn đang làm dở/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Lý do' })).toHaveValue('bảo trì máy in bảng kê');
  await isFocused(page, 'Lý do', 'textbox');
  await enter(page);
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await rows.getByRole('button', { name: /^Chạy tiếp “PDF của bảng kê đã duyệt”/ }).focus();
  await enter(page);
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Chạy tiếp' })).toBeFocused();
  await enter(page);
  await expect(page.getByRole('alertdialog')).toBeHidden();
});
