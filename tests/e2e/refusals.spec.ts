import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { signInAs } from './support/people';
import { portalRefusal } from './support/portal';
import { visit } from './support/visit';

test('the command line refuses with a code, and distinguishes wrong usage', async () => {
  expect(await portalRefusal('load', '/no/such/folder')).toEqual({ status: 1, code: 'no_such_folder' });
  expect(await portalRefusal('users', 'add', 'cashier@sapoche.example', '--role', 'cashier')).toEqual({
    status: 1,
    code: 'user_exists',
  });
  expect((await portalRefusal('statements', 'run', 'october')).status).toBe(2);
  expect((await portalRefusal('no-such-command')).status).toBe(2);
});

test('a wrong password is one sentence, and nobody is signed in', async ({ page }) => {
  await visit(page, '/sign-in');
  await page.getByLabel('Email').fill('auditor@sapoche.example');
  await page.getByLabel('Mật khẩu').fill('not the password');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('alert').getByText('Email hoặc mật khẩu không đúng.')).toBeVisible();
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
  await visit(page, '/orders');
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
  expect((await request.get('/metrics')).status()).toBe(404);
});

test('background work is neither run nor moved by who has no key', async ({ request }) => {
  expect((await request.post('/api/inngest?fnId=portal-order&stepId=step', { data: {} })).status()).toBe(401);
  const host = 'evil.example:9';
  expect((await request.put('/api/inngest', { headers: { host } })).status()).toBe(401);
  // What nobody signed is not even parsed.
  const data = Buffer.from('FORGED\n{"level":50}');
  const broken = { data, headers: { 'content-type': 'application/json' } };
  expect((await request.post('/api/inngest?fnId=x&stepId=y', broken)).status()).toBe(401);
  const inBand = { headers: { host, 'x-inngest-sync-kind': 'in_band' }, data: { url: `http://${host}/api/inngest` } };
  expect((await request.put('/api/inngest', inBand)).status()).toBe(401);
});

test('a form of ten megabytes is refused at once, and the portal goes on answering', async ({ request, baseURL }) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'a&'.repeat(5_000_000);
  for (const path of ['/s/x/verify', '/s/x/code', '/api/auth/callback/credentials', '/api/auth/signout']) {
    // Not through the browser's request: its trace would parse the form.
    const refused = await fetch(new URL(path, baseURL), { method: 'POST', headers, body }).then(
      (answer) => answer.status === 413,
      () => true, // cut while it was still sending
    );
    expect(refused, path).toBe(true);
  }
  expect((await request.get('/health/live')).status()).toBe(200);
});

test('a sheet of over ten megabytes arrives whole, one that changed on the way is refused', async ({ page }) => {
  await signInAs(page, 'upload-operator', '/uploads');
  const title = 'external_ref,branch,ordered_at,patient_name,service_codes,note\n';
  const rows = Array.from(
    { length: 60_000 },
    (_, index) => `WHOLE-${index},Q3,2026-11-01,Someone ${index},,${'x'.repeat(200)}\n`,
  );
  const data = Buffer.from(title + rows.join(''));
  expect(data.length).toBeGreaterThan(12_000_000);
  const headers = {
    'content-type': 'application/octet-stream',
    'x-file-name': 'whole.csv',
    'x-file-size': String(data.length),
    'x-file-sha256': createHash('sha256').update(data).digest('hex'),
  };
  const cut = await page.request.post('/api/uploads', { headers, data: data.subarray(0, 8_000_000) });
  expect([cut.status(), await cut.json()]).toMatchObject([400, { reason: 'upload_incomplete' }]);
  const whole = await page.request.post('/api/uploads', { headers, data });
  expect(whole.status()).toBe(201);
  const { id } = (await whole.json()) as { id: string };
  const input = encodeURIComponent(JSON.stringify({ json: { id } }));
  const known = await (await page.request.get(`/api/trpc/uploads.byId?input=${input}`)).text();
  expect(known).toContain('whole.csv');
});

test('a batch of hundreds of calls is refused', async ({ request }) => {
  const calls = Array.from({ length: 300 }, () => 'search.all').join(',');
  expect((await request.get(`/api/trpc/${calls}?batch=1&input=%7B%7D`)).status()).toBe(400);
});

test('nobody has a picture resized, or our own routes asked for it', async ({ request }) => {
  for (const url of ['/icon.svg', '/api/inngest', '/s/x', 'http://127.0.0.1/'])
    expect((await request.get(`/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`)).status(), url).toBe(404);
});

test('every answer keeps other origins out', async ({ request }) => {
  for (const path of ['/sign-in', '/health/live', '/icon.svg', '/api/trpc/orders.list', '/s/x']) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  }
});
