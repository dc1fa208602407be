import { expect, test } from '@playwright/test';
import { signInAs } from './support/people';
import { portalRefusal } from './support/portal';

test('the command line refuses with a code, and tells wrong usage apart', async () => {
  expect(await portalRefusal('load', '/no/such/folder')).toEqual({ status: 1, code: 'no_such_folder' });
  expect(await portalRefusal('users', 'add', 'cashier@sapoche.example', '--role', 'cashier')).toEqual({
    status: 1,
    code: 'user_exists',
  });
  expect((await portalRefusal('statements', 'run', 'october')).status).toBe(2);
  expect((await portalRefusal('no-such-command')).status).toBe(2);
});

test('a wrong password is one sentence, and nobody is signed in', async ({ page }) => {
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  await page.getByLabel('Email').fill('auditor@sapoche.example');
  await page.getByLabel('Mật khẩu').fill('not the password');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByText('Email hoặc mật khẩu không đúng.')).toBeVisible();
  expect(page.url()).not.toContain('password');
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a forged link opens nothing and says so', async ({ page }) => {
  const answer = await page.goto(`/s/${'A'.repeat(43)}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('Liên kết này không mở được').first()).toBeVisible();
  expect((await page.request.get('/s/view/pdf?lang=vi')).status()).toBeGreaterThanOrEqual(400);
});

test('another branch’s order is not found, another role’s page is refused', async ({ page }) => {
  await signInAs(page, 'cashier', '/pos');
  await page.goto('/orders', { waitUntil: 'networkidle' });
  const address = await page.locator('a[href^="/orders/"]').first().getAttribute('href');
  expect(address).toMatch(/^\/orders\/[0-9a-f-]{36}$/);
  expect((await page.request.get(address ?? '')).status()).toBe(200);
  expect((await page.request.get('/operations')).status()).toBe(403);
  await signInAs(page, 'cashier.td', '/pos');
  expect((await page.request.get(address ?? '')).status()).toBe(404);
});

test('a call without a session, and one from elsewhere, change nothing', async ({ request }) => {
  const answer = await request.post('/api/trpc/orders.createPaid', { data: {} });
  expect(answer.status()).toBe(401);
  expect((await request.post('/api/inngest?fnId=portal-order&stepId=step', { data: {} })).status()).toBe(401);
  expect((await request.get('/metrics')).status()).toBe(404);
});
