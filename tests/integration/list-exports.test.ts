import { read, utils } from '@e965/xlsx';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as exportOf } from '@/app/api/lists/[list]/export/route';
import { LISTS, type ListName } from '@/server/domain/lists';
import { exportList } from '@/server/modules/core/lists/use-cases/export-list';
import { exportDoctors } from '@/server/modules/referral/doctors/public/export-doctors';
import type { StaffActor } from '@/server/platform/actor';
import { rowsOf, withDatabase } from './database';
import { Browser } from './next-request';
import { idOf, makeReadFixture } from './read-fixture';
import { makeStaff } from './till-fixture';

vi.mock('next/headers', async () => (await import('./next-headers')).nextHeaders);
withDatabase();

let auditor: StaffActor;
let browser: Browser;
beforeAll(async () => {
  await makeReadFixture();
  auditor = await makeStaff('auditor', null);
  browser = await new Browser().signIn(auditor);
});

const asks = (list: string, query: string, who = browser) =>
  who.ask(exportOf, `/api/lists/${list}/export?${query}`, { params: { list } });
const csvOf = async (list: string, query = '') => {
  const answer = await asks(list, `format=csv${query && `&${query}`}`);
  expect(answer.status, list).toBe(200);
  const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).trimEnd().split('\r\n');
};
/** What an auditor may open, who sees neither shifts nor messages; the month of statements is asked for beside. */
const QUERIES: Partial<Record<ListName, string>> = { statements: 'month=2026-08' };
const OPEN = LISTS.filter((list) => list !== 'shifts' && list !== 'messages');

describe('a list as a file', () => {
  it.each(OPEN)('%s: every column has a heading in words', async (list) => {
    const [head = ''] = await csvOf(list, QUERIES[list]);
    const columns = head.split(',');
    expect(columns.length).toBeGreaterThan(4);
    for (const column of columns) expect(column).not.toMatch(/^$|[a-z]+\.[a-zA-Z.]+|undefined/);
  });

  it('shifts: headings of money name no currency, which has a column of its own', async () => {
    const manager = await new Browser().signIn(await makeStaff('branch-manager'));
    const [head = ''] = (await (await asks('shifts', 'format=csv', manager)).text()).split('\r\n');
    expect(head).toContain('Đã thu,Đếm được,Lệch,Tiền tệ');
    expect(head).not.toMatch(/[()]/);
  });

  it('orders: under the filters, in the order, with the columns that were asked for', async () => {
    const rows = await csvOf('orders', 'columns=net,number,state,orderedAt&branch=Q1&sort=number');
    const [head, ...lines] = rows;
    expect(head).toBe('Tổng,Số đơn,Trạng thái,Đặt lúc');
    const numbers = lines.map((line) => line.split(',')[1] ?? '');
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers).toEqual(numbers.toSorted());
    expect(numbers.every((number) => number.startsWith('Q1-'))).toBe(true);
    expect(lines[0]).toMatch(/^\d+,Q1-\d{6}-\d+,[^,]+,\d{4}-\d\d-\d\d \d\d:\d\d$/);
  });

  it('the selected rows alone', async () => {
    const only = [idOf('order', 2), idOf('order', 1)].join();
    const lines = await csvOf('orders', `columns=number&sort=number&only=${only}`);
    expect(lines).toHaveLength(3);
  });

  it('runs: those that are open, where that was asked', async () => {
    await rowsOf(
      `INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, replay_of, state, state_at, attempts, started_at, last_seen_at, ended_at)
       SELECT 'r-' || s, 'order', '{}', '{}', '{}', s, now(), 1, now(), now(), CASE WHEN s <> 'running' THEN now() END
       FROM unnest(ARRAY['running', 'completed']) s`,
    );
    const all = await csvOf('runs', 'columns=state');
    const open = await csvOf('runs', 'columns=state&open=true');
    expect([all.length, open.length]).toEqual([3, 2]);
  });

  it('a workbook holds the same as numbers and days that a spreadsheet knows', async () => {
    const answer = await asks('orders', 'format=xlsx&columns=number,net,orderedAt&sort=number');
    expect(answer.headers.get('content-disposition')).toContain('attachment; filename="orders.xlsx"');
    const book = read(Buffer.from(await answer.arrayBuffer()), { cellDates: true, UTC: true });
    const rows = utils.sheet_to_json<[string, number, Date]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
      header: 1,
      UTC: true,
    });
    const csv = await csvOf('orders', 'columns=number,net,orderedAt&sort=number');
    expect(
      rows.slice(1).map(([number, net, at]) => `${number},${net},${at.toISOString().slice(0, 16).replace('T', ' ')}`),
    ).toEqual(csv.slice(1));
  });

  it('paper: a page of its own language, with what is dangerous in HTML as text', async () => {
    await rowsOf(`INSERT INTO doctor (code, name) VALUES ('X1', '<script>alert(1)</script> "A" & B')`);
    const answer = await asks('doctors', 'format=html&search=X1');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBeNull();
    const page = await answer.text();
    expect(page).toContain('<html lang="vi">');
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#34;A&#34; &#38; B');
  });

  it('what would run as a formula is text', async () => {
    await rowsOf(`INSERT INTO doctor (code, name) VALUES ('X2', '=HYPERLINK("http://x")')`);
    expect((await csvOf('doctors', 'columns=name&search=X2'))[1]).toBe(`"'=HYPERLINK(""http://x"")"`);
  });

  it('goes on over many pages', async () => {
    await rowsOf(
      `INSERT INTO doctor (code, name) SELECT 'M' || to_char(n, 'FM0000'), 'Bác sĩ ' || n FROM generate_series(1, 1203) n`,
    );
    const codes = (await csvOf('doctors', 'columns=code&search=bac+si')).slice(1);
    expect(codes).toHaveLength(1203);
    expect(new Set(codes).size).toBe(1203);
  });
});

