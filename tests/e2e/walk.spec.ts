import { type Browser, expect, type Page, test } from '@playwright/test';
import { look, lookOnPhone } from './support/look';
import { runMonth } from './support/month';
import { signInAs } from './support/people';
import { messageTo, portal } from './support/portal';
import { ordersSheet } from './support/sheet';
import { visit } from './support/visit';

type Figures = {
  doctor: string;
  orders: number;
  lines: number;
  base: number;
  commission: number;
  tax: number;
  payable: number;
  state: string;
};

const MONTH = '2026-10';
const DOCTOR = 'BS001';
const RUN = `WALK-${Date.now().toString(36).toUpperCase()}`;
const ROWS = 2_000;

/** Grouped as people write money here: 1.234.567. */
const vnd = (amount: number) => new Intl.NumberFormat('vi-VN').format(amount);

async function openShiftIfNone(page: Page): Promise<void> {
  const opens = page.getByRole('heading', { name: 'Mở ca' });
  await expect(opens.or(page.getByLabel('Tìm dịch vụ'))).toBeVisible();
  if (!(await opens.isVisible())) return;
  await look(page, 'pos-open-shift');
  await page.getByLabel('Tiền đầu ca').fill('500000');
  await page.getByRole('button', { name: 'Mở ca' }).click();
  await expect(page.getByLabel('Tìm dịch vụ')).toBeVisible();
}

/** 1. A cashier sells an order: patient as one types, services by code and by name, split payment, receipt. */
async function sell(page: Page): Promise<string> {
  await signInAs(page, 'cashier', '/pos');
  await openShiftIfNone(page);
  const patient = page.getByRole('combobox', { name: /Bệnh nhân/ });
  await patient.fill('nguyen thi');
  await page
    .getByRole('option', { name: /Nguyễn Thị/ })
    .first()
    .click();
  const search = page.getByLabel('Tìm dịch vụ');
  await search.fill('SH01');
  await search.press('Enter');
  await search.fill('tong phan tich te bao');
  await search.press('Enter');
  const total = page.getByTestId('total');
  await expect(total).toContainText(vnd(140_000));
  await look(page, 'pos-selling');
  await page.getByLabel('Khách đưa').fill('40000');
  await page.getByRole('button', { name: 'Thêm hình thức khác' }).click();
  await page.getByRole('button', { name: 'Thu tiền F9' }).click();
  const number = await page.getByTestId('order-number').innerText();
  expect(number).toMatch(/^Q3-\d{6}-\d{4,}$/);
  await look(page, 'pos-sold');
  await soldOnPhone(page);
  return number;
}

/** On a phone the change and the next sale stand on one screen: nobody scrolls between two patients. */
async function soldOnPhone(page: Page): Promise<void> {
  const desk = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByTestId('change')).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: /Đơn tiếp theo/ })).toBeInViewport({ ratio: 1 });
  if (desk) await page.setViewportSize(desk);
}

async function receiptOf(page: Page): Promise<void> {
  // A browser without a viewer takes a PDF as a download, and its window never gets an address: what counts is what was asked for.
  const [asked] = await Promise.all([
    page.context().waitForEvent('request', (request) => /\/receipt\?language=vi$/.test(request.url())),
    page.getByRole('button', { name: /In phiếu thu/ }).click(),
  ]);
  for (const opened of page.context().pages()) if (opened !== page) await opened.close();
  const answer = await page.request.get(asked.url());
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
}

async function findOrder(page: Page, number: string): Promise<void> {
  await visit(page, '/orders');
  await page.getByRole('searchbox').first().fill(number);
  await expect(page.getByText(number).first()).toBeVisible();
}

