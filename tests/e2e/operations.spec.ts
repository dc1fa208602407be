import { expect, type Locator, type Page, test } from '@playwright/test';
import { look } from './support/look';
import { breakNotifications, repairNotifications } from './support/notifications';
import { signInAs } from './support/people';
import { sellOne } from './support/till';

const SALE = 'Ghi sổ và báo tin sau khi bán';
const CAUSE = 'Việc dừng vì lỗi';
/** Ten repetitions, a second apart, and what they take. */
const GIVES_UP = { timeout: 90_000 };

const dialogOf = (page: Page) => page.getByRole('alertdialog');
const runsOf = (page: Page) => page.getByRole('grid', { name: 'Lượt chạy' });
const rowOf = (page: Page) => runsOf(page).getByRole('row').nth(1);
const functionRow = (page: Page) =>
  page.getByRole('table', { name: 'Việc chạy nền' }).getByRole('row', { name: new RegExp(`^${SALE}`) });
const panelOf = (page: Page) => page.getByRole('complementary').filter({ hasText: SALE });

async function open(page: Page, address = '/operations'): Promise<void> {
  await signInAs(page, 'administrator', '/operations');
  if (address !== '/operations') await page.goto(address, { waitUntil: 'load' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Fills the reason that every act asks for, and confirms. */
async function confirm(dialog: Locator, verb: RegExp, reason?: string): Promise<void> {
  if (reason) await dialog.getByLabel('Lý do').fill(reason);
  await dialog.getByRole('button', { name: verb }).click();
  await expect(dialog).toBeHidden();
}

async function pause(page: Page, reason: string): Promise<void> {
  const folded = page.getByRole('button', { name: 'Xem tất cả' });
  if (await folded.isVisible()) await folded.click();
  await functionRow(page)
    .getByRole('button', { name: `Tạm dừng “${SALE}”…` })
    .click();
  await expect(dialogOf(page)).toContainText('Lượt mới chờ trước bước đầu tiên');
  await dialogOf(page).getByRole('button', { name: 'Tạm dừng' }).click();
  await expect(dialogOf(page)).toContainText('Hãy ghi lý do');
  await confirm(dialogOf(page), /^Tạm dừng$/, reason);
  await expect(page.getByText(`“${SALE}” đang tạm dừng`)).toBeVisible();
}

async function resume(page: Page, waiting: number): Promise<void> {
  await page.goto('/operations', { waitUntil: 'load' });
  await functionRow(page)
    .getByRole('button', { name: `Chạy tiếp “${SALE}”…` })
    .click();
  await expect(dialogOf(page)).toContainText(waiting === 0 ? 'Không có lượt nào đang chờ' : `${waiting} lượt đang chờ`);
  await confirm(dialogOf(page), /^Chạy tiếp$/);
  await expect(page.getByText(`“${SALE}” đang tạm dừng`)).toBeHidden();
}

/** The run that a sale caused: found by the order's number, as an operator looks for it. */
async function findRun(page: Page, order: string, state: string): Promise<void> {
  await page.goto(`/operations/runs?q=${order}&function=pos-order`, { waitUntil: 'load' });
  await expect(rowOf(page)).toContainText(order);
  await expect(rowOf(page)).toContainText(state, GIVES_UP);
}

async function openRun(page: Page): Promise<Locator> {
  await rowOf(page).getByText(SALE).locator('xpath=ancestor::tr').press('Enter');
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(SALE);
  return panelOf(page);
}

const steps = (within: Locator) => within.getByRole('list', { name: 'Các bước' }).getByRole('listitem');

/** 1. Paused: the work of a sale waits before its first step; resumed, it is done. */
async function pauseAndResume(page: Page): Promise<void> {
  await open(page);
  await pause(page, 'Bảo trì tổng đài tin nhắn');
  const order = await sellOne(page);
  await open(page);
  await expect(functionRow(page)).toContainText('Tạm dừng · 1');
  await look(page, 'operations-paused');
  await findRun(page, order, 'Tạm dừng');
  await expect(await openRun(page)).toContainText('chưa có gì của nó xảy ra');
  await resume(page, 1);
  await findRun(page, order, 'Xong');
  const panel = await openRun(page);
  await expect(steps(panel).filter({ hasText: 'Xong' })).toHaveCount(2);
  await expect(steps(panel).first()).toContainText('Ghi sổ');
  await expect(panel).toContainText('1 bút toán');
  await expect(rowOf(page)).toContainText('Xong');
  await look(page, 'operations-run');
}

/** 2. No notification can be requested: the sale is posted, its patient gets no message, and the run fails. */
async function failWithoutNotification(page: Page): Promise<string> {
  await breakNotifications();
  try {
    const order = await sellOne(page);
    await open(page);
    await findRun(page, order, 'Đang thử lại');
    const waiting = await openRun(page);
    await expect(waiting).toContainText(CAUSE);
    await expect(waiting.getByRole('button', { name: 'Dừng hẳn…' })).toBeVisible();
    await findRun(page, order, 'Thất bại');
    return order;
  } finally {
    await repairNotifications();
  }
}

/** 3. The cause stands first, with its patient and its money; its replay does what is left, and nothing twice. */
async function replayTheCause(page: Page, order: string): Promise<void> {
  await page.goto('/operations', { waitUntil: 'load' });
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: SALE }) });
  await expect(card).toContainText(CAUSE);
  await expect(card).toContainText('1 bệnh nhân');
  await expect(card).toContainText('45.000 đ');
  await look(page, 'operations-failure');
  await card.getByRole('button', { name: 'Chạy lại…' }).click();
  const dialog = dialogOf(page);
  await expect(dialog).toContainText('1 lượt bắt đầu lại từ đầu, cho 1 bệnh nhân.');
  await expect(dialog.getByText('1 bút toán')).toBeVisible();
  await expect(dialog.getByText('1 thông báo')).toBeVisible();
  await look(page, 'operations-replay');
  await confirm(dialog, /^Chạy lại 1 lượt$/, 'Bảng đã sửa xong');
  await expect(page.getByText('1 lượt đang bắt đầu lại')).toBeVisible();
  await expect(card).toBeHidden();
  await findRun(page, order, 'Xong');
  await expect(runsOf(page).getByRole('row')).toHaveCount(3);
  const repeated = await openRun(page);
  await expect(steps(repeated).filter({ hasText: 'Xong' })).toHaveCount(2);
  await repeated.getByRole('link', { name: 'lượt trước' }).click();
  await expect(page).toHaveURL(/\/operations\/runs\//);
  await expect(page.getByRole('main')).toContainText('Thất bại');
  await expect(page.getByRole('link', { name: 'lượt sau' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chạy lại…' })).toHaveCount(0);
}

/** 4. A run that waits is stopped for good: nothing of it has happened, and nothing does. */
async function stopForGood(page: Page): Promise<void> {
  await page.goto('/operations', { waitUntil: 'load' });
  await pause(page, 'Thử dừng hẳn một lượt');
  const order = await sellOne(page);
  await open(page);
  await findRun(page, order, 'Tạm dừng');
  await runsOf(page).getByRole('row').nth(1).getByRole('checkbox').press('Space');
  await page.getByRole('button', { name: 'Dừng hẳn…' }).click();
  await expect(dialogOf(page)).toContainText('1 lượt dừng trước bước tiếp theo.');
  await confirm(dialogOf(page), /^Dừng hẳn 1 lượt$/, 'Đơn thử');
  await expect(rowOf(page)).toContainText('Đã dừng hẳn');
  await resume(page, 0);
  await findRun(page, order, 'Đã dừng hẳn');
  const stopped = await openRun(page);
  await expect(stopped).toContainText('Chưa có bước nào bắt đầu.');
  await expect(stopped.getByRole('button', { name: 'Chạy lại…' })).toBeVisible();
}

test('an operator pauses, lets go, repeats what failed and stops what waits', async ({ page }) => {
  test.setTimeout(420_000);
  await test.step('paused work waits, and goes on', () => pauseAndResume(page));
  const order = await test.step('a notice that cannot be asked for', () => failWithoutNotification(page));
  await test.step('what failed is repeated, and nothing twice', () => replayTheCause(page, order));
  await test.step('a run is stopped for good', () => stopForGood(page));
});

test('an auditor sees all of it and can touch nothing', async ({ page }) => {
  await signInAs(page, 'auditor', '/audit');
  await page.goto('/operations', { waitUntil: 'load' });
  const main = page.getByRole('main');
  await page.getByRole('button', { name: 'Xem tất cả' }).click();
  await expect(main.getByRole('table', { name: 'Việc chạy nền' })).toContainText(SALE);
  await expect(main.getByRole('button', { name: /Tạm dừng|Chạy tiếp|Chạy lại|Dừng hẳn/ })).toHaveCount(0);
  await look(page, 'operations-auditor');
  await page.goto('/operations/runs', { waitUntil: 'load' });
  await main.getByRole('checkbox').nth(1).check({ force: true });
  await expect(main.getByRole('button', { name: 'Xuất dòng đã chọn' })).toBeVisible();
  await expect(main.getByRole('button', { name: /Chạy lại|Dừng hẳn/ })).toHaveCount(0);
  await main.getByRole('button', { name: 'Bỏ chọn' }).click();
  await expect(main.getByRole('link', { name: 'Hộp tin nhắn' })).toHaveCount(0);
  expect((await page.request.get('/operations/messages')).status()).toBe(403);
  // One that was stopped before its first step has none to show.
  await page.goto('/operations/runs?state=completed', { waitUntil: 'load' });
  const address = await runsOf(page).locator('a[href^="/operations/runs/"]').first().getAttribute('href');
  await page.goto(address ?? '', { waitUntil: 'load' });
  await expect(page.getByRole('list', { name: 'Các bước' })).toBeVisible();
  await expect(main.getByRole('button')).toHaveCount(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'operations-run-page-dark');
  const refused = await page.request.post('/api/trpc/operations.pause', {
    data: { json: { functionId: 'pos-order', reason: 'not mine' } },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(refused.status()).toBe(403);
});

test('the console speaks English as well, and its addresses carry the filters', async ({ page, context, baseURL }) => {
  await signInAs(page, 'administrator', '/operations');
  await context.addCookies([{ name: 'locale', value: 'en', url: baseURL ?? '' }]);
  await page.goto('/operations?state=completed&function=order', { waitUntil: 'load' });
  const runs = page.getByRole('grid', { name: 'Runs' });
  await expect(runs.getByRole('row').nth(1)).toContainText('Sample numbers and lab orders');
  await expect(runs.getByText(/^(Running|Failed|Stopped)$/)).toHaveCount(0);
  await page.getByRole('button', { name: /^State|^Done/ }).click();
  await page.getByRole('option', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/state=failed/);
  await expect(page.getByText('No run matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/operations\/runs$/);
  expect((await page.request.get('/operations/runs/01NOSUCHRUN')).status()).toBe(404);
});
