// Who may what at the routes that are not procedures: every handler of the staff, each role, somebody of another branch, nobody.
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { branchScope, can, type Permission } from '../../server/authorization/permissions';
import { ROLES } from '../../server/domain/role';
import { enter, stranger } from './support/session';

type Things = { order: string; upload: string; refund: string };
type Route = {
  handler: string;
  permission: Permission;
  /** What who may gets; who may not gets one of `REFUSED`. */
  let: number;
  /** What a role gets that sees its own branch only; the sheet here names none. */
  bound?: number;
  /** Answers everybody who may, with what they may see of it. */
  narrowed?: boolean;
  request: (who: APIRequestContext, things: Things) => Promise<number>;
};

const REFUSED = [403, 404];
const status = async (answer: Promise<{ status: () => number }>) => (await answer).status();

const ROUTES: Route[] = [
  {
    handler: 'app/api/uploads/route.ts',
    permission: 'upload.write',
    let: 400, // nothing was announced
    request: (who) =>
      status(
        who.post('/api/uploads', { data: 'x', headers: { 'x-file-name': 'a.csv', 'sec-fetch-site': 'same-origin' } }),
      ),
  },
  {
    // Every role may open the orders; those that may not open another list are tried with its use case.
    handler: 'app/api/lists/[list]/export/route.ts',
    permission: 'session.own',
    let: 200,
    narrowed: true,
    request: (who) => status(who.get('/api/lists/orders/export?format=csv')),
  },
  {
    handler: 'app/api/uploads/[id]/errors/route.ts',
    permission: 'upload.read',
    let: 200,
    bound: 404,
    request: (who, { upload }) => status(who.get(`/api/uploads/${upload}/errors`)),
  },
  {
    handler: 'app/(staff)/orders/[id]/receipt/route.ts',
    permission: 'document.read',
    let: 303,
    request: (who, { order }) => status(who.get(`/orders/${order}/receipt`)),
  },
  {
    handler: 'app/(staff)/orders/refunds/[id]/receipt/route.ts',
    permission: 'document.read',
    let: 200,
    request: (who, { refund }) => status(who.get(`/orders/refunds/${refund}/receipt`)),
  },
  {
    handler: 'app/api/documents/[id]/route.ts',
    permission: 'document.read',
    let: 200,
    request: async (who, { order }) => {
      const made = (await finance.get(`/orders/${order}/receipt`)).headers().location ?? '';
      return status(who.get(made));
    },
  },
  {
    handler: 'app/api/documents/of/[kind]/[owner]/route.ts',
    permission: 'document.read',
    let: 200,
    request: (who, { order }) => status(who.get(`/api/documents/of/receipt/${order}`)),
  },
];

/** Handlers that are for others than the staff: tried in the tests of the gate, of sign-in, of background work. */
const OTHERS = [/^app\/(s|verify)\//, /^app\/api\/(auth|inngest|trpc)\//, /^app\/(metrics|health)\//];

let finance: APIRequestContext;
let things: Things;

async function signedIn(baseURL: string | undefined, account: string): Promise<APIRequestContext> {
  const who = await stranger(baseURL);
  await enter(who, `${account}@sapoche.example`, process.env.DEMO_PASSWORD ?? '');
  return who;
}

async function anUpload(who: APIRequestContext): Promise<string> {
  const data = Buffer.from('external_ref,branch\nHANDLERS-1,Q1\n');
  const sha256 = createHash('sha256').update(data).digest('hex');
  const headers = { 'x-file-name': 'a.csv', 'x-file-size': String(data.byteLength), 'x-file-sha256': sha256 };
  return ((await (await who.post('/api/uploads', { data, headers })).json()) as { id: string }).id;
}

/** Gives a dong back of an order on account, which takes no shift. */
async function aRefund(who: APIRequestContext, origin: string, orders: { id: string }[]): Promise<string> {
  const lines = [{ position: 1, amount: '1' }];
  const asked = { clientKey: crypto.randomUUID(), orderId: orders[0]?.id, kind: 'refund', lines, reason: 'thử' };
  const meta = { values: { 'lines.0.amount': ['bigint'] } };
  const answer = await who.post('/api/trpc/givingBack.give', { data: { json: asked, meta }, headers: { origin } });
  const said = (await answer.json()) as { result?: { data: { json: { refundId: string } } } };
  return said.result?.data.json.refundId ?? JSON.stringify(said);
}

async function newest(who: APIRequestContext, path: string, more: object = {}): Promise<{ id: string }[]> {
  const input = encodeURIComponent(JSON.stringify({ json: { limit: 50, ...more } }));
  const answer = (await (await who.get(`/api/trpc/${path}?input=${input}`)).json()) as {
    result: { data: { json: { rows: { id: string }[] } } };
  };
  return answer.result.data.json.rows;
}

test.beforeAll(async ({ baseURL }) => {
  finance = await signedIn(baseURL, 'finance');
  const cashier = await signedIn(baseURL, 'cashier');
  const own = await newest(cashier, 'orders.list');
  const order = own[0]?.id ?? '';
  const refund = await aRefund(cashier, baseURL ?? '', await newest(cashier, 'orders.list', { state: 'account' }));
  things = { order, refund, upload: await anUpload(await signedIn(baseURL, 'upload-operator')) };
  expect(things).toEqual({
    order: expect.stringMatching(/^[0-9a-f-]{36}$/),
    refund: expect.stringMatching(/^[0-9a-f-]{36}$/),
    upload: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('every handler is tried here or belongs to others', () => {
  const handlers = globSync('app/**/route.ts').map((file) => file.replaceAll('\\', '/'));
  const unknown = handlers.filter((file) => !OTHERS.some((other) => other.test(file)));
  expect(unknown.toSorted()).toEqual(ROUTES.map(({ handler }) => handler).toSorted());
});

for (const role of ROLES) {
  test(`${role}: each route answers or refuses as the permissions say`, async ({ baseURL }) => {
    const who = await signedIn(baseURL, role);
    for (const { handler, permission, let: inside, bound = inside, request } of ROUTES) {
      const answer = await request(who, things);
      if (can(role, permission)) expect(answer, handler).toBe(branchScope({ role, branchId: null }) ? bound : inside);
      else expect(REFUSED, `${handler} answered ${answer}`).toContain(answer);
    }
  });
}

test('a cashier of another branch finds none of it, and nobody gets in', async ({ baseURL }) => {
  const other = await signedIn(baseURL, 'cashier.td');
  const nobody = await stranger(baseURL);
  for (const { handler, request, narrowed } of ROUTES) {
    const answer = await request(other, things);
    if (!narrowed) expect(REFUSED, `${handler} answered ${answer}`).toContain(answer);
    // A page leads to the sign-in instead.
    expect([401, 404, 307], handler).toContain(await request(nobody, things));
  }
});
