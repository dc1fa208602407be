import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '@/server/modules/sales/orders/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { currentShift, listShifts, shiftReport } from '@/server/modules/sales/till/queries/shifts';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { openShift } from '@/server/modules/sales/till/use-cases/open-shift';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf, tillId } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

const refused = (code: string) => expect.objectContaining({ code });

describe('a shift', () => {
  it('is one at a till and one for a cashier, though twenty open at once', async () => {
    const cashiers = await Promise.all(Array.from({ length: 20 }, () => makeStaff('cashier')));
    const till = await tillId('Q1', 'T1');
    const opened = await Promise.allSettled(
      cashiers.map((actor) => openShift({ actor, tillId: till, floatAmount: 0n })),
    );
    expect(opened.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of opened) if (one.status === 'rejected') expect(one.reason).toEqual(refused('till_in_use'));
    const { actor } = await makeCashier('T2');
    await expect(openShift({ actor, tillId: await tillId('Q1', 'T3'), floatAmount: 0n })).rejects.toEqual(
      refused('shift_already_open'),
    );
    await expect(openShift({ actor: await makeStaff('cashier', 'HN'), tillId: till, floatAmount: 0n })).rejects.toEqual(
      refused('not_found'),
    );
  });

  it('is counted blind, closed once, and accepted by another person', async () => {
    const { actor, shiftId } = await makeCashier('T3');
    await createPaidOrder({ actor, cart: await cartOf() });
    expect(await currentShift(actor)).toMatchObject({
      id: shiftId,
      orders: 1,
      expectedCash: null,
      floatAmount: 500_000n,
    });
    expect(await shiftReport({ actor, shiftId })).toMatchObject({
      state: 'open',
      expectedCash: null,
      methods: [],
      sums: { paid: 0n },
    });
    const closed = await closeShift({
      actor,
      shiftId,
      denominations: { '500000': 1, '100000': 1, '20000': 1, '500': 1 },
    });
    expect(closed).toEqual({ countedCash: 620_500n, expectedCash: 620_500n, gap: 0n, sumsAgree: true });
    await expect(closeShift({ actor, shiftId, denominations: {} })).rejects.toEqual(refused('shift_not_open'));
    const other = await makeCashier('T11');
    await expect(closeShift({ ...other, denominations: { '39445': 1 } })).rejects.toEqual(
      refused('unknown_denomination'),
    );
    await expect(createPaidOrder({ actor, cart: await cartOf() })).rejects.toEqual(refused('no_open_shift'));
    const manager = await makeStaff('branch-manager');
    await expect(acceptShift({ actor: await makeStaff('branch-manager', 'HN'), shiftId })).rejects.toEqual(
      refused('not_found'),
    );
    await acceptShift({ actor: manager, shiftId });
    await expect(acceptShift({ actor: manager, shiftId })).rejects.toEqual(refused('shift_not_closed'));
    expect(await shiftReport({ actor: manager, shiftId })).toMatchObject({
      state: 'accepted',
      orders: 1,
      gaps: [],
      rounding: 167n,
      sums: { ordered: 120_333n, paid: 120_333n, ledger: 120_333n },
    });
    const own = await makeCashier('T4', 'Q1', 'branch-manager');
    await closeShift({ ...own, denominations: {} });
    await expect(acceptShift({ actor: own.actor, shiftId: own.shiftId })).rejects.toEqual(refused('accept_own_shift'));
  });

  it('is seen by its cashier and its branch alone', async () => {
    const { shiftId } = await makeCashier('T5');
    for (const asker of [await makeStaff('cashier'), await makeStaff('branch-manager', 'HN')]) {
      await expect(shiftReport({ actor: asker, shiftId })).rejects.toEqual(refused('not_found'));
      expect((await listShifts({ actor: asker, limit: 50 })).rows).toEqual([]);
    }
    expect(
      (await listShifts({ actor: await makeStaff('branch-manager'), limit: 200 })).rows.map((row) => row.id),
    ).toContain(shiftId);
  });

  it('lists an order on which orders, payments and drawer do not agree', async () => {
    const { actor, shiftId } = await makeCashier('T6');
    const sold = await createPaidOrder({ actor, cart: await cartOf() });
    // A payment without its movement, as a program that goes round the till would leave it.
    await rowsOf(`INSERT INTO payment (order_id, shift_id, method, amount) VALUES ($1, $2, 'cash', 5000)`, [
      sold.orderId,
      shiftId,
    ]);
    expect(await closeShift({ actor, shiftId, denominations: {} })).toMatchObject({ sumsAgree: false });
    const report = await shiftReport({ actor, shiftId });
    expect(report.gaps).toEqual([
      { orderId: sold.orderId, number: sold.number, ordered: 120_333n, paid: 125_333n, ledger: 120_333n },
    ]);
  });
});

