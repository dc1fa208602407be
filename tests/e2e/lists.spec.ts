import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { runMonth } from './support/month';
import { signInAs } from './support/people';
import { type BoxMessage, portal } from './support/portal';
import { ordersSheet } from './support/sheet';
import { openTill, sellOne } from './support/till';
import { visit } from './support/visit';

const MANY = 10_000;

async function sendSheets(page: Page): Promise<void> {
  for (const part of ['A', 'B', 'C']) {
    await visit(page, '/uploads');
    await page.locator('input[type=file]').setInputFiles(ordersSheet(60, `LISTS-${part}`));
    await expect(page.getByRole('navigation', { name: 'Các bước tải lên' })).toBeVisible({ timeout: 60_000 });
  }
}

/** One of a cashier, one of the branch manager. */
async function openShifts(page: Page): Promise<void> {
  await signInAs(page, 'cashier', '/pos');
  await openTill(page);
  await signInAs(page, 'branch-manager', '/orders');
  await visit(page, '/pos');
  await openTill(page);
}

/** Their patients are written to. */
async function sellTwice(page: Page): Promise<void> {
  await sellOne(page);
  await sellOne(page);
  await expect
    .poll(async () => (await portal<BoxMessage[]>('messages', 'list')).filter(({ to }) => to.startsWith('+84')).length)
    .toBeGreaterThan(1);
  await signInAs(page, 'administrator', '/operations');
}

/** Every list: where it stands, who opens it, the column that it is sorted by, and a filter that leaves some of it. */
const LISTS: {
  list: string;
  at: string;
  role: [name: string, home: string];
  sort: string;
  search?: string;
  shows?: string;
  /** Where the rest is done once it was sorted, where what is newest is what this very walk does. */
  calm?: string;
  /** What Enter on a row does; a panel beside the list when left out. */
  opens?: 'page' | 'nothing';
  /** Brings about rows that a fresh business has none of. */
  prepare?: (page: Page) => Promise<void>;
}[] = [
  { list: 'orders', at: '/orders', role: ['finance', '/statements'], sort: 'Tổng', search: 'Q3-', shows: 'Q3-' },
  {
    list: 'patients',
    at: '/patients',
    role: ['auditor', '/audit'],
    sort: 'Họ tên',
    search: 'nguyen',
    shows: 'Nguyễn',
  },
  { list: 'doctors', at: '/doctors', role: ['finance', '/statements'], sort: 'Bác sĩ', search: 'do', shows: 'Đỗ' },
  {
    list: 'rate-cards',
    at: '/rate-cards',
    role: ['finance', '/statements'],
    sort: 'Mã bảng giá',
    search: '2026',
    shows: '2026',
  },
  {
    list: 'uploads',
    at: '/uploads',
    role: ['upload-operator', '/uploads'],
    sort: 'Tệp',
    search: 'lists-',
    shows: 'LISTS-',
    opens: 'page',
    prepare: sendSheets,
  },
  { list: 'shifts', at: '/pos/shifts', role: ['branch-manager', '/orders'], sort: 'Mở lúc', prepare: openShifts },
  {
    list: 'statements',
    at: '/statements/2026-10',
    role: ['finance', '/statements'],
    sort: 'Bác sĩ',
    search: 'BS',
    shows: 'BS',
    prepare: (page) => runMonth(page, '2026-10'),
  },
  {
    list: 'messages',
    at: '/operations/messages',
    role: ['administrator', '/operations'],
    sort: '',
    search: '+84',
    shows: '+84',
    prepare: sellTwice,
  },
  {
    list: 'audit',
    at: '/audit',
    role: ['auditor', '/audit'],
    sort: 'Thời điểm',
    calm: '/audit?sort=at',
    opens: 'nothing',
  },
  { list: 'runs', at: '/operations/runs', role: ['administrator', '/operations'], sort: '' },
];

const table = (page: Page): Locator => page.getByRole('grid').last();
const rows = (page: Page): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
const firstCells = (page: Page) => rows(page).evaluateAll((all) => all.slice(0, 8).map((row) => row.textContent ?? ''));

/** The lines of the CSV file that a press brings. */
async function exported(page: Page, button: string): Promise<string[]> {
  await page.getByRole('button', { name: button, exact: true }).last().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
}

async function sorts(page: Page, column: string): Promise<void> {
  const head = table(page).getByRole('columnheader', { name: column });
  await head.getByRole('button').click();
  await expect(page).toHaveURL(/sort=/);
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/);
  const before = await firstCells(page);
  await head.getByRole('button').click();
  await expect.poll(() => firstCells(page)).not.toEqual(before);
}

/** What an address asks for, in whatever order it says it. */
const asked = (address: string) => [...new URL(address).searchParams].map(([name, value]) => `${name}=${value}`).sort();

