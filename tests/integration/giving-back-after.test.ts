import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lis } from '@/server/integrations/lis/port';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { postRefundRevenue } from '@/server/modules/core/revenue/public/post-refund-revenue';
import { cancelLisOrders } from '@/server/modules/sales/giving-back/public/cancel-lis-orders';
import { cancellationsOf, refundFacts } from '@/server/modules/sales/giving-back/queries';
import { openRefundReceipt } from '@/server/modules/sales/giving-back/use-cases/open-refund-receipt';
import { readPdf } from '@/server/pdf/paper/read-pdf';
import { renderPdf } from '@/server/pdf/render';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import { card, cash, give, sell, services } from './giving-back-fixture';
import { makeCashier, makeFixture, rowsOf } from './till-fixture';

vi.mock('@/server/pdf/render', async (original) => {
  const real = await original<typeof import('@/server/pdf/render')>();
  return { ...real, renderPdf: vi.fn(real.renderPdf) };
});
withDatabase();
const system = systemActor('pos-order');
let cashier: StaffActor;
beforeAll(async () => {
  await makeFixture();
  await rowsOf('UPDATE organisation SET refund_limit = 100000000');
  ({ actor: cashier } = await makeCashier('T1'));
});

const twenty = <T>(act: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, act));
const booksOf = (order: string) =>
  rowsOf<{ account: string; amount: number }>(
    'SELECT account, sum(amount)::int AS amount FROM revenue_posting WHERE order_id = $1 GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1',
    [order],
  ).then((rows) => rows.map(({ account, amount }) => `${account} ${amount}`));

describe('the books', () => {
  it('come back to nothing in every account when all was given back, in parts, each booked once', async () => {
    const lines = [{ code: 'CBC', discountPercent: '7' }, ...services('GLU')];
    const sold = await sell(cashier, { services: lines, payments: [card(45_000n), cash(111_910n)] });
    await postOrderRevenue({ actor: system, orderIds: [sold.orderId] });
    for (const amount of [1n, 33_333n, 78_576n]) {
      await give(cashier, sold.orderId, { lines: [{ position: 1, amount }], payments: [cash(amount)] });
      await twenty(() => postRefundRevenue({ actor: system, orderIds: [sold.orderId] }));
    }
    expect(await booksOf(sold.orderId)).toEqual(['card 45000', 'revenue:biochemistry -45000']);
    await give(cashier, sold.orderId, { lines: [{ position: 2, amount: 45_000n }], payments: [card(45_000n)] });
    expect(await postRefundRevenue({ actor: system, orderIds: [sold.orderId] })).toEqual({ posted: 1 });
    expect(await booksOf(sold.orderId)).toEqual([]);
  });

  it('take an order in first that is not in them yet, and money where it was paid', async () => {
    const { actor: there } = await makeCashier('T1', 'HN');
    const sold = await sell(cashier);
    await give(there, sold.orderId, { lines: [{ position: 1, amount: 120_333n }], payments: [cash(120_333n)] });
    expect(await postRefundRevenue({ actor: system, orderIds: [sold.orderId] })).toEqual({ posted: 1 });
    const rows = await rowsOf(
      `SELECT p.account, p.amount::int, b.code FROM revenue_posting p JOIN branch b ON b.id = p.branch_id
       WHERE p.order_id = $1 AND p.effect_key LIKE 'revenue-refund:%' ORDER BY account`,
      [sold.orderId],
    );
    expect(rows).toEqual([
      { account: 'cash', amount: -120_500, code: 'HN' },
      { account: 'revenue:hematology', amount: 120_333, code: 'Q1' },
      { account: 'rounding', amount: 167, code: 'HN' },
    ]);
  });

  it('take what was let go unpaid off what is owed, once the order is settled', async () => {
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [card(120_333n)], unpaid: true });
    await give(cashier, sold.orderId, { lines: [{ position: 2, amount: 20_000n }] });
    expect(await postRefundRevenue({ actor: system, orderIds: [sold.orderId] })).toEqual({ posted: 0 });
    await give(cashier, sold.orderId, { lines: [{ position: 2, amount: 25_000n }] });
    expect(await postRefundRevenue({ actor: system, orderIds: [sold.orderId] })).toEqual({ posted: 2 });
    expect(await booksOf(sold.orderId)).toEqual(['card 120333', 'revenue:hematology -120333']);
  });
});