it('a list that is longer than a file may be says so in its last row', async () => {
  const asked = { actor: auditor, fields: {}, locale: 'en' as const, definition: exportDoctors };
  const file = async (most: number, format: 'csv' | 'xlsx' | 'html') => {
    const { body } = await exportList({
      ...asked,
      most,
      input: { list: 'doctors', format, columns: ['code', 'name'] },
    });
    return Buffer.concat(await body.toArray());
  };
  const lines = (await file(600, 'csv')).toString().trimEnd().split('\r\n');
  expect(lines).toHaveLength(602);
  expect(lines.at(-1)).toBe(
    '"The list goes on: this file has its first 600 rows only. Filter for less, by day for instance, and export the rest.",',
  );
  expect((await file(600, 'html')).toString()).toContain('<td>The list goes on');
  const book = read(await file(600, 'xlsx'));
  expect(utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1 })).toHaveLength(602);
  expect((await file(100_000, 'csv')).toString()).not.toContain('goes on');
});

describe('who takes a list', () => {
  it('is one who may open it: others are refused, and a stranger signs in first', async () => {
    const cashier = await new Browser().signIn(await makeStaff('cashier'));
    expect((await asks('statements', 'format=csv&month=2026-08', cashier)).status).toBe(403);
    expect((await asks('shifts', 'format=csv')).status).toBe(403);
    expect((await asks('orders', 'format=csv', new Browser())).status).toBe(401);
  });

  it('gets their own branch alone', async () => {
    const there = await new Browser().signIn(await makeStaff('cashier', 'HN'));
    const text = await (await asks('orders', 'format=csv&columns=branch', there)).text();
    expect(new Set(text.slice(1).trimEnd().split('\r\n').slice(1))).toEqual(new Set(['HN']));
  });

  it('leaves a record before the first row is read, without what was looked for', async () => {
    await csvOf('patients', 'search=Nguyen&columns=name,phone');
    const [entry] = await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', action, entity, entity_id, detail::text) AS line FROM audit_entry WHERE actor_id = $1 ORDER BY id DESC LIMIT 1`,
      [auditor.id],
    );
    expect(entry?.line).toBe('list.exported list patients {"format": "csv", "columns": 2, "selected": null}');
  });

  it('asks for what there is', async () => {
    const wrong = ['format=pdf', 'format=csv&columns=secret', 'format=csv&state=gone', 'format=csv&sort=secret', ''];
    for (const query of wrong) expect((await asks('orders', query)).status, query).toBe(400);
    expect((await asks('secrets', 'format=csv')).status).toBe(400);
    expect((await asks('statements', 'format=csv')).status).toBe(400);
  });
});
