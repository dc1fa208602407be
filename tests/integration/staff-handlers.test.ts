import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as receiptOf } from '@/app/(staff)/orders/[id]/receipt/route';
import { HEAD as headOfRefund, GET as refundReceiptOf } from '@/app/(staff)/orders/refunds/[id]/receipt/route';
import { GET as authByGet, POST as authByPost } from '@/app/api/auth/[...nextauth]/route';
import { GET as documentById, HEAD as headOfDocument } from '@/app/api/documents/[id]/route';
import { GET as documentOf, HEAD as headOfOwned } from '@/app/api/documents/of/[kind]/[owner]/route';
import { GET as callByGet, POST as callByPost } from '@/app/api/trpc/[trpc]/route';
import { GET as errorsOf } from '@/app/api/uploads/[id]/errors/route';
import { POST as upload } from '@/app/api/uploads/route';
import { can, type Permission } from '@/server/authorization/permissions';
import { ROLES } from '@/server/domain/role';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { give } from './giving-back-fixture';
import { Browser } from './next-request';
import { cartOf, countOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

vi.mock('next/headers', async () => (await import('./next-headers')).nextHeaders);
withDatabase();

const SHEET =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,service_codes,payment\nH-1,Q1,2026-11-02,Người Một,1985-06-07,female,0912000001,NO-SUCH,cash\n';

let cashier: StaffActor;
let operator: Browser;
let order: string;
let refund: string;
let uploaded: string;

const announcing = (text: string, more: Record<string, string> = {}) => ({
  'x-file-name': encodeURIComponent('bảng một.csv'),
  'x-file-size': String(Buffer.byteLength(text)),
  'x-file-sha256': createHash('sha256').update(text).digest('hex'),
  'sec-fetch-site': 'same-origin',
  ...more,
});
const send = (who: Browser, body: string | ReadableStream | undefined, headers: Record<string, string>) =>
  who.ask(upload, '/api/uploads', { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
const as = async (staff: StaffActor) => new Browser().signIn(staff);

beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  order = (await createPaidOrder({ actor: cashier, cart: await cartOf({}) })).orderId;
  const part = { lines: [{ position: 1, amount: 500n }], payments: [{ method: 'cash' as const, amount: 500n }] };
  refund = (await give(cashier, order, part)).refundId;
  const staff = await makeStaff('upload-operator', null);
  operator = await as(staff);
  uploaded = ((await (await send(operator, SHEET, announcing(SHEET))).json()) as { id: string }).id;
  await checkUpload({ actor: staff, id: uploaded });
});

describe('a sheet that is sent', () => {
  it('is kept under its name, and its id is answered with 201', async () => {
    const answer = await send(operator, `${SHEET}\n`, announcing(`${SHEET}\n`));
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    const row = await oneOf('SELECT file_name, kind, bytes::int FROM upload WHERE id = $1', [id]);
    expect(row).toEqual({ file_name: 'bảng một.csv', kind: 'orders', bytes: Buffer.byteLength(SHEET) + 1 });
  });

  it('is read in the encoding that the sender names, and in none that is not known', async () => {
    const headers = { 'x-file-encoding': 'utf-16le' };
    const wide = Buffer.from(SHEET, 'utf16le');
    const hash = createHash('sha256').update(wide).digest('hex');
    const sent = { ...announcing(SHEET, headers), 'x-file-size': String(wide.length), 'x-file-sha256': hash };
    const answer = await operator.ask(upload, '/api/uploads', {
      method: 'POST',
      headers: sent,
      body: new Uint8Array(wide),
    });
    expect(answer.status).toBe(201);
    expect((await send(operator, SHEET, announcing(SHEET, { 'x-file-encoding': 'klingon' }))).status).toBe(201);
  });

  it.each([
    ['without a name', { 'x-file-name': '' }, 400, 'sheet_wrong_extension'],
    ['with a name that is not percent-encoded', { 'x-file-name': '%E0%A4%A.csv' }, 400, 'sheet_wrong_extension'],
    ['with no size', { 'x-file-size': 'much' }, 400, 'invalid_input'],
    ['of less than nothing', { 'x-file-size': '-1' }, 400, 'invalid_input'],
    ['of half a byte', { 'x-file-size': '1.5' }, 400, 'invalid_input'],
    ['with a hash that is too long', { 'x-file-sha256': `${'0'.repeat(64)}0` }, 400, 'invalid_input'],
    ['with a hash in capitals', { 'x-file-sha256': 'A'.repeat(64) }, 400, 'invalid_input'],
    ['of another size than was announced', { 'x-file-size': '3' }, 400, 'upload_incomplete'],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403, 'not_permitted'],
  ])('%s is refused with its reason, and nothing is kept', async (_, headers, status, reason) => {
    const before = await countOf('upload');
    const answer = await send(operator, SHEET, announcing(SHEET, headers));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ reason, correlationId: expect.any(String) });
    expect(await countOf('upload')).toBe(before);
  });

  it('by a form that can set no header, or with no body at all, is refused', async () => {
    const { 'x-file-name': _, ...unnamed } = announcing(SHEET);
    const answer = await send(operator, SHEET, unnamed);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ reason: 'not_permitted', params: { permission: 'upload.write' } });
    const empty = await send(operator, undefined, announcing(''));
    expect([empty.status, await empty.json()]).toEqual([400, expect.objectContaining({ reason: 'sheet_empty' })]);
  });

  it('and is cut off on its way says how much of it came', async () => {
    const cut = new ReadableStream({
      pull(controller) {
        if (sent) return controller.error(new Error('gone'));
        sent = true;
        controller.enqueue(Buffer.from('half '));
      },
    });
    let sent = false;
    const answer = await send(operator, cut, announcing(SHEET));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({
        reason: 'upload_incomplete',
        params: { received: 5, announced: Buffer.byteLength(SHEET) },
      }),
    ]);
  });
});

