import { beforeAll, describe, expect, it } from 'vitest';
import { givingBackOf, refundsOf } from '@/server/modules/sales/giving-back/queries';
import { cashHandedOut, outcomeOf, proposedPayments } from '@/server/modules/sales/giving-back/rules';
import { giveBack } from '@/server/modules/sales/giving-back/use-cases/give-back';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { asks, card, cash, codeOf, expectedCash, gapsOf, give, refusal, sell, services } from './giving-back-fixture';
import { countOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

let cashier: StaffActor;
let shift: string;
let other: { actor: StaffActor; shiftId: string };
beforeAll(async () => {
  await makeFixture();
  ({ actor: cashier, shiftId: shift } = await makeCashier('T1'));
  other = await makeCashier('T1', 'HN');
});

const drawerOf = (order: string, kind = 'refund') =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', d.account, d.amount) AS line FROM drawer_entry d JOIN payment p ON p.id = d.payment_id
     WHERE p.order_id = $1 AND d.kind = $2 ORDER BY p.method, d.amount`,
    [order, kind],
  ).then((rows) => rows.map(({ line }) => line));
const sumsOf = (order: string) =>
  rowsOf<{ account: string; sum: string }>(
    `SELECT d.account, sum(d.amount)::text AS sum FROM drawer_entry d JOIN payment p ON p.id = d.payment_id WHERE p.order_id = $1 GROUP BY 1 ORDER BY 1`,
    [order],
  );
const actionsOf = (order: string) =>
  rowsOf<{ action: string }>(
    `SELECT action FROM audit_entry WHERE entity_id = $1 AND action LIKE 'order.%' ORDER BY id`,
    [order],
  ).then((rows) => rows.map(({ action }) => action));

describe('what is given back', () => {
  it('whole, mirrors the sale: each account comes to nothing, the rounding too', async () => {
    const before = await expectedCash(shift);
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [card(45_000n), cash(120_333n)] });
    const lines = [
      { position: 1, amount: 120_333n },
      { position: 2, amount: 45_000n },
    ];
    const given = await give(cashier, sold.orderId, {
      lines,
      payments: [cash(120_333n), { ...card(45_000n), reference: 'R-1' }],
    });
    expect(given).toMatchObject({
      kind: 'refund',
      total: 165_333n,
      paidBack: 165_333n,
      handed: 120_500n,
      replayed: false,
    });
    expect(await drawerOf(sold.orderId)).toEqual([
      'card -45000',
      'sales 45000',
      'drawer -120500',
      'rounding 167',
      'sales 120333',
    ]);
    expect((await sumsOf(sold.orderId)).every(({ sum }) => sum === '0')).toBe(true);
    expect(await expectedCash(shift)).toBe(before);
    expect(await gapsOf(shift)).toEqual([]);
    expect(await actionsOf(sold.orderId)).toEqual(['order.created', 'order.given-back']);
    expect(
      await rowsOf(`SELECT data FROM outbox_event WHERE name = 'pos-order/given-back' AND data ->> 'orderId' = $1`, [
        sold.orderId,
      ]),
    ).toEqual([{ data: { orderId: sold.orderId, refundId: given.refundId } }]);
  });

  it('in parts, comes to the same to the dong, and each part is made of notes', async () => {
    const sold = await sell(cashier);
    for (const amount of [333n, 60_000n, 249n, 59_751n]) {
      const standing = await givingBackOf({ actor: cashier, asked: { orderId: sold.orderId } });
      const [tender] = standing.tenders;
      const foreseen = tender && cashHandedOut(amount, tender, 'VND');
      const given = await give(cashier, sold.orderId, { lines: [{ position: 1, amount }], payments: [cash(amount)] });
      expect(given.handed).toBe(foreseen);
      expect(given.handed % 500n).toBe(0n);
    }
    expect((await sumsOf(sold.orderId)).every(({ sum }) => sum === '0')).toBe(true);
    const line = [{ position: 1, amount: 1n }];
    expect(await refusal(give(cashier, sold.orderId, { lines: line, payments: [cash(1n)] }))).toEqual([
      'more_than_left',
      { code: 'CBC', left: '0' },
    ]);
    expect((await givingBackOf({ actor: cashier, asked: { number: sold.number } })).forbidden).toBe('nothing_left');
  });

  it('in another branch, is paid by the shift there and stands in both, whose sums agree', async () => {
    const sold = await sell(cashier);
    const [here, there] = [await expectedCash(shift), await expectedCash(other.shiftId)];
    const lines = [{ position: 1, amount: 120_333n }];
    await give(other.actor, sold.orderId, { lines, payments: [cash(120_333n)] });
    expect(await expectedCash(shift)).toBe(here);
    expect(Number(await expectedCash(other.shiftId)) - Number(there)).toBe(-120_500);
    expect([await gapsOf(shift), await gapsOf(other.shiftId)]).toEqual([[], []]);
    const [shown] = await rowsOf(
      'SELECT paid_by_shift, sold_in_shift, total::int FROM refund_of_shift WHERE order_id = $1',
      [sold.orderId],
    );
    expect(shown).toEqual({ paid_by_shift: other.shiftId, sold_in_shift: shift, total: 120_333 });
    const standing = await givingBackOf({ actor: other.actor, asked: { orderId: sold.orderId } });
    expect(standing.notes).toContain('other_branch');
    expect(
      (await refundsOf({ actor: other.actor, orderId: sold.orderId })).map(({ total, lines: of }) => [total, of]),
    ).toEqual([[120_333n, [{ position: 1, amount: 120_333n }]]]);
    expect(await refundsOf({ actor: await makeStaff('cashier', 'HN'), orderId: sold.orderId })).toHaveLength(1);
  });

  it('on account is no payment, needs no shift, and leaves nothing to give back', async () => {
    const customerId = (await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`)).id;
    const sold = await sell(cashier, { terms: 'account', customerId, payments: [] });
    const shiftless = await makeStaff('cashier');
    const given = await give(shiftless, sold.orderId, { lines: [{ position: 1, amount: 120_333n }] });
    expect(given).toMatchObject({ total: 120_333n, paidBack: 0n, handed: 0n });
    expect(await drawerOf(sold.orderId)).toEqual([]);
    expect(await gapsOf(shift)).toEqual([]);
  });

  it('of what was not paid, lets the debt go first, and settles what then is owed no longer', async () => {
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [card(100_000n)], unpaid: true });
    const asked = { lines: [{ position: 2, amount: 45_000n }] };
    const standing = await givingBackOf({ actor: cashier, asked: { orderId: sold.orderId } });
    expect(standing).toMatchObject({ owed: 65_333n, notes: ['not_paid'] });
    expect(outcomeOf(standing, 'refund', 45_000n, [])).toMatchObject({ money: 0n, letGo: 45_000n });
    await give(cashier, sold.orderId, asked);
    expect(await oneOf('SELECT settled_at FROM orders WHERE id = $1', [sold.orderId])).toEqual({ settled_at: null });
    const rest = [{ position: 1, amount: 60_333n }];
    await give(cashier, sold.orderId, { lines: rest, payments: [card(40_000n)] });
    expect(await oneOf('SELECT settled_at IS NOT NULL AS settled FROM orders WHERE id = $1', [sold.orderId])).toEqual({
      settled: true,
    });
    expect(await gapsOf(shift)).toEqual([]);
  });

  it('of a line that came to nothing, is given back once', async () => {
    const staff = await makeCashier('T2', 'Q1', 'branch-manager');
    const free = [{ code: 'CBC', discountPercent: '100' }];
    const sold = await sell(staff.actor, { services: free, payments: [] });
    const asked = { lines: [{ position: 1, amount: 0n }] };
    expect((await give(staff.actor, sold.orderId, asked)).total).toBe(0n);
    expect(await codeOf(give(staff.actor, sold.orderId, asked))).toBe('more_than_left');
  });
});

