import { beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { shiftReport } from '@/server/modules/sales/till/queries/shifts';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

type Parts = Parameters<typeof cartOf>[0];
let till = 0;
const nextCashier = () => {
  till += 1;
  return makeCashier(`T${till}`);
};
let cashier: StaffActor;
let shift: string;
beforeAll(async () => {
  await makeFixture();
  ({ actor: cashier, shiftId: shift } = await nextCashier());
});

const sell = async (parts: Parts = {}, actor = cashier) => createPaidOrder({ actor, cart: await cartOf(parts) });
const cash = (amount: bigint, tendered?: bigint) => ({
  method: 'cash' as const,
  amount,
  ...(tendered === undefined ? {} : { tendered }),
});
const card = (amount: bigint) => ({ method: 'card' as const, amount });

const paymentsOf = (order: string) =>
  rowsOf(
    `SELECT p.method, p.amount::int, p.rounding::int, p.tendered::int, p.reference, p.currency, p.shift_id AS shift, p.taken_by AS by,
       p.client_key AS key, p.paid_at = o.ordered_at AS at_once FROM payment p JOIN orders o ON o.id = p.order_id WHERE o.id = $1 ORDER BY p.id`,
    [order],
  );
const drawerOf = (order: string) =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', d.kind, d.account, d.amount, d.currency, d.by = o.created_by, d.shift_id = o.shift_id, d.movement_id = p.id) AS line
     FROM drawer_entry d JOIN payment p ON p.id = d.payment_id JOIN orders o ON o.id = p.order_id WHERE o.id = $1 ORDER BY p.id, d.amount DESC`,
    [order],
  ).then((rows) => rows.map(({ line }) => line));

describe('the payments of a sale', () => {
  it('are written as they were taken, the rounding with the last that is cash, each with its balanced movement', async () => {
    const key = crypto.randomUUID();
    const sold = await sell({
      shiftId: shift,
      services: ['CBC', 'CXR'].map((code) => ({ code, discountPercent: '0' })),
      payments: [
        cash(100_000n),
        { ...card(60_000n), reference: 'C-1', clientKey: key },
        cash(120_334n, 200_000n),
        { method: 'transfer', amount: 40_000n, reference: 'FT 9' },
      ],
    });
    expect(sold).toMatchObject({ paid: 320_334n, rounding: 166n, change: 79_500n, due: 0n, settled: true });
    const paid = {
      rounding: 0,
      tendered: null,
      reference: null,
      currency: 'VND',
      shift,
      by: cashier.id,
      key: null,
      at_once: true,
    };
    expect(await paymentsOf(sold.orderId)).toEqual([
      { ...paid, method: 'cash', amount: 100_000 },
      { ...paid, method: 'card', amount: 60_000, reference: 'C-1', key },
      { ...paid, method: 'cash', amount: 120_334, rounding: 166, tendered: 200_000 },
      { ...paid, method: 'transfer', amount: 40_000, reference: 'FT 9' },
    ]);
    expect(await drawerOf(sold.orderId)).toEqual([
      'sale drawer 100000 VND t t t',
      'sale sales -100000 VND t t t',
      'sale card 60000 VND t t t',
      'sale sales -60000 VND t t t',
      'sale drawer 120500 VND t t t',
      'sale rounding -166 VND t t t',
      'sale sales -120334 VND t t t',
      'sale transfer 40000 VND t t t',
      'sale sales -40000 VND t t t',
    ]);
  });

  it.each([
    [83n, 120_500, 250],
    [84n, 120_000, -249],
    [333n, 120_000, 0],
  ])(
    'round their cash to the nearest note, half away from zero: beside %s by card',
    async (byCard, drawer, rounding) => {
      const given = BigInt(drawer);
      const sold = await sell({ payments: [card(byCard), cash(120_333n - byCard, given)] });
      expect(sold).toMatchObject({ paid: 120_333n, rounding: BigInt(rounding), change: 0n });
      const lines = (await drawerOf(sold.orderId)).map((line) => line.split(' ').slice(1, 3).join(' '));
      expect(lines).toContain(`drawer ${drawer}`);
      expect(lines.filter((line) => line.startsWith('rounding'))).toEqual(rounding ? [`rounding ${-rounding}`] : []);
    },
  );
});

describe('payments are refused', () => {
  const refusal = (parts: Parts, actor = cashier) =>
    sell(parts, actor).then(
      () => null,
      ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
    );

  it('where cash is less than its part as notes make it, named by the first such part', async () => {
    expect(await refusal({ payments: [cash(120_333n, 120_499n)] })).toEqual([
      ...['invalid', 'cash_too_little'],
      { cash: '120500' },
    ]);
    const two = [cash(10_000n, 10_000n), cash(20_000n, 19_999n), cash(90_333n, 90_499n)];
    expect(await refusal({ payments: two })).toEqual(['invalid', 'cash_too_little', { cash: '20000' }]);
    expect(await refusal({ payments: [cash(120_333n, 120_500n)] })).toBeNull();
  });

  it('where as much would be given back as the largest note', async () => {
    expect(await refusal({ payments: [cash(120_333n, 620_500n)] })).toEqual([
      ...['invalid', 'cash_too_much'],
      { change: '500000', note: '500000' },
    ]);
    expect(await refusal({ payments: [cash(120_333n, 620_499n)] })).toBeNull();
    const twice = [cash(60_000n, 310_000n), cash(60_333n, 310_500n)];
    expect(await refusal({ payments: twice })).toEqual([
      ...['invalid', 'cash_too_much'],
      { change: '500000', note: '500000' },
    ]);
  });

  it('where one is of nothing or less, or a card gives change', async () => {
    const bad = ['invalid', 'bad_payment_amount', {}];
    const wrong = async (payments: object[]) => {
      const cart = { ...(await cartOf()), payments: payments as never };
      return createPaidOrder({ actor: cashier, cart }).then(
        () => null,
        ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
      );
    };
    expect(await wrong([card(120_333n), cash(0n)])).toEqual(bad);
    expect(await wrong([card(120_334n), cash(-1n)])).toEqual(bad);
    expect(await wrong([{ ...card(120_333n), tendered: 120_333n }])).toEqual(bad);
    expect(await wrong([card(120_332n), cash(1n)])).toBeNull();
  });

  it('where they miss the total, less only if the sale says that it stays unpaid', async () => {
    const miss = (paid: string) => ['invalid', 'payments_miss_total', { total: '120333', paid }];
    expect(await refusal({ payments: [card(120_334n)] })).toEqual(miss('120334'));
    expect(await refusal({ payments: [card(120_334n)], unpaid: true })).toEqual(miss('120334'));
    expect(await refusal({ payments: [card(120_332n)] })).toEqual(miss('120332'));
    expect(await refusal({ payments: [] })).toEqual(miss('0'));
    expect(await refusal({ payments: [card(120_332n)], unpaid: true })).toBeNull();
    expect(await refusal({ payments: [card(120_333n)], unpaid: true })).toBeNull();
  });

  it('where a customer is billed, who pays nothing at the counter', async () => {
    const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
    const billed = { customerId, terms: 'account' as const };
    expect(await refusal({ ...billed, payments: [card(1n)] })).toEqual(['invalid', 'account_takes_no_payment', {}]);
    expect(await refusal({ ...billed, payments: [] })).toBeNull();
  });

  it('where the price is in another currency than the shift', async () => {
    const { actor, shiftId } = await nextCashier();
    await rowsPastGuards(`UPDATE shift SET currency = 'USD' WHERE id = $1`, [shiftId]);
    expect(await refusal({}, actor)).toEqual(['invalid', 'mixed_currency', { code: 'CBC' }]);
  });
});

/** A payment past the till, with its entries in the drawers' ledger. */
async function addPayment(order: string, of: string | null, method: string, amount: number): Promise<string> {
  const [row] = await rowsPastGuards<{ id: string }>(
    `INSERT INTO payment (order_id, shift_id, method, amount) VALUES ($1, $2, $3, $4) RETURNING id`,
    [order, of, method, amount],
  );
  return row?.id ?? '';
}
const addEntry = (of: string, kind: string, account: string, amount: number, payment: string | null) =>
  rowsPastGuards(
    `INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, currency, payment_id) VALUES ($1, uuidv7(), $2, $3, $4, 'VND', $5)`,
    [of, kind, account, amount, payment],
  );
const settle = (order: string) => rowsPastGuards('UPDATE orders SET settled_at = now() WHERE id = $1', [order]);

it('a shift sums its orders, its payments and its drawer, and names every order on which they differ', async () => {
  const { actor, shiftId } = await nextCashier();
  const other = await nextCashier();
  const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
  const unpaid = { unpaid: true, payments: [] };
  await sell({}, actor);
  await sell({ unpaid: true, payments: [cash(100_000n)] }, actor);
  await sell({ customerId, terms: 'account', payments: [] }, actor);
  // Paid in part here, and to its end in another shift.
  const later = await sell({ unpaid: true, payments: [cash(20_500n)] }, actor);
  await addEntry(other.shiftId, 'sale', 'card', 99_833, await addPayment(later.orderId, other.shiftId, 'card', 99_833));
  await settle(later.orderId);
  const before = await sell(unpaid, other.actor);
  await addEntry(shiftId, 'sale', 'card', 120_333, await addPayment(before.orderId, shiftId, 'card', 120_333));
  await settle(before.orderId);
  const noMovement = await sell({}, actor);
  await addPayment(noMovement.orderId, shiftId, 'cash', 5_000);
  const refundOnly = await sell({ payments: [{ method: 'transfer', amount: 120_333n }] }, actor);
  const { id: paid } = await oneOf<{ id: string }>('SELECT id FROM payment WHERE order_id = $1', [refundOnly.orderId]);
  await addEntry(shiftId, 'refund', 'transfer', -1_000, paid);
  // What is neither a sale nor a refund, and no account of money.
  await addEntry(shiftId, 'float', 'drawer', 1_000, paid);
  await addEntry(shiftId, 'sale', 'sales', 9, paid);
  const elsewhere = await sell({}, other.actor);
  const { id: foreign } = await oneOf<{ id: string }>('SELECT id FROM payment WHERE order_id = $1', [
    elsewhere.orderId,
  ]);
  await addEntry(shiftId, 'sale', 'card', 321, foreign);
  await addEntry(shiftId, 'sale', 'drawer', 777, null);

  const sold = 500_000 + 120_500 + 100_000 + 20_500 + 120_500;
  const expectedCash = BigInt(sold + 1_000 + 777);
  expect(await closeShift({ actor, shiftId, denominations: { '500': 3 } })).toEqual({
    ...{ countedCash: 1_500n, expectedCash, gap: 1_500n - expectedCash, sumsAgree: false },
  });
  const report = await shiftReport({ actor: await makeStaff('branch-manager'), shiftId });
  const gap = (of: { orderId: string; number: string }, ordered: bigint, paidHere: bigint, ledger: bigint) => ({
    ...{ orderId: of.orderId, number: of.number, ordered, paid: paidHere, ledger },
  });
  const byNumber = [gap(noMovement, 120_333n, 125_333n, 120_333n), gap(refundOnly, 120_333n, 120_333n, 119_333n)];
  expect(report.gaps.slice(0, 2)).toEqual(byNumber.toSorted((a, b) => (a.number < b.number ? -1 : 1)));
  expect(report.gaps.slice(2).toSorted((a, b) => Number(a.ledger - b.ledger))).toEqual([
    { orderId: elsewhere.orderId, number: null, ordered: 0n, paid: 0n, ledger: 321n },
    { orderId: null, number: null, ordered: 0n, paid: 0n, ledger: 777n },
  ]);
  const ordered = 3n * 120_333n + 100_000n + 20_500n + 120_333n;
  expect(report).toMatchObject({
    ...{ state: 'closed', orders: 9, countedCash: 1_500n, expectedCash, rounding: 167n + 167n },
    sums: { ordered, paid: ordered + 5_000n, ledger: ordered - 1_000n + 321n + 777n },
  });
  expect(report.methods).toEqual([
    { method: 'card', payments: 1, amount: 120_333n },
    { method: 'cash', payments: 5, amount: 120_333n + 100_000n + 20_500n + 120_333n + 5_000n },
    { method: 'transfer', payments: 1, amount: 120_333n },
  ]);
});

it.each([
  ['of orders and payments', 'payment', false],
  ['of payments and ledger', 'entry', false],
  ['of none', 'none', true],
])('the sums of a shift agree only where all three do: the gap is one %s', async (_, what, agree) => {
  const { actor, shiftId } = await nextCashier();
  const { orderId } = await sell({ payments: [card(120_333n)] }, actor);
  const payment = what === 'payment' ? await addPayment(orderId, shiftId, 'card', 7) : null;
  if (payment) await addEntry(shiftId, 'sale', 'card', 7, payment);
  if (what === 'entry')
    await addEntry(
      shiftId,
      'sale',
      'card',
      7,
      (await oneOf<{ id: string }>('SELECT id FROM payment WHERE order_id = $1', [orderId])).id,
    );
  expect(await closeShift({ actor, shiftId, denominations: {} })).toMatchObject({ sumsAgree: agree });
  expect((await shiftReport({ actor, shiftId })).gaps).toHaveLength(agree ? 0 : 1);
});

describe('cash of another currency', () => {
  const shiftIn = async (currency: string) => {
    const { actor, shiftId } = await nextCashier();
    await rowsPastGuards('UPDATE shift SET currency = $2 WHERE id = $1', [shiftId, currency]);
    await rowsPastGuards('UPDATE rate_card SET currency = $1', [currency]);
    return actor;
  };

  it('is rounded to its own coins, and its change is less than its own largest note', async () => {
    const actor = await shiftIn('USD');
    expect(await sell({ payments: [cash(120_333n, 130_332n)] }, actor)).toMatchObject({
      rounding: 0n,
      change: 9_999n,
      currency: 'USD',
    });
    await expect(sell({ payments: [cash(120_333n, 130_333n)] }, actor)).rejects.toMatchObject({
      code: 'cash_too_much',
      params: { change: '10000', note: '10000' },
    });
    expect(await sell({ payments: [cash(120_333n)] }, await shiftIn('CHF'))).toMatchObject({ rounding: 2n });
  });

  it('of which no notes are known is not rounded, and any change is given', async () => {
    const sold = await sell({ payments: [cash(120_333n, 99_000_000n)] }, await shiftIn('INR'));
    expect(sold).toMatchObject({ rounding: 0n, change: 98_879_667n, currency: 'INR' });
  });
});
