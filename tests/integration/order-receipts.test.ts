import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { takeBalanceInput } from '@/server/modules/sales/payments/schema';
import { takeBalance } from '@/server/modules/sales/payments/use-cases/take-balance';
import { readPdf } from '@/server/pdf/paper/read-pdf';
import { closePdfPool } from '@/server/pdf/render';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, countOf, makeCashier, makeFixture, makeStaff, rowsOf } from './till-fixture';

withDatabase();
afterAll(closePdfPool);

let actor: StaffActor;
const ids: Record<string, string> = {};
beforeAll(async () => {
  await makeFixture();
  await rowsOf(`UPDATE organisation SET name_vi = 'Xét nghiệm An', name_en = 'An Labs', address = '128 Nguyễn Trãi', phone = '028 3930 1128',
    tax_code = '0317654321', cashier_discount_limit = 100`);
  await rowsOf(`UPDATE customer SET tax_code = '0301234567' WHERE code = 'PLAIN'`);
  for (const { key, id } of await rowsOf<{ key: string; id: string }>(
    'SELECT code AS key, id FROM customer UNION ALL SELECT code, id FROM doctor',
  ))
    ids[key] = id;
  actor = (await makeCashier('T1')).actor;
});

async function sell(parts: Parameters<typeof cartOf>[0]): Promise<string> {
  const { orderId } = await createPaidOrder({ actor, cart: await cartOf(parts) });
  // A day and a number that are the same in every run.
  await rowsPastGuards(
    `UPDATE orders SET number = 'Q1-261105-0001', ordered_at = '2026-11-05T01:02:03Z', settled_at = CASE WHEN settled_at IS NOT NULL THEN timestamptz '2026-11-06T02:03:04Z' END WHERE id = $1`,
    [orderId],
  );
  await rowsPastGuards(`UPDATE payment SET paid_at = '2026-11-05T01:02:03Z' WHERE order_id = $1`, [orderId]);
  return orderId;
}

async function linesOf(orderId: string, language: 'vi' | 'en', by = actor): Promise<string[]> {
  const { documentId } = await renderReceipt({ actor: by, orderId, language });
  const { content } = await openDocument({ actor: by, document: { id: documentId } });
  const lines = readPdf(Buffer.from(await new Response(content).arrayBuffer())).lines;
  await rowsPastGuards(`UPDATE orders SET number = 'was-' || id WHERE id = $1`, [orderId]);
  return lines;
}

const service = (code: string, discountPercent = '0') => ({ code, discountPercent });

/** What stands above and below the lines of every such receipt; labels and values in the order in which they are drawn. */
const head = (title: string) => [
  ...['An Labs', 'District 1', '128 Nguyễn Trãi', 'Tel. 028 3930 1128 · Tax code 0317654321', title, 'Q1-261105-0001'],
  ...['Date', '05/11/2026 08:02', 'Cashier', 'Người dùng', 'Till', 'Quầy 1'],
  ...['Patient', 'Nguyễn Thị Đào', 'Patient code', 'P0000001', 'Born', '1990'],
];
const foot = (printed: string) => [
  ...['Thank you', 'Please keep this receipt to collect your results', `Printed ${printed}`],
];
const exempt = 'Amounts in VND · Medical services, exempt from VAT';

it('shows who paid what for whom, what came off, and what came back', async () => {
  const cart = () => ({
    ...{ customerId: ids.PLAIN ?? null, doctorId: ids.D1 ?? null },
    services: [service('CBC', '12.5'), service('GLU')],
    payments: [
      { method: 'card' as const, amount: 50_000n, reference: 'C-77' },
      { method: 'cash' as const, amount: 100_291n, tendered: 200_000n },
    ],
  });
  expect(await linesOf(await sell(cart()), 'en')).toEqual([
    ...head('Receipt'),
    ...['Company', 'Công ty Bình Minh', 'Tax code', '0301234567', 'Referred by', 'BS. Hồ Kim Bình'],
    ...['Complete blood count', '105,291', 'CBC · 120,333 − 15,042 (12.5\u00a0%)', 'Glucose', '45,000', 'GLU'],
    ...['Subtotal', '165,333', 'Discount', '-15,042', 'Total', '150,291', exempt],
    ...['Cash rounding', '+209', 'Card · C-77', '50,000', 'Cash', '200,000', 'Change', '99,500'],
    ...foot('06/11/2026 09:03'),
  ]);
  const inVietnamese = await linesOf(await sell(cart()), 'vi');
  expect(inVietnamese).toEqual(
    expect.arrayContaining(['Xét nghiệm An', 'Quận 1', '128 Nguyễn Trãi', 'Tổng phân tích tế bào máu', 'Đường huyết']),
  );
});

it('that is paid in part says what is due, and cash without change is what was put on the counter', async () => {
  const payments = [
    { method: 'cash' as const, amount: 100_500n },
    { method: 'transfer' as const, amount: 83n },
  ];
  expect(await linesOf(await sell({ unpaid: true, payments }), 'en')).toEqual([
    ...head('Receipt'),
    ...['Complete blood count', '120,333', 'CBC', 'Total', '120,333', exempt],
    ...['Cash', '100,500', 'Bank transfer', '83', 'Still due', '19,750'],
    ...foot('05/11/2026 08:02'),
  ]);
});