describe('a void', () => {
  it('takes the whole order back on its day, and the order is voided', async () => {
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [cash(165_333n)] });
    const given = await give(cashier, sold.orderId, { kind: 'void', payments: [cash(165_333n)] });
    expect(given).toMatchObject({ kind: 'void', total: 165_333n, handed: 165_500n });
    expect(await oneOf('SELECT state FROM orders WHERE id = $1', [sold.orderId])).toEqual({ state: 'voided' });
    expect(await actionsOf(sold.orderId)).toEqual(['order.created', 'order.voided']);
    expect(await gapsOf(shift)).toEqual([]);
    expect(await codeOf(give(cashier, sold.orderId, { kind: 'void', payments: [cash(165_333n)] }))).toBe(
      'order_voided',
    );
    expect((await givingBackOf({ actor: cashier, asked: { orderId: sold.orderId } })).forbidden).toBe('voided');
  });

  it('of an order that is not paid gives back what was', async () => {
    const sold = await sell(cashier, { payments: [card(20_000n)], unpaid: true });
    const given = await give(cashier, sold.orderId, { kind: 'void', payments: [card(20_000n)] });
    expect(given).toMatchObject({ total: 120_333n, paidBack: 20_000n });
    expect(await gapsOf(shift)).toEqual([]);
  });

  it('is refused once work has begun, or something was given back', async () => {
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [cash(165_333n)] });
    await give(cashier, sold.orderId, { lines: [{ position: 2, amount: 45_000n }], payments: [cash(45_000n)] });
    expect(await codeOf(give(cashier, sold.orderId, { kind: 'void', payments: [cash(120_333n)] }))).toBe(
      'void_after_refund',
    );
    const old = await sell(cashier);
    await rowsPastGuards(`UPDATE orders SET ordered_at = ordered_at - interval '1 day' WHERE id = $1`, [old.orderId]);
    expect(await codeOf(give(cashier, old.orderId, { kind: 'void', payments: [cash(120_333n)] }))).toBe(
      'work_has_begun',
    );
    expect((await givingBackOf({ actor: cashier, asked: { orderId: old.orderId } })).noVoid).toBe('day_over');
    await give(cashier, old.orderId, { lines: [{ position: 1, amount: 120_333n }], payments: [cash(120_333n)] });
  });
});

