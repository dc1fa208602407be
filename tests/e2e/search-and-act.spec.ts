import { expect, type Page, test } from '@playwright/test';
import { look } from './support/look';
import { signInAs } from './support/people';
import { openTill } from './support/till';
import { visit } from './support/visit';

const NAME = 'Hoàng Thị Trang';
const palette = (page: Page) => page.getByRole('dialog', { name: 'Tìm mọi thứ' });

async function openPalette(page: Page, typed = ''): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  if (typed) await palette(page).getByRole('combobox').fill(typed);
}

test('Ctrl K finds hoang trang, and sells to her', async ({ page }) => {
  await signInAs(page, 'cashier', '/pos');
  await openTill(page);
  await visit(page, '/orders');
  await openPalette(page, 'hoang trang');
  const found = palette(page)
    .getByRole('option', { name: new RegExp(`^${NAME}`) })
    .first();
  await expect(found).toHaveAttribute('aria-selected', 'true');
  await look(page, 'palette-found');
  await page.keyboard.press('Tab');
  await expect(palette(page).getByRole('option')).toHaveCount(3);
  await look(page, 'palette-acts');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pos$/);
  await expect(
    page.getByRole('region', { name: 'Các bên' }).or(page.locator('section')).getByText(NAME).first(),
  ).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
});

test('what one was at last comes first, and is gone with the person', async ({ page }) => {
  await signInAs(page, 'auditor', '/audit');
  await openPalette(page, 'trang hoang');
  await expect(
    palette(page)
      .getByRole('option', { name: new RegExp(`^${NAME}`) })
      .first(),
  ).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
  await openPalette(page);
  await expect(palette(page).getByText('Gần đây')).toBeVisible();
  await expect(palette(page).getByRole('option').first()).toContainText(NAME);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Trang');
  await palette(page).getByRole('combobox').fill('dang xuat');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('personal.')))).toEqual([]);
});

/** Every list that is searched: what is typed, in another order, without accents, and with a letter too many, and what each must show. */
const LISTS = [
  { at: '/orders', typed: 'trang hoangg thi', shows: NAME, role: 'finance', home: '/statements' },
  { at: '/patients', typed: 'trang thi hoangg', shows: NAME, role: 'auditor', home: '/audit' },
  { at: '/doctors', typed: 'quynhh thu', shows: 'BS. Đỗ Thu Quỳnh', role: 'finance', home: '/statements' },
  { at: '/rate-cards', typed: '2026', shows: /2026/, role: 'finance', home: '/statements' },
] as const;

for (const { at, typed, shows, role, home } of LISTS) {
  test(`${at} finds the words of a search in another order`, async ({ page }) => {
    await signInAs(page, role, home);
    await visit(page, `${at}?q=${encodeURIComponent(typed)}`);
    await expect(page.getByRole('grid').last().getByText(shows).first()).toBeVisible();
  });
}