describe('the laboratory', () => {
  const obr = async (order: string) =>
    rowsOf<{ key: string; content: string }>(
      `SELECT m.message_key AS key, m.content FROM integration_message m JOIN orders o ON m.message_key LIKE '%' || o.accession || '%' WHERE o.id = $1 ORDER BY m.id`,
      [order],
    ).then((rows) =>
      rows.map(({ key, content }) => {
        const segments = content.split('\r').map((segment) => segment.split('|'));
        const codes = segments.filter(([name]) => name === 'OBR').map((segment) => segment[4]?.split('^')[0]);
        return `${key.split('-')[0]} ${segments.find(([name]) => name === 'ORC')?.[1]} ${codes.join(',')}`;
      }),
    );

  it('hears once what is not to be done any longer, after it has the order', async () => {
    const sold = await sell(cashier, { services: services('PACK', 'PAP'), payments: [card(675_332n)] });
    const part = await give(cashier, sold.orderId, { lines: [{ position: 1, amount: 1n }], payments: [card(1n)] });
    expect(await cancellationsOf([part.refundId])).toEqual([]);
    const rest = await give(cashier, sold.orderId, {
      lines: [{ position: 1, amount: 299_998n }],
      payments: [card(299_998n)],
    });
    const refundIds = [part.refundId, rest.refundId];
    await twenty(() => cancelLisOrders({ actor: system, refundIds }));
    expect(await obr(sold.orderId)).toEqual(['order NW CBC,GLU,PAP', 'cancel CA CBC,GLU']);
    expect(await cancelLisOrders({ actor: system, refundIds })).toEqual({ cancelled: 0 });
  });

  it('keeps what another line still holds, and hears nothing of pictures', async () => {
    const sold = await sell(cashier, { services: services('PACK', 'CXR'), payments: [card(500_000n)] });
    const picture = await give(cashier, sold.orderId, {
      lines: [{ position: 2, amount: 200_001n }],
      payments: [card(200_001n)],
    });
    expect(await cancellationsOf([picture.refundId])).toEqual([]);
    const both = await sell(cashier, { services: services('PACK', 'CBC'), payments: [card(420_332n)] });
    const single = await give(cashier, both.orderId, {
      lines: [{ position: 2, amount: 120_333n }],
      payments: [card(120_333n)],
    });
    expect(await cancellationsOf([single.refundId])).toEqual([]);
    const pack = await give(cashier, both.orderId, {
      lines: [{ position: 1, amount: 299_999n }],
      payments: [card(299_999n)],
    });
    expect(await cancellationsOf([pack.refundId])).toMatchObject([{ codes: ['CBC', 'GLU'] }]);
  });

  it('that is away leaves nothing marked as done', async () => {
    const sold = await sell(cashier);
    const { refundId } = await give(cashier, sold.orderId, { kind: 'void', payments: [cash(120_333n)] });
    const local = lis();
    lis.bind({ ...local, cancelOrder: () => Promise.reject(new PortalError('unavailable', 'lis_unavailable')) });
    await expect(cancelLisOrders({ actor: system, refundIds: [refundId] })).rejects.toMatchObject({
      code: 'lis_unavailable',
    });
    lis.bind(local);
    expect(await cancelLisOrders({ actor: system, refundIds: [refundId] })).toEqual({ cancelled: 1 });
    expect(await obr(sold.orderId)).toEqual(['order NW CBC', 'cancel CA CBC']);
  });
});

describe('the paper of a refund', () => {
  const textOf = async (actor: StaffActor, refundId: string, language: 'vi' | 'en') => {
    const { content } = await openRefundReceipt({ actor, refundId, language });
    return readPdf(Buffer.from(await new Response(content).arrayBuffer())).text;
  };

  it('says clearly what it is, what went back and why, for both branches, and is made once', async () => {
    const there = await makeCashier('T2', 'HN');
    const sold = await sell(cashier);
    const { refundId } = await give(there.actor, sold.orderId, {
      lines: [{ position: 1, amount: 120_333n }],
      payments: [cash(120_333n)],
    });
    const vietnamese = await textOf(there.actor, refundId, 'vi');
    for (const words of [
      'Phiếu hoàn tiền',
      sold.number,
      '120.333',
      '120.500',
      'không làm nữa',
      'Khách hàng ký nhận',
      'Hà Nội',
    ])
      expect(vietnamese).toContain(words);
    expect(await textOf(cashier, refundId, 'en')).toContain('Refund receipt');
    await textOf(cashier, refundId, 'vi');
    expect(
      await rowsOf(`SELECT language, version FROM document WHERE kind = 'refund' AND owner_id = $1 ORDER BY 1`, [
        refundId,
      ]),
    ).toEqual([
      { language: 'en', version: 1 },
      { language: 'vi', version: 1 },
    ]);
    expect(
      await rowsOf(`SELECT actor_id FROM audit_entry WHERE action = 'document.read' AND detail ->> 'ownerId' = $1`, [
        refundId,
      ]),
    ).toHaveLength(3);
    expect((await refundFacts(cashier, refundId)).payments).toEqual([
      { method: 'cash', amount: 120_333n, rounding: 167n, reference: null },
    ]);
    const apart = await rowsOf<{ id: string }>(
      `INSERT INTO branch (code, name_vi, name_en) VALUES ('DN', 'Đà Nẵng', 'Da Nang') RETURNING id`,
    );
    const elsewhere = { ...cashier, branchId: apart[0]?.id ?? '' };
    await expect(openRefundReceipt({ actor: elsewhere, refundId, language: 'vi' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is rendered once for however many ask at once', async () => {
    const sold = await sell(cashier);
    const { refundId } = await give(cashier, sold.orderId, { kind: 'void', payments: [cash(120_333n)] });
    vi.mocked(renderPdf).mockClear();
    const papers = await twenty(() => openRefundReceipt({ actor: cashier, refundId, language: 'vi' }));
    for (const { content } of papers) await new Response(content).arrayBuffer();
    expect(renderPdf).toHaveBeenCalledTimes(1);
  });

  it('of a void says so, and hides from the patient what a company pays', async () => {
    const [{ id: customerId = '' } = {}] = await rowsOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
    const sold = await sell(cashier, { terms: 'account', customerId, payments: [] });
    const { refundId } = await give(cashier, sold.orderId, { kind: 'void' });
    const text = await textOf(cashier, refundId, 'vi');
    expect(text).toContain('Phiếu hủy đơn');
    expect(text).not.toContain('120.333');
  });
});
