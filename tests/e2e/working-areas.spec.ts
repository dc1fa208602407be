import { expect, type Locator, type Page, test } from '@playwright/test';
import { signInAs } from './support/people';
import { ordersSheet } from './support/sheet';
import { visit } from './support/visit';

const MOST_STRIP_PX = 120;
const RUN = `AREA-${Date.now().toString(36).toUpperCase()}`;

const grid = (page: Page): Locator => page.getByRole('grid').or(page.getByRole('table')).last();

/** From the top of the page's place to the head of its rows. */
async function stripOf(page: Page): Promise<number> {
  const [place, head] = await Promise.all([
    page.getByRole('main').boundingBox(),
    grid(page).getByRole('columnheader').first().boundingBox(),
  ]);
  return Math.round((head?.y ?? Number.NaN) - (place?.y ?? Number.NaN));
}

/** How many px of the page there are that the window does not show. */
const pageScrolls = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);

const LISTS: [path: string, role: string, home: string][] = [
  ['/orders', 'finance', '/statements'],
  ['/patients', 'branch-manager', '/orders'],
  ['/doctors', 'finance', '/statements'],
  ['/rate-cards', 'finance', '/statements'],
  ['/pos/shifts', 'branch-manager', '/orders'],
  ['/uploads', 'upload-operator', '/uploads'],
  ['/operations/runs', 'administrator', '/operations'],
  ['/operations/messages', 'administrator', '/operations'],
  ['/audit', 'auditor', '/audit'],
];

for (const [path, role, home] of LISTS) {
  test(`${path} begins under a strip of at most 120 px, and its rows alone scroll`, async ({ page }) => {
    await signInAs(page, role, `(${home})`);
    await visit(page, path);
    await expect(grid(page)).toBeVisible();
    expect.soft(await stripOf(page), 'strip').toBeLessThanOrEqual(MOST_STRIP_PX);
    expect.soft(await pageScrolls(page), 'the page scrolls').toBeLessThanOrEqual(0);
  });
}

test('beside an open order the list keeps number, patient, state and money in sight, its strip, and the panel reaches the foot', async ({
  page,
}) => {
  await signInAs(page, 'finance', '/statements');
  await visit(page, '/orders');
  await grid(page).getByRole('row').nth(1).click();
  const close = page.getByRole('button', { name: 'Đóng chi tiết' });
  await expect(close).toBeVisible();
  const panel = await page.getByRole('complementary').boundingBox();
  if (!panel) throw new Error('no panel');
  expect.soft(panel.y + panel.height, 'foot of the panel').toBeGreaterThanOrEqual(900 - 24);
  for (const head of ['Số đơn', 'Bệnh nhân', 'Trạng thái', 'Tổng (đ)']) {
    const box = await grid(page).getByRole('columnheader', { name: head }).boundingBox();
    expect.soft((box?.x ?? Number.NaN) + (box?.width ?? 0), head).toBeLessThanOrEqual(panel.x);
  }
  expect.soft(await stripOf(page), 'strip').toBeLessThanOrEqual(MOST_STRIP_PX);
});

test('the check of an upload begins under a strip of at most 120 px; number and first column stay while others pass', async ({
  page,
}) => {
  await signInAs(page, 'upload-operator', '/uploads');
  await page.locator('input[type=file]').setInputFiles(ordersSheet(300, RUN));
  await expect(page.getByRole('link', { name: /^Tiếp tục với/ })).toBeVisible({ timeout: 60_000 });
  await expect(grid(page).getByRole('row').nth(2)).toBeVisible();
  expect.soft(await stripOf(page), 'strip').toBeLessThanOrEqual(MOST_STRIP_PX);
  expect.soft(await pageScrolls(page), 'the page scrolls').toBeLessThanOrEqual(0);
  const cells = grid(page).getByRole('row').nth(2).getByRole('cell');
  const before = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
  await page.getByRole('region', { name: 'Nội dung tệp' }).evaluate((box) => box.scrollBy({ left: 600 }));
  const after = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
  expect.soft(after.map((box) => box?.x)).toEqual(before.map((box) => box?.x));
});
