import { beforeAll, expect, it } from 'vitest';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { systemActor } from '@/server/platform/actor';
import { idOf, names, put } from './bare-rows';
import { rowsOf, withDatabase } from './database';
import { makeFixture, oneOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

it('settled orders come into the books side by side: what was received and is owed against what was sold, each once', async () => {
  const settled_at = '2026-10-31T18:00:00Z';
  const { branch_id } = await oneOf<{ branch_id: string }>(`SELECT id AS branch_id FROM branch WHERE code = 'HN'`);
  const total = (net: number, discount = 0) => ({
    branch_id,
    list_total: net + discount,
    discount_total: discount,
    net_total: net,
  });
  const [paid, owed, free, open, other] = ['paid', 'owed', 'free', 'open', 'other'].map((name) => idOf(name)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await put(
    'orders',
    { id: paid, ...total(3_400, 100), settled_at },
    { id: owed, ...total(5_000), settled_at, terms: 'account', customer_id: crypto.randomUUID(), currency: 'USD' },
    { id: free, ...total(0), settled_at },
    { id: open, ...total(7) },
    { id: other, ...total(9), settled_at },
  );
  const services = new Map(
    (await rowsOf<{ code: string; id: string }>('SELECT code, id FROM service')).map(({ code, id }) => [code, id]),
  );
  const line = (order_id: string, position: number, code: string, list: number, percent = 0) =>
    put('order_line', {
      ...{ order_id, position, service_id: services.get(code), list_price: list, discount_percent: percent },
      ...{ discount: (list * percent) / 100, net: list - (list * percent) / 100 },
    });
  await line(paid, 1, 'CBC', 1_000, 10);
  await line(paid, 2, 'OLD', 2_000);
  await line(paid, 3, 'GLU', 500);
  await line(owed, 1, 'CXR', 5_000);
  await put(
    'payment',
    ...[1_000, 400].map((amount) => ({ order_id: paid, method: 'card', amount })),
    { order_id: paid, method: 'cash', amount: 1_500, rounding: 1 },
    { order_id: paid, method: 'cash', amount: 499, rounding: -3 },
    { order_id: paid, method: 'cash', amount: -999, refund_id: crypto.randomUUID() },
    { order_id: other, method: 'card', amount: 9 },
  );
  const asked = [paid, owed, free, open, crypto.randomUUID()];
  const actor = systemActor('books');
  expect(await postOrderRevenue({ actor, orderIds: asked })).toEqual({ posted: 3 });
  expect(await postOrderRevenue({ actor, orderIds: asked })).toEqual({ posted: 0 });
  expect(await postOrderRevenue({ actor, orderIds: [] })).toEqual({ posted: 0 });
  const booked = await rowsOf<Record<string, string>>(
    `SELECT order_id, account, amount::int, currency, day::text, branch_id, effect_key FROM revenue_posting ORDER BY order_id, account`,
  );
  expect(
    booked.map(({ order_id = '', account, amount }) => `${names.get(order_id)} ${account} ${amount}`).sort(),
  ).toEqual([
    'owed receivable 5000',
    'owed revenue:imaging -5000',
    'paid card 1400',
    'paid cash 1997',
    'paid discounts 100',
    'paid receivable 1',
    'paid revenue:biochemistry -500',
    'paid revenue:hematology -3000',
    'paid rounding 2',
  ]);
  for (const { order_id, currency, day, branch_id: at, effect_key } of booked)
    expect([currency, day, at, effect_key]).toEqual([
      order_id === owed ? 'USD' : 'VND',
      '2026-11-01',
      branch_id,
      `revenue-order:${order_id}`,
    ]);
  expect(await rowsOf('SELECT count(DISTINCT posting_id)::int AS n FROM revenue_posting')).toEqual([{ n: 2 }]);
  const trail = await rowsOf(
    `SELECT actor_id AS by, entity, entity_id AS of FROM audit_entry WHERE action = 'revenue.posted'`,
  );
  expect(new Set(trail.map((row) => JSON.stringify(row)))).toEqual(
    new Set([paid, owed, free].map((of) => JSON.stringify({ by: 'books', entity: 'order', of }))),
  );
});