type Sale = { codes: string[]; methods: Method[]; kind: 'paid' | 'unpaid' | 'account' };

const PRICES: Record<string, bigint> = { CBC: 120_333n, GLU: 45_000n, CXR: 200_001n };

async function sell(
  actor: Awaited<ReturnType<typeof makeCashier>>['actor'],
  sale: Sale,
  customerId: string,
): Promise<void> {
  const account = sale.kind === 'account';
  const net = sale.codes.reduce((sum, code) => sum + (PRICES[code] ?? 0n), 0n);
  const share = net / BigInt(sale.methods.length);
  const payments = sale.methods.map((method, index) => ({
    method,
    amount: index === 0 ? net - share * BigInt(sale.methods.length - 1) : share,
  }));
  const inNotes = payments
    .slice(1)
    .map((one) => (one.method === 'cash' ? { ...one, amount: one.amount - (one.amount % 500n) } : one));
  const taken = account ? [] : sale.kind === 'unpaid' ? inNotes : payments;
  const services = sale.codes.map((code) => ({ code, discountPercent: '0' }));
  const cart = await cartOf({
    services,
    payments: taken,
    unpaid: sale.kind === 'unpaid',
    terms: account ? 'account' : 'immediate',
    ...(account ? { customerId } : {}),
  });
  await createPaidOrder({ actor, cart });
}

it('the three sums of a shift agree after any sequence of sales, splits and refusals, and notes can make its drawer', async () => {
  const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
  const sale = fc.record({
    codes: fc.uniqueArray(fc.constantFrom('CBC', 'GLU', 'CXR'), { minLength: 1 }),
    methods: fc.array(fc.constantFrom<Method>('cash', 'card', 'transfer'), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom<Sale['kind']>('paid', 'paid', 'unpaid', 'account'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(sale, { maxLength: 12 }), async (sales) => {
      const { actor, shiftId } = await makeCashier('T9');
      await Promise.all(sales.map((one) => sell(actor, one, customerId)));
      await expect(createPaidOrder({ actor, cart: await cartOf({ payments: [] }) })).rejects.toEqual(
        refused('payments_miss_total'),
      );
      const closed = await closeShift({ actor, shiftId, denominations: {} });
      const report = await shiftReport({ actor, shiftId });
      expect(closed.sumsAgree).toBe(true);
      expect(report.gaps).toEqual([]);
      expect(report.sums.ordered).toBe(report.sums.paid);
      expect(report.sums.paid).toBe(report.sums.ledger);
      const cash = report.methods.find((one) => one.method === 'cash')?.amount ?? 0n;
      expect(closed.expectedCash).toBe(500_000n + cash + report.rounding);
      expect(closed.expectedCash % 500n).toBe(0n);
    }),
    { numRuns: 60 },
  );
});

it('a close counts all of a sale or nothing of it', async () => {
  const { actor, shiftId } = await makeCashier('T10');
  const carts = await Promise.all(Array.from({ length: 40 }, () => cartOf()));
  const sales = carts.map((cart) => createPaidOrder({ actor, cart }));
  const closing = new Promise((resolve) => setTimeout(resolve, 15)).then(() =>
    closeShift({ actor, shiftId, denominations: {} }),
  );
  const [closed, outcomes] = [await closing, await Promise.allSettled(sales)];
  const sold = outcomes.filter((one) => one.status === 'fulfilled').length;
  expect(closed.expectedCash).toBe(500_000n + 120_500n * BigInt(sold));
});