/** Saves what is looked at, loses it, and finds it again. */
async function keepsViews(page: Page, name: string): Promise<void> {
  const address = page.url();
  const shown = await firstCells(page);
  await page.getByRole('button', { name: 'Chế độ xem' }).click();
  await page.getByRole('button', { name: 'Lưu chế độ xem này' }).click();
  await page.getByRole('textbox', { name: 'Tên' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Đã lưu chế độ xem “${name}”.`)).toBeVisible();
  await page.goto(new URL(address).pathname);
  await page.getByRole('button', { name: 'Chế độ xem' }).click();
  await page.getByRole('button', { name, exact: true }).click();
  await expect.poll(() => asked(page.url())).toEqual(asked(address));
  await expect.poll(() => firstCells(page)).toEqual(shown);
  await page.reload();
  await expect.poll(() => firstCells(page)).toEqual(shown);
}

async function selectsAndExports(page: Page): Promise<void> {
  const all = await exported(page, 'Xuất');
  expect(all.length).toBeGreaterThan(2);
  const boxes = rows(page).getByRole('checkbox');
  await boxes.nth(0).check({ force: true });
  await boxes.nth(1).check({ force: true });
  await expect(page.getByText('Đã chọn 2 dòng')).toBeVisible();
  const some = await exported(page, 'Xuất dòng đã chọn');
  expect(some).toHaveLength(3);
  for (const line of some) expect(all).toContain(line);
  await page.getByRole('button', { name: 'Bỏ chọn' }).click();
}

/** A row opens by keyboard, Back closes what stands beside the list (or comes back from the page) and leaves the list as it was. */
async function opensAndGoesBack(page: Page, opens: 'panel' | 'page' | 'nothing'): Promise<void> {
  const address = page.url();
  const shown = await firstCells(page);
  await rows(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  if (opens === 'nothing') return;
  await page.keyboard.press('Enter');
  const closes = page.getByRole('button', { name: 'Đóng chi tiết' });
  if (opens === 'panel') await expect(closes).toBeVisible();
  else await page.waitForURL(({ pathname }) => pathname.startsWith(`${new URL(address).pathname}/`));
  await page.goBack();
  await expect.poll(() => page.url()).toBe(address);
  await expect(closes).toBeHidden();
  await expect.poll(() => firstCells(page)).toEqual(shown);
}

for (const { list, at, role, sort, search, shows = '', calm, opens = 'panel', prepare } of LISTS) {
  test(`the list of ${list}: sorted, filtered, kept as a view, selected, taken as a file, opened and left`, async ({
    page,
  }) => {
    await signInAs(page, ...role);
    await prepare?.(page);
    await visit(page, at);
    await expect(rows(page).first()).toBeVisible();
    if (sort) await sorts(page, sort);
    if (calm) {
      await visit(page, calm);
      await expect(rows(page).first()).toBeVisible();
    }
    if (search) {
      await page.getByRole('search').getByRole('searchbox').fill(search);
      await expect(page).toHaveURL(/q=/);
      await expect.poll(async () => (await firstCells(page)).join(' ')).toContain(shows);
    }
    if (asked(page.url()).length > 0) await keepsViews(page, `E2E ${list}`);
    await selectsAndExports(page);
    await opensAndGoesBack(page, opens);
  });
}

/** End goes to the last row that there is; what follows comes meanwhile, until nothing does. Pressed again as soon as there is more. */
async function readToTheEnd(page: Page): Promise<void> {
  const known = () => table(page).getAttribute('aria-rowcount');
  const reached = async () => `${await rows(page).last().getAttribute('aria-rowindex')} of ${await known()}`;
  for (let before = ''; (await known()) === '-1'; before = await reached()) {
    await page.keyboard.press('End');
    await expect.poll(reached, { intervals: [20], timeout: 30_000 }).not.toBe(before);
  }
  await page.keyboard.press('End');
}

test('a list of ten thousand is read to its end by keyboard, and keeps what it was asked for over a reload', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-doctors-'));
  const lines = Array.from({ length: MANY }, (_, at) => `ZZ${String(at).padStart(5, '0')},BS. Vạn ${at},,,vi,,0`);
  writeFileSync(
    path.join(folder, 'doctors.csv'),
    `${['code,name,phone,email,language,plan,tax_rate', ...lines].join('\n')}\n`,
  );
  await portal('load', folder);
  rmSync(folder, { recursive: true, force: true });
  await signInAs(page, 'finance', '/statements');
  await visit(page, '/doctors?q=van&sort=-code');
  await expect(rows(page).first()).toContainText('ZZ09999');
  await rows(page).first().focus();
  await readToTheEnd(page);
  await expect(page.getByRole('gridcell', { name: 'ZZ00000' })).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(100);
  await page.reload();
  await expect(rows(page).first()).toContainText('ZZ09999');
});