describe('the wrong cells of a sheet', () => {
  it('come as a CSV file that nothing may keep or take for something else', async () => {
    const answer = await operator.ask(errorsOf, `/api/uploads/${uploaded}/errors`, { params: { id: uploaded } });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="errors-${uploaded}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await answer.text()).toContain('NO-SUCH');
  });

  it('speak the language of the reader', async () => {
    const answered = async (locale: string) => {
      operator.jar.set('locale', locale);
      return (await operator.ask(errorsOf, '/', { params: { id: uploaded } })).text();
    };
    const [vi, en] = [await answered('vi'), await answered('en')];
    expect(en).not.toBe(vi);
    expect(await answered('xx')).toBe(vi);
  });

  it.each(['no-uuid', crypto.randomUUID()])('of what is no upload are not found: %s', async (id) => {
    expect((await operator.ask(errorsOf, '/', { params: { id } })).status).toBe(404);
  });
});

describe('a receipt', () => {
  it('is made when it is asked for, and the browser is led to its document', async () => {
    const who = await as(cashier);
    const answer = await who.ask(receiptOf, `/orders/${order}/receipt?language=en`, { params: { id: order } });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([303, 'no-store']);
    const [, id = ''] = /^\/api\/documents\/([0-9a-f-]{36})$/.exec(answer.headers.get('location') ?? '') ?? [];
    expect(await oneOf('SELECT kind, owner_id, language FROM document WHERE id = $1', [id])).toEqual({
      kind: 'receipt',
      owner_id: order,
      language: 'en',
    });
    const document = await who.ask(documentById, `/api/documents/${id}`, { params: { id } });
    expect(document.status).toBe(200);
    expect(document.headers.get('content-type')).toBe('application/pdf');
    expect(document.headers.get('content-disposition')).toMatch(/^inline; filename=".+\.pdf"$/);
    expect(document.headers.get('cache-control')).toBe('private, no-store');
    const bytes = Buffer.from(await document.arrayBuffer());
    expect([bytes.subarray(0, 5).toString(), String(bytes.length)]).toEqual([
      '%PDF-',
      document.headers.get('content-length'),
    ]);
  });

  it('is drawn where its document is asked for by the order, in Vietnamese unless another language is named', async () => {
    const who = await as(cashier);
    const { orderId } = await createPaidOrder({ actor: cashier, cart: await cartOf({}) });
    const open = (query: string) =>
      who.ask(documentOf, `/api/documents/of/receipt/${orderId}${query}`, {
        params: { kind: 'receipt', owner: orderId },
      });
    for (const query of ['', '?lang=en', '?lang=xx']) expect((await open(query)).status).toBe(200);
    const made = await rowsOf('SELECT language FROM document WHERE owner_id = $1 ORDER BY 1', [orderId]);
    expect(made).toEqual([{ language: 'en' }, { language: 'vi' }]);
  });

  it('shows the order as it is, also where a name was changed and is what it was before', async () => {
    const who = await as(cashier);
    const params = { kind: 'receipt', owner: order };
    const open = async () => Buffer.from(await (await who.ask(documentOf, '/', { params })).arrayBuffer());
    const named = (name: string) => rowsOf("UPDATE service SET name_vi = $1 WHERE code = 'CBC'", [name]);
    const before = await open();
    await named('Tên khác');
    expect((await open()).equals(before)).toBe(false);
    await named('Tổng phân tích tế bào máu');
    expect((await open()).equals(before)).toBe(true);
  });

  it.each([
    ['no order', { id: crypto.randomUUID() }],
    ['no id', { id: 'x' }],
  ])('of what is %s is not found', async (_, params) => {
    const who = await as(cashier);
    expect((await who.ask(receiptOf, '/', { params })).status).toBe(404);
    expect((await who.ask(refundReceiptOf, '/', { params })).status).toBe(404);
    expect((await who.ask(documentById, '/', { params })).status).toBe(404);
    expect((await who.ask(documentOf, '/', { params: { kind: 'receipt', owner: params.id } })).status).toBe(404);
    expect((await who.ask(documentOf, '/', { params: { kind: 'letter', owner: order } })).status).toBe(404);
    expect((await who.ask(documentOf, '/', { params: { kind: 'statement', owner: order } })).status).toBe(404);
  });

  it('is shown to no HEAD, which leaves no trace', async () => {
    for (const head of [headOfDocument, headOfOwned, headOfRefund]) {
      const answer = head();
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
    }
  });
});

