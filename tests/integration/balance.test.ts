import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { owedOrders } from '@/server/modules/sales/payments/queries';
import { takeBalanceInput } from '@/server/modules/sales/payments/schema';
import { takeBalance } from '@/server/modules/sales/payments/use-cases/take-balance';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

let tills = 0;
/** A cashier with an open shift; the twelve tills of a branch are used up one after the other. */
async function nextCashier(branch = 'Q1') {
  tills += 1;
  const code = `B${tills}`;
  await rowsOf(`INSERT INTO till (branch_id, code, name) SELECT id, $2, 'Quầy' FROM branch WHERE code = $1`, [
    branch,
    code,
  ]);
  return makeCashier(code, branch);
}

const cash = (amount: bigint, tendered?: bigint) => ({
  method: 'cash' as const,
  amount,
  ...(tendered === undefined ? {} : { tendered }),
});
const card = (amount: bigint) => ({ method: 'card' as const, amount });

/** An order over 120,333 of which only these payments came in with the sale. */
async function owing(actor: StaffActor, payments: ReturnType<typeof card | typeof cash>[] = []) {
  return createPaidOrder({ actor, cart: await cartOf({ unpaid: true, payments }) });
}

type Parts = Partial<z.input<typeof takeBalanceInput>> & { orderId: string };
const balanceOf = (parts: Parts) =>
  takeBalanceInput.parse({
    clientKey: crypto.randomUUID(),
    expectedDue: 120_333n,
    payments: [card(120_333n)],
    ...parts,
  });
const take = (actor: StaffActor, parts: Parts) => takeBalance({ actor, balance: balanceOf(parts) });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
  );

const stateOf = (order: string) =>
  oneOf<{ settled: boolean; paid: number; payments: number; state: string; due: number }>(
    `SELECT o.settled_at IS NOT NULL AS settled, order_state(o) AS state, order_due(o)::int AS due,
       (SELECT coalesce(sum(amount), 0)::int FROM payment WHERE order_id = o.id) AS paid,
       (SELECT count(*)::int FROM payment WHERE order_id = o.id) AS payments FROM orders o WHERE o.id = $1`,
    [order],
  );
const published = async (order: string) =>
  (
    await rowsOf<{ name: string }>(`SELECT name FROM outbox_event WHERE data ->> 'orderId' = $1 ORDER BY id`, [order])
  ).map(({ name }) => name);

