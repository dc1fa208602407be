import { expect, test } from '@playwright/test';
import { look } from './support/look';
import { leave, signInAs } from './support/people';
import { portal } from './support/portal';
import { copyOf, enter, requestEverywhere, signOut, stranger, whoIs } from './support/session';
import { answering, visit } from './support/visit';

const password = process.env.DEMO_PASSWORD ?? '';
const SHUT = { page: 307, procedure: 401, batch: 401, document: 404, receipt: 404, upload: 401 };
const added = async (role: string) => {
  const email = `e2e-${Date.now().toString(36)}-${role}@sapoche.example`;
  const { oneTimePassword } = await portal<{ oneTimePassword: string }>('users', 'add', email, '--role', role);
  return { email, oneTimePassword };
};

test('a sign-out ends the session at every route, for anybody with its cookie', async ({ baseURL }) => {
  const owner = await stranger(baseURL);
  expect((await enter(owner, 'auditor@sapoche.example', password)).status()).toBe(200);
  const thief = await copyOf(owner, baseURL);
  expect(await requestEverywhere(thief)).toMatchObject({ page: 200, procedure: 200, batch: 200 });
  expect((await signOut(owner)).status()).toBe(200);
  expect(await requestEverywhere(thief)).toEqual(SHUT);
  expect(await whoIs(thief)).toBeUndefined();
});

test('only a form of the portal signs out: no link, and no form of another site', async ({ baseURL }) => {
  const owner = await stranger(baseURL);
  await enter(owner, 'auditor@sapoche.example', password);
  await owner.get('/api/auth/signout');
  await owner.post('/api/auth/signout', { form: { csrfToken: 'made up', json: 'true' } });
  expect(await whoIs(owner)).toBeDefined();
});

test('a session cookie is for no script and comes again with each sign-in', async ({ baseURL }) => {
  const owner = await stranger(baseURL);
  const answer = await enter(owner, 'auditor@sapoche.example', password);
  const line = answer.headersArray().find(({ value }) => value.startsWith('next-auth.session-token='))?.value ?? '';
  expect(line).toMatch(/HttpOnly/i);
  expect(line).toMatch(/SameSite=Lax/i);
  expect(line).toMatch(/Path=\//);
  const planted = await copyOf(owner, baseURL);
  await enter(owner, 'finance@sapoche.example', password);
  expect(await whoIs(owner)).toBeDefined();
  expect(await whoIs(planted)).toBeUndefined();
});

test('deactivation and another role end the sessions at once', async ({ baseURL }) => {
  const { email, oneTimePassword } = await added('auditor');
  const person = await stranger(baseURL);
  await enter(person, email, oneTimePassword);
  expect(await whoIs(person)).toBeDefined();
  await portal('users', 'set-role', email, '--role', 'finance');
  expect(await whoIs(person)).toBeUndefined();
  const { oneTimePassword: again } = await portal<{ oneTimePassword: string }>('users', 'reset-password', email);
  await enter(person, email, again);
  expect(await whoIs(person)).toBeDefined();
  await portal('users', 'deactivate', email);
  expect(await whoIs(person)).toBeUndefined();
  expect((await enter(person, email, again)).status()).toBe(401);
});

test('a one-time password opens one page, where it has to be changed', async ({ page, baseURL }) => {
  const { email, oneTimePassword } = await added('administrator');
  const newcomer = await stranger(baseURL);
  await enter(newcomer, email, oneTimePassword);
  expect(await requestEverywhere(newcomer)).toEqual({ ...SHUT, procedure: 403, batch: 403 });
  expect((await newcomer.get('/operations')).headers().location).toBe('/password');

  const { oneTimePassword: fresh } = await portal<{ oneTimePassword: string }>('users', 'reset-password', email);
  await visit(page, '/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Mật khẩu').fill(fresh);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' })).toBeVisible();
  await answering(page);
  await page.getByLabel('Mật khẩu dùng một lần').fill(fresh);
  await page.getByLabel('Mật khẩu mới').fill('password12345678');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await expect(page.getByRole('alert').getByText(/Mật khẩu này dễ đoán/)).toBeVisible();
  await look(page, 'first-password');
  await page.getByLabel('Mật khẩu mới').fill('bốn con cò trắng bay về');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await expect(page).toHaveURL(/\/operations$/);
  expect(await whoIs(newcomer)).toBeUndefined();
});

test('a sign-in leads to no other site', async ({ page, baseURL }) => {
  const own = new URL(baseURL ?? '').origin;
  for (const target of ['/%09/evil.test', '/%5Cevil.test', '//evil.test', 'https://evil.test', '/%0A/evil.test']) {
    await leave(page);
    await visit(page, `/sign-in?callbackUrl=${target}`);
    await page.getByLabel('Email').fill('finance@sapoche.example');
    await page.getByLabel('Mật khẩu').fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await expect(page).toHaveURL(`${own}/statements`);
  }
});

test('one’s own sessions can be seen and ended', async ({ page, baseURL }) => {
  const elsewhere = await stranger(baseURL);
  await enter(elsewhere, 'clinician@sapoche.example', password);
  await signInAs(page, 'clinician', '/today');
  await page.getByRole('button', { name: /Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Phiên đăng nhập và mật khẩu' }).click();
  await expect(page.getByText('Phiên này')).toBeVisible();
  await page.getByRole('button', { name: 'Kết thúc các phiên khác' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc các phiên khác' }).click();
  await expect(page.getByText(/Đã kết thúc \d+ phiên khác/).first()).toBeVisible();
  expect(await whoIs(elsewhere)).toBeUndefined();
  await expect(page.getByRole('button', { name: /^Kết thúc phiên/ })).toHaveCount(0);
});

test('a sale on hold leaves no patient in the browser, before and after a sign-out', async ({ page }) => {
  await signInAs(page, 'cashier', '/pos');
  const opens = page.getByRole('heading', { name: 'Mở ca' });
  const search = page.getByLabel('Tìm dịch vụ');
  await expect(opens.or(search)).toBeVisible();
  if (await opens.isVisible()) {
    await page.getByLabel('Tiền đầu ca').fill('500000');
    await page.getByRole('button', { name: 'Mở ca' }).click();
  }
  await page.getByRole('combobox', { name: /Bệnh nhân/ }).fill('nguyen thi');
  const option = page.getByRole('option', { name: /Nguyễn Thị/ }).first();
  const name = /Nguyễn Thị[\p{L} ]*/u.exec(await option.innerText())?.[0].trim() ?? '';
  expect(name.length).toBeGreaterThan(10);
  await option.click();
  await search.fill('SH01');
  await search.press('Enter');
  const kept = () =>
    page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]));
  // While the line is down it is kept here, enciphered, and sent when the line is back.
  await page.context().setOffline(true);
  await page.keyboard.press('F6');
  await page.getByRole('dialog').getByRole('textbox').press('Enter');
  await expect.poll(kept).toContain('personal.held.');
  expect(await kept()).not.toContain(name);
  await page.context().setOffline(false);
  await expect.poll(kept).not.toContain('personal.held.');
  expect(await kept()).not.toContain(name);
  await page.reload();
  await answering(page);
  await expect(page.getByText(/Lấy lại \(\d+\)/)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByRole('dialog').getByText(name).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await kept()).not.toContain('personal.');
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  // The browser may still be on its way.
  await expect.poll(() => page.content().catch(() => name)).not.toContain(name);
});
