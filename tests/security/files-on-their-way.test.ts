import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as exportOf } from '@/app/api/lists/[list]/export/route';
import { GET as errorsOf } from '@/app/api/uploads/[id]/errors/route';
import { POST as upload } from '@/app/api/uploads/route';
import { whileAllowed } from '@/server/http/while-allowed';
import { listSheet, wrongCells } from '@/server/modules/intake/uploads/queries';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { gathered } from '../integration/gathered';
import { Browser } from '../integration/next-request';
import { countOf, makeFixture, makeStaff, oneOf, rowsOf } from '../integration/till-fixture';

vi.mock('next/headers', async () => (await import('../integration/next-headers')).nextHeaders);
withDatabase();

let auditor: StaffActor;
let operator: StaffActor;
beforeAll(async () => {
  await makeFixture();
  auditor = await makeStaff('auditor', null);
  operator = await makeStaff('upload-operator', null);
  await rowsOf(`INSERT INTO doctor (code, name) SELECT 'F' || n, 'Bác sĩ ' || n FROM generate_series(1, 3000) n`);
});

const browserOf = (staff: StaffActor) => new Browser().signIn(staff);
const leave = ({ id }: StaffActor) =>
  rowsOf('UPDATE app_user SET session_epoch = session_epoch + 1 WHERE id = $1', [id]);
const doctors = (browser: Browser, format = 'csv') =>
  browser.ask(exportOf, `/api/lists/doctors/export?format=${format}`, { params: { list: 'doctors' } });

describe('a file on its way', () => {
  it.each(['csv', 'html', 'xlsx'])('breaks off when the session ends in which it was asked for: %s', async (format) => {
    const answer = await doctors(await browserOf(auditor), format);
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    await reader?.read();
    await leave(auditor);
    const rest = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'sign_in_first' });
  });

  it('is looked at again and again, however slowly it is read', async () => {
    let now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now);
    let good = true;
    const endless = (async function* () {
      for (;;) yield 'row';
    })();
    const pieces = whileAllowed(endless, async () => good);
    await pieces.next();
    good = false;
    expect(await pieces.next()).toEqual({ done: false, value: 'row' });
    now += 2_000;
    await expect(pieces.next()).rejects.toMatchObject({ code: 'sign_in_first' });
    clock.mockRestore();
  });

  it('is one of four of its reader, and another one comes when one of them has come or is broken off', async () => {
    const browser = await browserOf(auditor);
    const open = [];
    for (let n = 0; n < 4; n += 1) open.push(await doctors(browser));
    expect((await doctors(browser)).status).toBe(429);
    expect((await doctors(await browserOf(operator))).status).toBe(200);
    await open[0]?.text();
    await open[1]?.body?.cancel();
    expect([(await doctors(browser)).status, (await doctors(browser)).status]).toEqual([200, 200]);
    expect((await doctors(browser)).status).toBe(429);
  });
});