describe('what is owed of an order is taken', () => {
  it('in a later shift of another branch: in parts, and with the last dong it is settled, once, and said so', async () => {
    const seller = await nextCashier();
    const { orderId, number } = await owing(seller.actor, [cash(20_500n)]);
    expect(await stateOf(orderId)).toMatchObject({ settled: false, state: 'part-paid', due: 99_833 });
    await closeShift({ actor: seller.actor, shiftId: seller.shiftId, denominations: {} });

    const second = await nextCashier('HN');
    const part = await take(second.actor, {
      ...{ orderId, part: true, expectedDue: 99_833n, shiftId: second.shiftId },
      payments: [{ ...card(33_333n), reference: ' C-9 ' }],
    });
    expect(part).toEqual({
      ...{ orderId, number, currency: 'VND', netTotal: 120_333n, paidBefore: 20_500n, paid: 33_333n },
      ...{ rounding: 0n, change: 0n, due: 66_500n, settled: false, replayed: false },
    });
    expect(await stateOf(orderId)).toMatchObject({ settled: false, state: 'part-paid', due: 66_500 });
    expect(await published(orderId)).toEqual(['order/created']);

    const third = await nextCashier();
    const last = await take(third.actor, { orderId, expectedDue: 66_500n, payments: [cash(66_500n, 100_000n)] });
    expect(last).toMatchObject({ paidBefore: 53_833n, paid: 66_500n, change: 33_500n, due: 0n, settled: true });
    expect(await stateOf(orderId)).toEqual({ settled: true, state: 'paid', due: 0, paid: 120_333, payments: 3 });
    expect(await published(orderId)).toEqual(['order/created', 'pos-order/paid']);
    const trail = await rowsOf(
      `SELECT e.action, b.code AS branch, e.detail FROM audit_entry e JOIN branch b ON b.id = e.branch_id
       WHERE e.entity_id = $1 AND e.action = 'order.balance-taken' ORDER BY e.id`,
      [orderId],
    );
    expect(trail).toEqual([
      { action: 'order.balance-taken', branch: 'HN', detail: { paid: '33333', due: '66500', payments: 1 } },
      { action: 'order.balance-taken', branch: 'Q1', detail: { paid: '66500', due: '0', payments: 1 } },
    ]);
  });

  it('with its cash rounded to notes, beside other tenders, in balanced movements of the shift that takes it', async () => {
    const { orderId } = await owing((await nextCashier()).actor);
    const { actor, shiftId } = await nextCashier();
    const taken = await take(actor, { orderId, payments: [card(60_083n), cash(60_250n, 100_000n)] });
    expect(taken).toMatchObject({ paid: 120_333n, rounding: 250n, change: 39_500n, settled: true });
    const lines = await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', d.kind, d.account, d.amount) AS line FROM drawer_entry d JOIN payment p ON p.id = d.payment_id
       WHERE p.order_id = $1 AND d.shift_id = $2 ORDER BY p.id, d.amount DESC`,
      [orderId, shiftId],
    );
    expect(lines.map(({ line }) => line)).toEqual([
      ...['sale card 60083', 'sale sales -60083', 'sale drawer 60500', 'sale rounding -250', 'sale sales -60250'],
    ]);
  });

  it('of an order that came with a sheet, where nobody sold it at a till', async () => {
    const { orderId } = await owing((await nextCashier()).actor, [card(333n)]);
    await rowsPastGuards(`UPDATE orders SET source = 'upload', shift_id = NULL, created_by = NULL WHERE id = $1`, [
      orderId,
    ]);
    const { actor } = await nextCashier();
    expect(await take(actor, { orderId, expectedDue: 120_000n, payments: [card(120_000n)] })).toMatchObject({
      settled: true,
    });
  });
});

describe('one key is one effect', () => {
  it('twenty identical requests at once take it once, and all are answered alike', async () => {
    const { orderId } = await owing((await nextCashier()).actor);
    const { actor } = await nextCashier();
    const balance = balanceOf({ orderId, payments: [card(20_333n), cash(100_000n, 200_000n)] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => takeBalance({ actor, balance })));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ paid, change, due, settled }) => `${paid} ${change} ${due} ${settled}`))).toEqual(
      new Set(['120333 100000 0 true']),
    );
    expect(await stateOf(orderId)).toMatchObject({ paid: 120_333, payments: 2, settled: true });
    expect(await published(orderId)).toEqual(['order/created', 'pos-order/paid']);
  });

  it.each<[string, object]>([
    ['other money', { payments: [card(50_001n)] }],
    ['another way of paying', { payments: [{ method: 'transfer', amount: 50_000n }] }],
    ['another reference', { payments: [{ ...card(50_000n), reference: 'x' }] }],
    ['more payments', { payments: [card(50_000n), card(1n)] }],
  ])('the key with %s is refused, and nothing is written', async (_, other) => {
    const { orderId } = await owing((await nextCashier()).actor);
    const { actor } = await nextCashier();
    const asked = { orderId, clientKey: crypto.randomUUID(), part: true, payments: [card(50_000n)] };
    await take(actor, asked);
    expect(await refusal(take(actor, { ...asked, ...other }))).toEqual(['conflict', 'duplicate_client_key', {}]);
    expect(await refusal(take((await nextCashier()).actor, asked))).toEqual(['conflict', 'duplicate_client_key', {}]);
    expect(await stateOf(orderId)).toMatchObject({ paid: 50_000, payments: 1 });
  });

  it('a key of another order’s money is refused', async () => {
    const { actor } = await nextCashier();
    const [one, other] = [await owing(actor), await owing(actor)];
    const clientKey = crypto.randomUUID();
    await take(actor, { orderId: one.orderId, clientKey });
    expect(await refusal(take(actor, { orderId: other.orderId, clientKey }))).toEqual([
      ...['conflict', 'duplicate_client_key', {}],
    ]);
  });

  it('two tills at once never take more than is owed: one takes it, the other hears that it is settled', async () => {
    const { orderId } = await owing((await nextCashier()).actor);
    const tillsAtOnce = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => nextCashier(at % 2 ? 'HN' : 'Q1')),
    );
    const answers = await Promise.all(tillsAtOnce.map(({ actor }) => refusal(take(actor, { orderId }))));
    expect(answers.filter((one) => one === null)).toHaveLength(1);
    for (const one of answers.filter((answer) => answer !== null))
      expect(one.slice(0, 2)).toEqual(['conflict', 'balance_settled']);
    expect(await stateOf(orderId)).toMatchObject({ paid: 120_333, payments: 1 });
  });

  it('parts of many tills at once add up: each is taken against what the one before it left', async () => {
    const { orderId } = await owing((await nextCashier()).actor);
    const tillsAtOnce = await Promise.all(Array.from({ length: 5 }, () => nextCashier()));
    const part = { orderId, part: true, payments: [card(50_000n)] };
    const answers = await Promise.all(tillsAtOnce.map(({ actor }) => refusal(take(actor, part))));
    expect(answers.filter((one) => one === null)).toHaveLength(1);
    for (const one of answers.filter((answer) => answer !== null))
      expect(one).toEqual(['conflict', 'balance_changed', { due: '70333', expected: '120333' }]);
  });
});

describe('nothing is taken', () => {
  it('of an order that is settled, billed, void or not there', async () => {
    const { actor } = await nextCashier();
    const settled = await createPaidOrder({ actor, cart: await cartOf() });
    expect(await refusal(take(actor, settled))).toEqual(['conflict', 'balance_settled', { number: settled.number }]);
    const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
    const billed = await createPaidOrder({ actor, cart: await cartOf({ customerId, terms: 'account', payments: [] }) });
    expect(await refusal(take(actor, billed))).toEqual(['conflict', 'balance_on_account', { number: billed.number }]);
    const voided = await owing(actor);
    await rowsPastGuards(`UPDATE orders SET state = 'voided' WHERE id = $1`, [voided.orderId]);
    expect(await refusal(take(actor, voided))).toEqual(['conflict', 'balance_of_void', { number: voided.number }]);
    expect(await refusal(take(actor, { orderId: crypto.randomUUID() }))).toEqual(['not-found', 'not_found', {}]);
  });

  it('without an open shift of one’s own at the own branch, or into another than the one on the screen', async () => {
    const { actor, shiftId } = await nextCashier();
    const { orderId } = await owing(actor);
    expect(await refusal(take(await makeStaff('cashier'), { orderId }))).toEqual(['conflict', 'no_open_shift', {}]);
    expect(await refusal(take({ ...actor, branchId: null }, { orderId }))).toEqual(['forbidden', 'no_branch', {}]);
    expect(await refusal(take(actor, { orderId, shiftId: crypto.randomUUID() }))).toEqual([
      'conflict',
      'shift_changed',
      {},
    ]);
    await closeShift({ actor, shiftId, denominations: {} });
    expect(await refusal(take(actor, { orderId }))).toEqual(['conflict', 'no_open_shift', {}]);
    expect(await stateOf(orderId)).toMatchObject({ payments: 0 });
  });

  it('that misses what is owed, is no sum of notes, gives change from a card or too much of it, or was another sum on the screen', async () => {
    const { actor } = await nextCashier();
    const { orderId } = await owing(actor, [card(333n)]);
    const asked = { orderId, expectedDue: 120_000n };
    const miss = (paid: string) => ['invalid', 'payments_miss_total', { total: '120000', paid }];
    expect(await refusal(take(actor, { ...asked, payments: [card(120_001n)] }))).toEqual(miss('120001'));
    expect(await refusal(take(actor, { ...asked, part: true, payments: [card(120_001n)] }))).toEqual(miss('120001'));
    expect(await refusal(take(actor, { ...asked, payments: [card(119_999n)] }))).toEqual(miss('119999'));
    expect(await refusal(take(actor, { ...asked, part: true, payments: [cash(50_100n)] }))).toEqual([
      ...['invalid', 'part_not_in_notes', { cash: '50100' }],
    ]);
    expect(await refusal(take(actor, { ...asked, payments: [{ ...card(120_000n), tendered: 130_000n }] }))).toEqual([
      ...['invalid', 'bad_payment_amount', {}],
    ]);
    expect((await refusal(take(actor, { ...asked, payments: [cash(120_000n, 620_000n)] })))?.[1]).toBe('cash_too_much');
    expect(await refusal(take(actor, { ...asked, expectedDue: 119_000n }))).toEqual([
      ...['conflict', 'balance_changed', { due: '120000', expected: '119000' }],
    ]);
    expect(await stateOf(orderId)).toMatchObject({ payments: 1 });
  });

  it('in another currency than that of the shift', async () => {
    const { actor, shiftId } = await nextCashier();
    const { orderId, number } = await owing(actor);
    await rowsPastGuards(`UPDATE shift SET currency = 'USD' WHERE id = $1`, [shiftId]);
    expect(await refusal(take(actor, { orderId }))).toEqual(['invalid', 'balance_currency', { number }]);
  });
});

describe('an order of which something is owed is found (owedOrders)', () => {
  it('at every branch by its number, its accession, a label and its patient; only the own branch’s stand there unasked', async () => {
    const here = await nextCashier();
    const other = await nextCashier('HN');
    const { orderId, number } = await createPaidOrder({
      actor: other.actor,
      cart: await cartOf({ unpaid: true, payments: [{ method: 'card', amount: 11_111n }] }),
    });
    await rowsPastGuards(`UPDATE orders SET accession = 'ACC1' WHERE id = $1`, [orderId]);
    await rowsPastGuards(
      `INSERT INTO specimen_label (order_id, category, barcode, position) VALUES ($1, 'hematology', 'ACC1-01', 1)`,
      [orderId],
    );
    const { patientId } = await oneOf<{ patientId: string }>(
      `SELECT patient_id AS "patientId" FROM orders WHERE id = $1`,
      [orderId],
    );
    const idsOf = async (asked: Parameters<typeof owedOrders>[1]) =>
      (await owedOrders(here.actor, asked)).orders.map(({ id }) => id);
    for (const search of [number.toLowerCase(), 'acc1', 'ACC1-01']) expect(await idsOf({ search })).toEqual([orderId]);
    for (const asked of [{ search: 'dao nguyen' }, { patientId }, { orderId }])
      expect(await idsOf(asked)).toContain(orderId);
    expect(await idsOf({})).not.toContain(orderId);
    const found = (await owedOrders(here.actor, { orderId })).orders[0];
    expect(found).toMatchObject({
      netTotal: 111_111n,
      paid: 11_111n,
      due: 100_000n,
      patientName: 'Nguyễn Thị Đào',
      branchNameVi: 'Hà Nội',
    });
    expect(found?.payments).toEqual([
      { id: expect.any(String), method: 'card', amount: 11_111n, paidAt: expect.any(Date) },
    ]);
    await take(here.actor, { orderId, expectedDue: 100_000n, payments: [card(100_000n)] });
    expect(await owedOrders(here.actor, { search: number })).toEqual({
      orders: [],
      notOwed: { id: orderId, number, state: 'paid', own: false },
    });
    expect(await owedOrders(here.actor, { search: 'KHONG-CO' })).toEqual({ orders: [], notOwed: null });
  });
});
