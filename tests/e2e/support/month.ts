import { expect, type Page } from '@playwright/test';
import { visit } from './visit';

/** Runs a month, again where it was run before, and waits until its drafts are those of this run. */
export async function runMonth(page: Page, month: string): Promise<void> {
  await visit(page, `/statements/${month}`);
  await page.getByRole('button', { name: /^Tính (kỳ|lại)$/ }).click();
  await expect(page.getByText(/^Đang tính kỳ/).first()).toBeVisible();
  // It cannot be pressed from the first press to the end of the run.
  await expect(page.getByRole('button', { name: 'Tính lại' })).toBeEnabled({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Duyệt kỳ' })).toBeVisible();
}