describe('is refused', () => {
  it('what was not sold, twice named, of nothing, by another way than it came, or at another sum', async () => {
    const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [card(45_000n), cash(120_333n)] });
    const tries: [Parameters<typeof give>[2], string][] = [
      [{ lines: [] }, 'nothing_to_give_back'],
      [{ lines: [{ position: 3, amount: 1n }] }, 'bad_refund_line'],
      [{ lines: [1, 1].map((position) => ({ position, amount: 1n })) }, 'bad_refund_line'],
      [{ lines: [{ position: 1, amount: 0n }] }, 'bad_refund_line'],
      [{ lines: [{ position: 1, amount: 120_334n }], payments: [cash(120_334n)] }, 'more_than_left'],
      [{ lines: [{ position: 1, amount: 60_000n }], payments: [card(60_000n)] }, 'tender_over_left'],
      [
        { lines: [{ position: 1, amount: 60_000n }], payments: [{ method: 'transfer', amount: 60_000n }] },
        'tender_over_left',
      ],
      [{ lines: [{ position: 1, amount: 60_000n }], payments: [cash(59_999n)] }, 'refund_misses_total'],
      [{ lines: [{ position: 1, amount: 2n }], payments: [cash(1n), cash(1n)] }, 'bad_payment_amount'],
    ];
    for (const [asked, code] of tries) expect(await codeOf(give(cashier, sold.orderId, asked))).toBe(code);
    expect(await codeOf(give(cashier, crypto.randomUUID(), { lines: [{ position: 1, amount: 1n }] }))).toBe(
      'not_found',
    );
    expect(await countOf(`refund WHERE order_id = '${sold.orderId}'`)).toBe(0);
  });

  it('money without an open shift of one’s own, and out of one that was closed', async () => {
    const sold = await sell(cashier);
    const asked = { lines: [{ position: 1, amount: 120_333n }], payments: [cash(120_333n)] };
    expect(await codeOf(give(await makeStaff('cashier'), sold.orderId, asked))).toBe('no_open_shift');
    const closing = await makeCashier('T3');
    await closeShift({ actor: closing.actor, shiftId: closing.shiftId, denominations: { '500000': 1 } });
    expect(await codeOf(give(closing.actor, sold.orderId, asked))).toBe('no_open_shift');
    expect((await givingBackOf({ actor: closing.actor, asked: { orderId: sold.orderId } })).notes).toEqual([
      'no_shift',
    ]);
  });

  it('by the database itself, whoever writes: more than a line, another way than it came, another sum than it says', async () => {
    const sold = await sell(cashier);
    const { id: line } = await oneOf<{ id: string }>('SELECT id FROM order_line WHERE order_id = $1', [sold.orderId]);
    const write = (paidBack: number, net: number, amount: number, method = 'cash') =>
      rowsOf(
        `WITH r AS (INSERT INTO refund (order_id, reason, refunded_at, shift_id, paid_back) VALUES ($1, 'x', now(), $2, $3) RETURNING id),
         l AS (INSERT INTO refund_line (refund_id, order_line_id, net) SELECT id, $4, $5 FROM r)
         INSERT INTO payment (order_id, shift_id, method, amount, refund_id) SELECT $1, $2, $7, $6, id FROM r`,
        [sold.orderId, shift, paidBack, line, net, amount, method],
      ).then(
        () => null,
        (error: Error) => error.message,
      );
    expect(await write(120_334, -120_334, -120_334)).toMatch(/no more than it came to|no more is paid back/);
    expect(await write(100, -100, -100, 'card')).toMatch(/no more is paid back/);
    expect(await write(100, -100, -99)).toMatch(/does not pay what it says/);
    expect(await write(100, -99, -100)).toMatch(/does not pay what it says/);
  });
});

