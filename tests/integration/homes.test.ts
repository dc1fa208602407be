import { beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '@/server/modules/core/audit/queries';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { showChain } from '@/server/modules/core/audit/use-cases/show-chain';
import { todaysOrders } from '@/server/modules/sales/orders/queries/orders';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff } from './till-fixture';

withDatabase();

let cashier: StaffActor;
let first: PaidOrder;
let second: PaidOrder;
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  first = await createPaidOrder({ actor: cashier, cart: await cartOf() });
  second = await createPaidOrder({ actor: cashier, cart: await cartOf() });
});

describe('where a clinician’s day begins (todaysOrders)', () => {
  it('is what was ordered today in the own branch, the newest first, with what is to be done', async () => {
    const clinician = await makeStaff('clinician');
    const orders = await todaysOrders(clinician);
    expect(orders.map(({ number }) => number)).toEqual([second.number, first.number]);
    expect(orders[0]?.services.length).toBeGreaterThan(0);
    expect(Object.keys(orders[0] ?? {})).not.toContain('netTotal');
    expect(await todaysOrders(await makeStaff('clinician', 'HN'))).toEqual([]);
  });

  it('is not what was ordered yesterday or voided', async () => {
    await rowsPastGuards(`UPDATE orders SET ordered_at = now() - interval '1 day' WHERE id = $1`, [first.orderId]);
    expect((await todaysOrders(cashier)).map(({ number }) => number)).toEqual([second.number]);
    await rowsPastGuards(`UPDATE orders SET state = 'voided' WHERE id = $1`, [second.orderId]);
    expect(await todaysOrders(cashier)).toEqual([]);
  });
});

describe('where an auditor’s day begins (listEntries, showChain)', () => {
  it('is the trail, the newest first, each line with who, what and about which thing', async () => {
    const { rows } = await listEntries({ limit: 50 });
    expect(rows.map(({ at }) => +at)).toEqual(rows.map(({ at }) => +at).toSorted((a, b) => b - a));
    const sale = rows.find(({ entityId }) => entityId === second.orderId);
    expect(sale).toMatchObject({
      ...{ actorKind: 'user', action: 'order.created', entity: 'order', branchCode: 'Q1' },
      ...{ label: second.number, address: `/orders/${second.orderId}` },
    });
    expect(sale?.actorName).toBeTruthy();
  });

  it('is read page by page without losing or repeating a line', async () => {
    const whole = (await listEntries({ limit: 200 })).rows.map(({ id }) => id);
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listEntries>> = await listEntries({ limit: 2, cursor });
      read.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(read).toEqual(whole);
  });

  it('is found by the id of a thing and by an order’s number, on its days alone', async () => {
    for (const search of [second.orderId, second.number, second.number.toLowerCase()]) {
      const { rows } = await listEntries({ search, limit: 50 });
      expect(new Set(rows.map(({ entityId }) => entityId)), search).toEqual(new Set([second.orderId]));
    }
    expect((await listEntries({ search: 'nothing of that name', limit: 50 })).rows).toEqual([]);
    expect((await listEntries({ to: '2020-01-01', limit: 50 })).rows).toEqual([]);
    expect((await listEntries({ from: '2020-01-01', limit: 50 })).rows.length).toBeGreaterThan(0);
  });

  it('says how far the trail is sealed', async () => {
    const before = await showChain();
    await sealEntries({ wait: true });
    const after = await showChain();
    expect(after.position).toBeGreaterThan(before.position);
    expect(after.sealedAt).toBeInstanceOf(Date);
  });
});
