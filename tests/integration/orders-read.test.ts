import { beforeAll, expect, it } from 'vitest';
import { listOrders, orderDetail, orderTotals } from '@/server/modules/sales/orders/queries/orders';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, patientNamed } from './till-fixture';

withDatabase();

let here: StaffActor;
let there: StaffActor;
let sold: PaidOrder[] = [];

beforeAll(async () => {
  await makeFixture();
  here = (await makeCashier('T1')).actor;
  there = (await makeCashier('T1', 'HN')).actor;
  for (let index = 0; index < 7; index += 1) sold.push(await createPaidOrder({ actor: here, cart: await cartOf() }));
  const nam = await patientNamed('nam');
  sold.push(await createPaidOrder({ actor: here, cart: await cartOf({ patientId: nam, unpaid: true, payments: [] }) }));
  const { id: doctorId } = await oneOf<{ id: string }>('SELECT id FROM doctor');
  const cart = await cartOf({
    doctorId,
    payments: [{ method: 'transfer', amount: 111_111n, reference: 'FT1' }],
    note: 'x',
  });
  sold = [...sold, await createPaidOrder({ actor: there, cart })];
});

it('lists one’s own branch, newest first, each once', async () => {
  const first = await listOrders({ actor: here, limit: 5 });
  const second = await listOrders({ actor: here, limit: 5, cursor: first.nextCursor });
  expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(
    sold
      .slice(0, 8)
      .reverse()
      .map((order) => order.orderId),
  );
  expect(second.nextCursor).toBeNull();
  expect((await listOrders({ actor: there, limit: 50 })).rows.map((row) => row.branchCode)).toEqual(['HN']);
  expect((await listOrders({ actor: await makeStaff('finance', null), limit: 50 })).rows).toHaveLength(9);
});

it('sums what is filtered', async () => {
  expect(await orderTotals({ actor: here })).toMatchObject([{ orders: 8, net: 120_333n * 8n, currency: 'VND' }]);
  expect(await orderTotals({ actor: here, state: 'unpaid' })).toMatchObject([{ orders: 1 }]);
  const { today } = await oneOf<{ today: string }>('SELECT business_day(now())::text AS today');
  expect(await orderTotals({ actor: here, from: today, to: today, source: 'pos' })).toMatchObject([{ orders: 8 }]);
  expect(await orderTotals({ actor: here, to: '2020-01-01' })).toEqual([]);
});

it('finds by number, patient and phone, within the branch', async () => {
  const of = async (search: string) => (await listOrders({ actor: here, search, limit: 50 })).rows.length;
  expect(await of(sold[0]?.number.toLowerCase() ?? '')).toBe(1);
  expect(await of('le van nam')).toBe(1);
  expect(await of('0912 345 678')).toBe(7);
  expect(await of(sold[8]?.number ?? '')).toBe(0);
});

it('opens an order with lines, reasons, payments and events; another branch’s is not found', async () => {
  const id = sold[8]?.orderId ?? '';
  const order = await orderDetail({ actor: there, id });
  expect(order).toMatchObject({
    doctorName: 'BS. Hồ Kim Bình',
    state: 'paid',
    lines: [{ code: 'CBC', net: 111_111n, reason: { rateCard: 'HN-CARD', scope: 'branch', validTo: null } }],
    payments: [{ method: 'transfer', amount: 111_111n, reference: 'FT1' }],
    events: [{ action: 'order.created' }],
  });
  await expect(orderDetail({ actor: here, id })).rejects.toMatchObject({ code: 'not_found', kind: 'not-found' });
});
