import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lis } from '@/server/integrations/lis/port';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { prepareOrders } from '@/server/modules/sales/orders/public/prepare-orders';
import { requestOrderNotifications } from '@/server/modules/sales/orders/public/request-order-notifications';
import { sendLisOrders } from '@/server/modules/sales/orders/public/send-lis-orders';
import { orderDetail } from '@/server/modules/sales/orders/queries/orders';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { closePdfPool } from '@/server/pdf/render';
import { type Actor, type StaffActor, systemActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import { cartOf, countOf, makeCashier, makeFixture, makeStaff, oneOf, patientNamed, rowsOf } from './till-fixture';

withDatabase();
afterAll(closePdfPool);

const actor = systemActor('test');
let cashier: StaffActor;
let sold: PaidOrder;
let imaging: PaidOrder;

beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  const services = ['PACK', 'PAP'].map((code) => ({ code, discountPercent: '10' }));
  const net = 299_999n - 30_000n + 375_333n - 37_533n;
  const payments = [
    { method: 'transfer' as const, amount: 300_000n, reference: 'FT 42' },
    { method: 'cash' as const, amount: net - 300_000n, tendered: 400_000n },
  ];
  sold = await createPaidOrder({ actor: cashier, cart: await cartOf({ services, payments }) });
  const scan = [{ code: 'CXR', discountPercent: '0' }];
  imaging = await createPaidOrder({
    actor: cashier,
    cart: await cartOf({
      services: scan,
      patientId: await patientNamed('nam'),
      payments: [{ method: 'card', amount: 200_001n }],
    }),
  });
});

const twentyTimes = (work: () => Promise<unknown>) => Promise.all(Array.from({ length: 20 }, work));

it('gives accession and labels once, a package exploded to what it holds', async () => {
  const orderIds = [sold.orderId, imaging.orderId];
  await twentyTimes(() => prepareOrders({ actor, orderIds }));
  const order = await orderDetail({ actor: cashier, id: sold.orderId });
  expect(order.accession).toMatch(/^\d{12}$/);
  // PACK holds CBC, GLU and a chest X-ray, which has no specimen; PAP stands beside it.
  expect(order.labels.map((label) => label.category)).toEqual(['biochemistry', 'cytology', 'hematology']);
  expect(new Set(order.labels.map((label) => label.barcode)).size).toBe(3);
  expect((await orderDetail({ actor: cashier, id: imaging.orderId })).labels).toEqual([]);
  expect(await countOf(`audit_entry WHERE action = 'order.prepared'`)).toBe(2);
  await expect(rowsOf(`UPDATE orders SET accession = 'X' WHERE id = $1`, [sold.orderId])).rejects.toMatchObject({
    code: '23001',
  });
});

it('sends the laboratory its orders once, and nothing that is not for it', async () => {
  const orderIds = [sold.orderId, imaging.orderId];
  await twentyTimes(() => sendLisOrders({ actor, orderIds }));
  const messages = await rowsOf<{ content: string }>(`SELECT content FROM integration_message WHERE system = 'lis'`);
  expect(messages).toHaveLength(1);
  const codes = (messages[0]?.content ?? '')
    .split('\r')
    .filter((line) => line.startsWith('OBR'))
    .map((line) => line.split('|')[4]?.split('^')[0]);
  expect(codes).toEqual(['CBC', 'GLU', 'PAP']);
  expect(await countOf(`effect_receipt WHERE kind = 'lis-order'`)).toBe(1);
});

it('keeps what the laboratory has where it goes away in the middle, and sends the rest afterwards', async () => {
  const orders = [
    await createPaidOrder({ actor: cashier, cart: await cartOf() }),
    await createPaidOrder({ actor: cashier, cart: await cartOf() }),
  ];
  const orderIds = orders.map(({ orderId }) => orderId);
  await prepareOrders({ actor, orderIds });
  const local = lis();
  let calls = 0;
  lis.bind({
    ...local,
    sendOrder: async (order) => {
      calls += 1;
      if (calls === 2) throw new PortalError('unavailable', 'lis_unavailable');
      return local.sendOrder(order);
    },
  });
  const reported = () =>
    countOf(
      `effect_receipt WHERE kind = 'lis-order' AND effect_key IN ('lis-order:${orderIds.join("','lis-order:")}')`,
    );
  await expect(sendLisOrders({ actor, orderIds })).rejects.toMatchObject({ code: 'lis_unavailable' });
  expect(await reported()).toBe(1);
  expect(await sendLisOrders({ actor, orderIds })).toEqual({ sent: 1 });
  expect(await reported()).toBe(2);
  expect(calls).toBe(3);
  lis.bind(local);
});

it('books a paid order once, balanced', async () => {
  await twentyTimes(() => postOrderRevenue({ actor, orderIds: [sold.orderId] }));
  const rows = await rowsOf<{ account: string; amount: string }>(
    `SELECT account, amount::text FROM revenue_posting WHERE order_id = $1 ORDER BY account`,
    [sold.orderId],
  );
  expect(Object.fromEntries(rows.map((row) => [row.account, Number(row.amount)]))).toEqual({
    cash: 308_000,
    rounding: -201,
    discounts: 67_533,
    'revenue:cytology': -375_333,
    'revenue:package': -299_999,
    transfer: 300_000,
  });
  const unpaid = await createPaidOrder({ actor: cashier, cart: await cartOf({ unpaid: true, payments: [] }) });
  expect(await postOrderRevenue({ actor, orderIds: [unpaid.orderId] })).toEqual({ posted: 0 });
});

describe('a receipt', () => {
  const documents = () => countOf('document');
  const drawn = () => countOf(`audit_entry WHERE action = 'document.stored'`);
  const want = (by: Actor, language: 'vi' | 'en' = 'vi') =>
    renderReceipt({ actor: by, orderId: sold.orderId, language });

  it('is not drawn before somebody wants it', async () => {
    await postOrderRevenue({ actor, orderIds: [sold.orderId] });
    await requestOrderNotifications({ actor, orderIds: [sold.orderId] });
    expect(await documents()).toBe(0);
  });

  it('is drawn once, by twenty who want it at once, and kept', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => want(n % 2 ? cashier : actor)));
    expect(new Set(made.map(({ documentId }) => documentId)).size).toBe(1);
    expect(await want(cashier)).toEqual(made[0]);
    await want(actor, 'en');
    expect({ documents: await documents(), drawn: await drawn() }).toEqual({ documents: 2, drawn: 2 });
    expect(await countOf(`effect_receipt WHERE kind = 'receipt'`)).toBe(2);
  });

  it('is opened for staff in the state it would show now, without being drawn again', async () => {
    const { documentId } = await want(cashier);
    const opened = await openDocument({ actor: cashier, document: { id: documentId } });
    expect(opened.bytes).toBeGreaterThan(5_000);
    await opened.content.cancel();
    expect(await documents()).toBe(2);
  });

  it('belongs to its branch', async () => {
    await expect(want(await makeStaff('cashier', 'HN'))).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('asks for one notice', async () => {
  await twentyTimes(() => requestOrderNotifications({ actor, orderIds: [sold.orderId] }));
  const asked = await oneOf<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox_event WHERE name = 'notification/requested'`,
  );
  expect(asked.n).toBe(1);
});