describe('a file that nobody waits for', () => {
  const sendsFiles = globSync('app/**/route.ts').filter((route) =>
    /\b(?:sendFile|documentAnswer|renderReceipt)\(/.test(readFileSync(route, 'utf8')),
  );

  // Next answers HEAD by GET where a route has none, and reads no body of it: it would stay open, and its place be taken for ever.
  it.each(sendsFiles)('is not begun where only its heading is asked for: %s', async (route) => {
    const { HEAD } = await import(path.resolve(route));
    expect([HEAD?.().status, HEAD?.().headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('is sent by these handlers alone', () => expect(sendsFiles.length).toBe(7));

  it('gives its place back, however early its reader has gone', async () => {
    const browser = await browserOf(await makeStaff('auditor', null));
    for (let n = 0; n < 5; n += 1) {
      const leaving = new AbortController();
      const address = '/api/lists/doctors/export?format=csv';
      const answer = browser.ask(exportOf, address, { params: { list: 'doctors' }, signal: leaving.signal });
      // Before there is a body: whoever would read it has gone, and cancels nothing.
      leaving.abort();
      expect((await answer).status, `${n}`).toBe(200);
    }
    expect((await doctors(browser)).status).toBe(200);
  });

  it('gives its place back when its reader goes after its heading has come', async () => {
    const browser = await browserOf(await makeStaff('auditor', null));
    for (let n = 0; n < 5; n += 1) {
      const leaving = new AbortController();
      const address = '/api/lists/doctors/export?format=csv';
      const answer = await browser.ask(exportOf, address, { params: { list: 'doctors' }, signal: leaving.signal });
      expect(answer.status, `${n}`).toBe(200);
      leaving.abort();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});

describe('a file that is one too many', () => {
  const recorded = () => countOf(`audit_entry WHERE action = 'list.exported'`);

  it.each(['csv', 'html', 'xlsx'])(
    'is not begun: nothing of it is read, and nobody is said to have taken it: %s',
    async (format) => {
      const browser = await browserOf(await makeStaff('auditor', null));
      const open = [];
      for (let n = 0; n < 4; n += 1) open.push(await doctors(browser));
      const before = await recorded();
      expect((await doctors(browser, format)).status).toBe(429);
      expect(await recorded()).toBe(before);
      for (const answer of open) expect((await answer.text()).split('\r\n').length).toBeGreaterThan(3_000);
    },
  );

  it('takes no place where it is refused for something else', async () => {
    const browser = await browserOf(await makeStaff('auditor', null));
    for (let n = 0; n < 5; n += 1) expect((await doctors(browser, 'docx')).status).toBe(400);
    expect((await doctors(browser)).status).toBe(200);
  });
});

const SHEET =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,service_codes\nW-1,Q1,2026-11-02,An,1985-06-07,nam,0912000001,CBC\n';

it('a sheet that arrives after the session has ended is not kept', async () => {
  const staff = await makeStaff('upload-operator', null);
  const browser = await browserOf(staff);
  const [first, second] = [SHEET.slice(0, 40), SHEET.slice(40)];
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(first));
      await leave(staff);
      controller.enqueue(Buffer.from(second));
      controller.close();
    },
  });
  const before = await countOf('upload');
  const answer = await browser.ask(upload, '/api/uploads', {
    method: 'POST',
    body,
    headers: {
      'x-file-name': 'late.csv',
      'x-file-size': String(Buffer.byteLength(SHEET)),
      'x-file-sha256': createHash('sha256').update(SHEET).digest('hex'),
      'sec-fetch-site': 'same-origin',
    },
  });
  expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ reason: 'sign_in_first' })]);
  expect(await countOf('upload')).toBe(before);
});

/** An upload whose every row has a wrong cell; its cells come to `bytes` a row. */
async function uploadOf(rows: number, bytes: number): Promise<string> {
  const { id } = await oneOf<{ id: string }>(
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, mapping, created_by)
     VALUES ('orders', 'a.csv', gen_random_uuid()::text, repeat('0', 64), 1, 'checked', '{"branch": 0}', $1) RETURNING id`,
    [operator.id],
  );
  await rowsOf(
    `INSERT INTO upload_row (upload_id, "row", cells, valid)
     SELECT $1::uuid, n + 1, jsonb_build_array('X', repeat('y', $3::int)), false FROM generate_series(1, $2::int) n`,
    [id, rows, bytes],
  );
  await rowsOf(
    `INSERT INTO upload_error (upload_id, "row", "column", code) SELECT upload_id, "row", 'branch', 'unknown_branch' FROM upload_row WHERE upload_id = $1`,
    [id],
  );
  return id;
}

describe('a sheet of very many or very long rows', () => {
  it('has its wrong cells read some at a time, and all of them sent', async () => {
    const id = await uploadOf(1_050, 1);
    const parts = await gathered(wrongCells(id, null));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(100);
    expect(parts.flat().map(({ row }) => row)).toEqual(Array.from({ length: 1_050 }, (_, at) => at + 2));
    const file = await (await browserOf(operator)).ask(errorsOf, '/', { params: { id } });
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(1_051);
  });

  it('is shown in pages that no process chokes on', async () => {
    const id = await uploadOf(30, 400_000);
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<typeof listSheet>> = await listSheet({
        ...{ actor: operator, id, after, onlyWrong: false, limit: 500 },
      });
      expect(page.rows.length).toBeLessThanOrEqual(6);
      seen.push(...page.rows.map(({ row }) => row));
      after = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, at) => at + 2));
  });
});