/** 2. An upload operator drops two thousand orders: every error before anything is written, then the commit, then nothing twice. */
async function upload(page: Page): Promise<void> {
  const sheet = ordersSheet(ROWS, RUN);
  await signInAs(page, 'upload-operator', '/uploads');
  await page.locator('input[type=file]').setInputFiles(sheet);
  const next = page
    .getByRole('button', { name: /^Tiếp tục với/ })
    .or(page.getByRole('link', { name: /^Tiếp tục với/ }));
  await expect(next).toBeVisible({ timeout: 60_000 });
  await expect(next).toContainText(vnd(ROWS - 5));
  await look(page, 'upload-check');
  await next.click();
  await page.getByRole('button', { name: /^Ghi / }).click();
  await expect(page.getByText('Đã ghi', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await look(page, 'upload-report');
  await visit(page, '/uploads');
  await expect(page.getByText(sheet.name).first()).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(sheet);
  await expect(page.getByText('Không có dòng nào sẵn sàng. Hãy sửa tệp rồi tải lên lại.')).toBeVisible({
    timeout: 60_000,
  });
}

/** 3. Finance runs the month, opens a draft, approves and publishes. */
async function publishMonth(page: Page): Promise<Figures> {
  await signInAs(page, 'finance', '/statements');
  await runMonth(page, MONTH);
  const [figures] = await portal<Figures[]>('statements', 'show', MONTH, '--doctor', DOCTOR);
  if (!figures) throw new Error(`${DOCTOR} has no statement`);
  await page.getByLabel('Tìm bác sĩ').fill(DOCTOR);
  await page
    .getByRole('link', { name: new RegExp(DOCTOR) })
    .or(page.getByText(DOCTOR))
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Đóng chi tiết' })).toBeVisible();
  await expect(page.getByText(vnd(figures.payable)).first()).toBeVisible();
  await visit(page, `/statements/${MONTH}`);
  await page.getByRole('button', { name: 'Duyệt kỳ' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Duyệt/ })
    .click();
  await page.getByRole('button', { name: 'Phát hành' }).first().click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Phát hành/ })
    .click();
  await expect(page.getByText(/Đã phát hành \d+ bảng kê/).first()).toBeVisible({ timeout: 60_000 });
  return figures;
}

/** 5. The doctor opens the link on a phone, passes the code, and reads the same figures. */
async function readAsDoctor(browser: Browser, figures: Figures, since: Date, baseURL: string): Promise<void> {
  const phone = await phoneOf(DOCTOR);
  const notice = await messageTo(phone, /\/s\//, since);
  const link = /https?:\/\/\S+\/s\/[\w-]{43}/.exec(notice.text)?.[0];
  if (!link) throw new Error('the notice holds no link');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'vi-VN', hasTouch: true });
  const page = await context.newPage();
  const asked = new Date();
  await page.goto(new URL(new URL(link).pathname, baseURL).toString());
  await lookOnPhone(page, 'gate-ask');
  await page.getByRole('button', { name: /Gửi mã qua tin nhắn/ }).click();
  await expect(page.getByRole('button', { name: 'Mở bảng kê' })).toBeVisible();
  await lookOnPhone(page, 'gate-code');
  const sent = await messageTo(phone, /\b\d{6}\b/, asked);
  const code = /\b\d{6}\b/.exec(sent.text)?.[0] ?? '';
  // As people type: the sixth digit sends the form, and an Enter follows.
  await page.locator('input[autocomplete="one-time-code"]').pressSequentially(code);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/s\/view$/);
  await expect(page.getByText(vnd(figures.payable)).first()).toBeVisible();
  await expect(page.getByText(vnd(figures.commission)).first()).toBeVisible();
  await lookOnPhone(page, 'doctor-statement');
  for (const language of ['vi', 'en']) {
    // Rendered behind the publication, a few hundred of them: on a busy machine it takes its time.
    const ask = () => page.request.get(`/s/view/pdf?lang=${language}`);
    await expect.poll(async () => (await ask()).status(), { timeout: 120_000 }).toBe(200);
    const pdf = await ask();
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
  await context.close();
}

async function phoneOf(doctor: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const line = (await readFile('prisma/seed/demo/doctors.csv', 'utf8'))
    .split('\n')
    .find((row) => row.startsWith(`${doctor},`));
  const phone = line?.split(',')[2];
  if (!phone) throw new Error(`${doctor} has no phone in the demo business`);
  return phone;
}

test('one order, from the counter to the doctor’s phone', async ({ page, browser, baseURL }) => {
  test.setTimeout(600_000);
  const since = new Date();
  await test.step('the sign-in page', async () => {
    await visit(page, '/sign-in');
    await look(page, 'sign-in');
  });
  const number = await test.step('a cashier sells', () => sell(page));
  await test.step('the receipt', () => receiptOf(page));
  await test.step('the order is found', () => findOrder(page, number));
  await test.step('a sheet of two thousand orders', () => upload(page));
  const figures = await test.step('finance runs, approves and publishes the month', () => publishMonth(page));
  await test.step('the doctor reads it', () => readAsDoctor(browser, figures, since, baseURL ?? ''));
  await test.step('the operator sees a quiet house', async () => {
    await signInAs(page, 'administrator', '/operations');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});