const HANDLERS: [string, Permission, number, (who: Browser) => Promise<Response>][] = [
  ['a sheet', 'upload.write', 403, (who) => send(who, SHEET, announcing(SHEET))],
  ['wrong cells', 'upload.read', 403, (who) => who.ask(errorsOf, '/', { params: { id: uploaded } })],
  ['a receipt', 'document.read', 404, (who) => who.ask(receiptOf, '/', { params: { id: order } })],
  ['a refund’s receipt', 'document.read', 404, (who) => who.ask(refundReceiptOf, '/', { params: { id: refund } })],
  [
    'a document',
    'document.read',
    404,
    (who) => who.ask(documentOf, '/', { params: { kind: 'receipt', owner: order } }),
  ],
];

describe.each(HANDLERS)('the handler of %s', (_, permission, refused, request) => {
  it.each(ROLES)('is open to a %s as the permissions say', async (role) => {
    const status = (await request(await as(await makeStaff(role, 'Q1')))).status;
    if (can(role, permission)) expect([200, 201, 303]).toContain(status);
    else expect(status).toBe(refused);
  });

  it('is shut to nobody signed in, and to somebody of another branch', async () => {
    expect((await request(new Browser())).status).toBe(refused === 404 ? 404 : 401);
    if (permission === 'document.read')
      expect((await request(await as(await makeStaff('cashier', 'HN')))).status).toBe(404);
  });
});

describe('procedures', () => {
  const calls = (n: number) => `/api/trpc/${Array(n).fill('till.current').join()}?batch=1&input={}`;

  it('answer who is signed in; nothing may be loaded because of an answer, and no browser keeps it', async () => {
    const answer = await (await as(cashier)).ask(callByGet, calls(1));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await new Browser().ask(callByGet, calls(1))).status).toBe(401);
  });

  it('come ten at once and no more, and an act is not asked for by GET', async () => {
    const who = await as(cashier);
    expect((await who.ask(callByGet, calls(10))).status).toBe(200);
    expect((await who.ask(callByGet, calls(11))).status).toBe(400);
    expect((await who.ask(callByGet, '/api/trpc/till.open?input={}')).status).toBe(405);
    const act = { method: 'POST', body: '{"json":{}}', headers: { 'content-type': 'application/json' } };
    expect((await who.ask(callByPost, '/api/trpc/till.open', act)).status).toBe(400);
  });
});

describe('next-auth', () => {
  const GET = ['csrf', 'session', 'providers', 'signin', 'signout', 'error', 'callback/oidc'];
  const POST = ['signin', 'signout', 'callback/credentials'];
  const ALL = [...GET, ...POST, '_log', 'verify-request', '', 'callback', 'csrf/x', 'callback/oidc/x'];

  /** The actions that get as far as next-auth, which knows no request of ours here; the others are not found. */
  async function asked(handler: typeof authByGet, method: string): Promise<string[]> {
    const statuses = await Promise.all(
      [...new Set(ALL)].map(async (action) => {
        const context = { params: Promise.resolve({ nextauth: action.split('/') }) };
        const answer = handler(new Request(`http://portal.test/api/auth/${action}`, { method }), context);
        return {
          action,
          status: await answer.then(
            ({ status }: Response) => status,
            () => null,
          ),
        };
      }),
    );
    return statuses.filter(({ status }) => status !== 404).map(({ action }) => action);
  }

  it('is asked for what the portal needs of it, and for nothing else', async () => {
    expect(await asked(authByGet, 'GET')).toEqual([...GET, 'csrf/x', 'callback/oidc/x']);
    expect((await asked(authByPost, 'POST')).toSorted()).toEqual(POST.toSorted());
    expect(await asked(authByPost, 'PUT')).toEqual([]);
  });
});