describe('twenty at once', () => {
  it('with one key are one refund; the same key for another is refused', async () => {
    const sold = await sell(cashier);
    const asked = asks(sold.orderId, { lines: [{ position: 1, amount: 120_333n }], payments: [cash(120_333n)] });
    const given = await Promise.all(Array.from({ length: 20 }, () => giveBack({ actor: cashier, asked })));
    expect(new Set(given.map(({ refundId }) => refundId)).size).toBe(1);
    expect(given.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await drawerOf(sold.orderId)).toHaveLength(3);
    expect(await codeOf(giveBack({ actor: cashier, asked: { ...asked, reason: 'khác' } }))).toBe(
      'duplicate_client_key',
    );
    expect(await codeOf(giveBack({ actor: other.actor, asked }))).toBe('duplicate_client_key');
  });

  it('with keys of their own never give back more than is left, in two branches', async () => {
    const sold = await sell(cashier);
    const asked = { lines: [{ position: 1, amount: 50_000n }], payments: [cash(50_000n)] };
    const tried = await Promise.all(
      Array.from({ length: 20 }, (_, at) => codeOf(give(at % 2 ? cashier : other.actor, sold.orderId, asked))),
    );
    expect(tried.filter((code) => code === null)).toHaveLength(2);
    expect(tried.filter((code) => code === 'more_than_left')).toHaveLength(18);
    expect([await gapsOf(shift), await gapsOf(other.shiftId)]).toEqual([[], []]);
  });
});

it('the proposal of the screen is what the database takes', async () => {
  const sold = await sell(cashier, { services: services('CBC', 'GLU'), payments: [card(45_000n), cash(120_333n)] });
  const standing = await givingBackOf({ actor: cashier, asked: { orderId: sold.orderId } });
  const payments = proposedPayments(standing, 100_000n);
  const foreseen = outcomeOf(standing, 'refund', 100_000n, payments);
  const given = await give(cashier, sold.orderId, { lines: [{ position: 1, amount: 100_000n }], payments });
  expect(given).toMatchObject({ total: foreseen.total, paidBack: foreseen.money, handed: foreseen.handed });
});
