import { beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, countOf, makeCashier, makeFixture, makeStaff, oneOf, patientNamed, rowsOf } from './till-fixture';

withDatabase();

let cashier: StaffActor;
let manager: StaffActor;
const EFFECTS = ['orders', 'order_line', 'payment', 'drawer_entry', 'audit_entry', 'outbox_event'];
const effects = () => Promise.all(EFFECTS.map(countOf));
/** What somebody else's work has made impossible is a conflict (409), what is not theirs to do is forbidden (403). */
const KINDS: Record<string, string> = {
  no_open_shift: 'conflict',
  shift_changed: 'conflict',
  total_changed: 'conflict',
  duplicate_client_key: 'conflict',
  discount_over_limit: 'forbidden',
  no_branch: 'forbidden',
};
const refused = (code: string, params?: object) =>
  expect.objectContaining({ code, kind: KINDS[code] ?? 'invalid', ...(params && { params }) });

beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  manager = (await makeCashier('T2', 'Q1', 'branch-manager')).actor;
});

describe('a sale', () => {
  it('writes order, lines, payment, drawer, audit and events, and answers what the receipt needs', async () => {
    const before = await effects();
    const sold = await createPaidOrder({ actor: cashier, cart: await cartOf({ note: ' Khám định kỳ ' }) });
    expect(sold).toMatchObject({
      netTotal: 120_333n,
      paid: 120_333n,
      rounding: 167n,
      change: 29_500n,
      due: 0n,
      settled: true,
      replayed: false,
    });
    expect(sold.number).toMatch(/^Q1-\d{6}-\d{4}$/);
    const after = await effects();
    expect(after.map((n, index) => n - (before[index] ?? 0))).toEqual([1, 1, 1, 3, 1, 2]);
    const drawer = await rowsOf(`SELECT account, amount::int FROM drawer_entry WHERE kind = 'sale' ORDER BY amount`);
    expect(drawer).toEqual([
      { account: 'sales', amount: -120_333 },
      { account: 'rounding', amount: -167 },
      { account: 'drawer', amount: 120_500 },
    ]);
    const events = await rowsOf<{ name: string }>(
      `SELECT name FROM outbox_event WHERE data ->> 'orderId' = $1 ORDER BY name`,
      [sold.orderId],
    );
    expect(events.map((event) => event.name)).toEqual(['order/created', 'pos-order/paid']);
  });

  it('happens once, though it is sent twenty times at once', async () => {
    const cart = await cartOf({ payments: [{ clientKey: crypto.randomUUID(), method: 'cash', amount: 120_333n }] });
    const before = await effects();
    const answers = await Promise.all(Array.from({ length: 20 }, () => createPaidOrder({ actor: cashier, cart })));
    expect(new Set(answers.map((answer) => answer.orderId)).size).toBe(1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect((await effects()).map((n, index) => n - (before[index] ?? 0))).toEqual([1, 1, 1, 3, 1, 2]);
  });

  it('that comes again answers what it answered first', async () => {
    for (const parts of [
      {},
      { payments: [], unpaid: true },
      { payments: [{ method: 'card' as const, amount: 120_333n }] },
    ]) {
      const cart = await cartOf(parts);
      const { replayed: _, ...sold } = await createPaidOrder({ actor: cashier, cart });
      expect(await createPaidOrder({ actor: cashier, cart })).toEqual({ ...sold, replayed: true });
    }
  });

  it('with a note and a reference that comes again is the same sale', async () => {
    const payments = [
      { method: 'card' as const, amount: 100_000n, reference: '1234' },
      { method: 'cash' as const, amount: 20_333n, tendered: 50_000n },
    ];
    const cart = await cartOf({ note: '  sợ kim ', payments });
    const { orderId } = await createPaidOrder({ actor: cashier, cart });
    expect(await createPaidOrder({ actor: cashier, cart })).toMatchObject({ orderId, replayed: true });
  });

  it('is no repeat of another sale that had its key', async () => {
    const cart = await cartOf();
    await createPaidOrder({ actor: cashier, cart: { ...cart, expectedNet: 120_333n } });
    const other = { ...cart, services: [{ code: 'GLU', discountPercent: '0' }], expectedNet: 45_000n };
    await expect(createPaidOrder({ actor: cashier, cart: other })).rejects.toEqual(refused('duplicate_client_key'));
  });

  it('is no repeat of a sale of the same total to somebody else, of other services, paid otherwise, or by somebody else', async () => {
    const cart = await cartOf({ doctorId: (await oneOf<{ id: string }>('SELECT id FROM doctor LIMIT 1')).id });
    const sold = await createPaidOrder({ actor: cashier, cart });
    const before = await effects();
    const others = [
      { ...cart, patientId: await patientNamed('nam') },
      { ...cart, doctorId: null },
      { ...cart, services: [{ code: 'GLU', discountPercent: '0' }] },
      { ...cart, services: [...cart.services, { code: 'GLU', discountPercent: '100' }] },
      { ...cart, services: [] },
      { ...cart, payments: [{ method: 'card' as const, amount: 120_333n }] },
      { ...cart, payments: [], unpaid: true },
      // What would be lost without a word.
      { ...cart, note: 'dị ứng i-ốt' },
      { ...cart, payments: [{ method: 'cash' as const, amount: 120_333n, tendered: 200_000n }] },
      { ...cart, payments: [{ method: 'cash' as const, amount: 120_333n, tendered: 150_000n, reference: 'X1' }] },
    ];
    for (const other of others)
      await expect(createPaidOrder({ actor: cashier, cart: other })).rejects.toEqual(refused('duplicate_client_key'));
    await expect(createPaidOrder({ actor: manager, cart })).rejects.toEqual(refused('duplicate_client_key'));
    expect(await effects()).toEqual(before);
    expect(await createPaidOrder({ actor: cashier, cart })).toMatchObject({ orderId: sold.orderId, replayed: true });
  });

  it('takes split payments that hit the total exactly', async () => {
    const services = [
      { code: 'CBC', discountPercent: '10' },
      { code: 'GLU', discountPercent: '0' },
    ];
    const net = 120_333n - 12_033n + 45_000n;
    const split = (cash: bigint) => [
      { method: 'card' as const, amount: 100_000n, reference: '1234' },
      { method: 'cash' as const, amount: cash, tendered: 60_000n },
    ];
    const rest = net - 100_000n;
    const sold = await createPaidOrder({ actor: cashier, cart: await cartOf({ services, payments: split(rest) }) });
    // The card pays exactly; the cash alone is rounded, from 53.300 to 53.500.
    expect(sold).toMatchObject({ netTotal: net, paid: net, rounding: 200n, change: 6_500n });
    const before = await effects();
    for (const cash of [rest - 1n, rest + 1n]) {
      await expect(
        createPaidOrder({ actor: cashier, cart: await cartOf({ services, payments: split(cash) }) }),
      ).rejects.toEqual(refused('payments_miss_total', { total: net.toString(), paid: (cash + 100_000n).toString() }));
    }
    expect(await effects()).toEqual(before);
  });

  it('may stay unpaid when it says so, and bills a customer on account', async () => {
    const unpaid = await createPaidOrder({
      actor: cashier,
      cart: await cartOf({ unpaid: true, payments: [{ method: 'cash', amount: 100_000n }] }),
    });
    expect(unpaid).toMatchObject({ settled: false, due: 20_333n });
    const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'VIPCO'`);
    const billed = await createPaidOrder({
      actor: cashier,
      cart: await cartOf({ customerId, terms: 'account', payments: [] }),
    });
    expect(billed).toMatchObject({ settled: true, netTotal: 99_999n, paid: 0n, due: 0n });
    await expect(
      createPaidOrder({ actor: cashier, cart: await cartOf({ terms: 'account', payments: [] }) }),
    ).rejects.toEqual(refused('account_needs_customer'));
  });

  it('gives everything away only where the branch manager does', async () => {
    const cart = () => cartOf({ services: [{ code: 'CBC', discountPercent: '100' }], payments: [] });
    await expect(createPaidOrder({ actor: cashier, cart: await cart() })).rejects.toEqual(
      refused('discount_over_limit', { code: 'CBC', limit: '10' }),
    );
    await expect(createPaidOrder({ actor: manager, cart: await cart() })).resolves.toMatchObject({
      netTotal: 0n,
      settled: true,
    });
  });
});

describe('a sale is refused, and nothing is written,', () => {
  it.each([
    ['unknown_service', { services: [{ code: 'NONE', discountPercent: '0' }] }],
    ['inactive_service', { services: [{ code: 'OLD', discountPercent: '0' }] }],
    ['no_price', { services: [{ code: 'NOPRICE', discountPercent: '0' }] }],
    [
      'service_in_cart_twice',
      {
        services: [
          { code: 'CBC', discountPercent: '0' },
          { code: 'CBC', discountPercent: '0' },
        ],
      },
    ],
    ['empty_cart', { services: [] }],
    ['total_changed', { expectedNet: 1n }],
    ['bad_payment_amount', { payments: [{ method: 'card' as const, amount: 120_333n, tendered: 200_000n }] }],
    ['cash_too_little', { payments: [{ method: 'cash' as const, amount: 120_333n, tendered: 120_333n }] }],
    ['cash_too_much', { payments: [{ method: 'cash' as const, amount: 120_333n, tendered: 99_000_000_000n }] }],
    ['cash_too_much', { payments: [{ method: 'cash' as const, amount: 120_333n, tendered: 620_500n }] }],
    ['payments_miss_total', { payments: [] }],
    ['unknown_patient', { patientId: '0198c0de-0000-7000-8000-000000000000' }],
    ['unknown_doctor', { doctorId: '0198c0de-0000-7000-8000-000000000000' }],
    ['shift_changed', { shiftId: '0198c0de-0000-7000-8000-000000000000' }],
  ])('%s', async (code, parts) => {
    const before = await effects();
    await expect(createPaidOrder({ actor: cashier, cart: await cartOf(parts) })).rejects.toEqual(refused(code));
    expect(await effects()).toEqual(before);
  });

  it('sex_mismatch and age_out_of_range', async () => {
    const services = [{ code: 'PAP', discountPercent: '0' }];
    const payments = [{ method: 'cash' as const, amount: 375_333n }];
    const patientId = await patientNamed('nam');
    await expect(
      createPaidOrder({ actor: cashier, cart: await cartOf({ services, payments, patientId }) }),
    ).rejects.toEqual(refused('sex_mismatch'));
    const { id } = await oneOf<{ id: string }>(`INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
      VALUES (patient_code(), 'Bé Na', 'be na', business_day(now()) - 3650, 'female', '+84912000111') RETURNING id`);
    await expect(
      createPaidOrder({ actor: cashier, cart: await cartOf({ services, payments, patientId: id }) }),
    ).rejects.toEqual(refused('age_out_of_range'));
  });

  it('without an open shift, and at a branch where the shift is not', async () => {
    const other = await makeStaff('cashier');
    await expect(createPaidOrder({ actor: other, cart: await cartOf() })).rejects.toEqual(refused('no_open_shift'));
    const { id: branchId } = await oneOf<{ id: string }>(`SELECT id FROM branch WHERE code = 'HN'`);
    await expect(createPaidOrder({ actor: { ...cashier, branchId }, cart: await cartOf() })).rejects.toEqual(
      refused('no_open_shift'),
    );
    await expect(createPaidOrder({ actor: { ...cashier, branchId: null }, cart: await cartOf() })).rejects.toEqual(
      refused('no_branch'),
    );
  });
});

const runningOf = (sale: { number: string }) => Number(sale.number.split('-')[2]);

it('a lone till counts on, one by one', async () => {
  const { actor } = await makeCashier('T9');
  const numbers: number[] = [];
  for (let sold = 0; sold < 12; sold += 1)
    numbers.push(runningOf(await createPaidOrder({ actor, cart: await cartOf() })));
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

it('numbers of two hundred parallel sales are unique, and close together', async () => {
  const cashiers = await Promise.all(['T3', 'T4', 'T5', 'T6', 'T7', 'T8'].map((till) => makeCashier(till)));
  const sales = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const actor = cashiers[index % cashiers.length]?.actor ?? cashier;
      return createPaidOrder({ actor, cart: await cartOf() });
    }),
  );
  expect(new Set(sales.map((sale) => sale.number)).size).toBe(200);
  // Each of the pool's connections may hold one block of eight that is not used up.
  const running = sales.map(runningOf).sort((a, b) => a - b);
  expect((running.at(-1) ?? 0) - (running[0] ?? 0)).toBeLessThan(200 + 24 * 8);
});

it.each([
  ['payment', `UPDATE payment SET amount = amount + 1`],
  ['payment', `DELETE FROM payment`],
  ['drawer_entry', `UPDATE drawer_entry SET amount = 0`],
  ['order_line', `DELETE FROM order_line`],
  ['orders', `DELETE FROM orders`],
  ['orders', `UPDATE orders SET net_total = 0`],
  ['audit_entry', `TRUNCATE audit_entry CASCADE`],
])('%s refuses: %s', async (_, statement) => {
  await expect(rowsOf(statement)).rejects.toMatchObject({ code: '23001' });
});