it('lists what came in on other days with its day, as notes made it, and what is still owed; also at the branch that took it', async () => {
  const orderId = await sell({
    unpaid: true,
    payments: [{ method: 'cash' as const, amount: 20_000n, tendered: 50_000n }],
  });
  const { actor: other } = await makeCashier('T1', 'HN');
  await expect(renderReceipt({ actor: other, orderId, language: 'en' })).rejects.toMatchObject({ code: 'not_found' });
  const balance = (parts: object) => takeBalanceInput.parse({ clientKey: crypto.randomUUID(), orderId, ...parts });
  const part = { expectedDue: 100_333n, part: true, payments: [{ method: 'card', amount: 50_000n, reference: 'C-1' }] };
  await takeBalance({ actor: other, balance: balance(part) });
  await rowsPastGuards(`UPDATE payment SET paid_at = '2026-11-07T09:00:00Z' WHERE order_id = $1 AND method = 'card'`, [
    orderId,
  ]);
  const before = await linesOf(orderId, 'en', other);
  expect(before.slice(before.indexOf(exempt) + 1)).toEqual([
    ...['Cash · 05/11/2026 08:02', '20,000', 'Card · C-1 · 07/11/2026 16:00', '50,000', 'Still due', '50,333'],
    ...foot('07/11/2026 16:00'),
  ]);
  const last = { expectedDue: 50_333n, payments: [{ method: 'cash', amount: 50_333n, tendered: 100_000n }] };
  await takeBalance({ actor: other, balance: balance(last) });
  await rowsPastGuards(`UPDATE payment SET paid_at = '2026-11-08T09:00:00Z' WHERE order_id = $1 AND amount = 50333`, [
    orderId,
  ]);
  await rowsPastGuards(`UPDATE orders SET settled_at = '2026-11-08T09:00:00Z' WHERE id = $1`, [orderId]);
  const after = await linesOf(orderId, 'en');
  expect(after.slice(after.indexOf(exempt) + 1)).toEqual([
    ...['Cash rounding', '+167', 'Cash · 05/11/2026 08:02', '20,000', 'Card · C-1 · 07/11/2026 16:00', '50,000'],
    ...['Cash · 08/11/2026 16:00', '50,500', ...foot('08/11/2026 16:00')],
  ]);
});

it('of what a company pays names the company and no price', async () => {
  expect(await linesOf(await sell({ customerId: ids.VIPCO ?? null, terms: 'account', payments: [] }), 'en')).toEqual([
    ...[...head('Service slip'), 'Company', 'Công ty An Phát', 'Complete blood count', 'CBC'],
    ...['The cost is borne by Công ty An Phát', ...foot('06/11/2026 09:03')],
  ]);
});

it('without phone, tax code, cashier or till says nothing of them', async () => {
  await rowsOf(`UPDATE organisation SET phone = '', tax_code = ''`);
  vi.setSystemTime(Date.now() + 60_000);
  const id = await sell({});
  await rowsPastGuards('UPDATE orders SET created_by = NULL, shift_id = NULL WHERE id = $1', [id]);
  const lines = await linesOf(id, 'en');
  vi.useRealTimers();
  const absent = /^(Tel|Tax code|Cashier|Người dùng|Till|Quầy 1)/;
  const [shown, of] = [head('Receipt').filter((line) => !absent.test(line)), lines.slice(0, 13)];
  expect(of).toEqual(shown);
  expect(lines.filter((line) => absent.test(line))).toEqual([]);
});

it('is kept for as long as it would show the same, and what it was made of is recorded', async () => {
  const id = await sell({});
  const first = await renderReceipt({ actor, orderId: id, language: 'en' });
  const before = await countOf('document');
  expect(await renderReceipt({ actor, orderId: id, language: 'en' })).toEqual(first);
  expect(await countOf('document')).toBe(before);
  const kept = await rowsOf(
    `SELECT kind, ref, effect_key ~ ('^receipt:' || $1 || ':en:[0-9a-f]{64}$') AS keyed FROM effect_receipt WHERE kind = 'receipt' AND ref = $2`,
    [id, first.documentId],
  );
  expect(kept).toEqual([{ kind: 'receipt', ref: first.documentId, keyed: true }]);
  expect(
    await rowsOf('SELECT kind, owner_id AS owner, language, version FROM document WHERE id = $1', [first.documentId]),
  ).toEqual([{ kind: 'receipt', owner: id, language: 'en', version: 1 }]);
  await rowsPastGuards(`UPDATE orders SET number = 'Q1-261105-0002' WHERE id = $1`, [id]);
  const second = await renderReceipt({ actor, orderId: id, language: 'en' });
  expect(second.documentId).not.toBe(first.documentId);
  await expect(
    renderReceipt({ actor: await makeStaff('cashier', 'HN'), orderId: id, language: 'en' }),
  ).rejects.toMatchObject({
    ...{ kind: 'not-found', code: 'not_found' },
  });
});
