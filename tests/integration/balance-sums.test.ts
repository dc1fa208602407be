import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { takeBalanceInput } from '@/server/modules/sales/payments/schema';
import { takeBalance } from '@/server/modules/sales/payments/use-cases/take-balance';
import { shiftReport } from '@/server/modules/sales/till/queries/shifts';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { openShift } from '@/server/modules/sales/till/use-cases/open-shift';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, makeFixture, makeStaff, oneOf, rowsOf, tillId } from './till-fixture';

withDatabase();

/** Two cashiers of either branch, each with a shift open. What a second, simple calculation says of each shift stands beside it. */
type Desk = {
  actor: StaffActor;
  branch: string;
  till: string;
  shiftId: string;
  taken: Map<string, bigint>;
  notes: bigint;
};
const desks: Desk[] = [];
const closed: Desk[] = [];
let manager: Record<string, StaffActor>;

async function openAt(desk: Pick<Desk, 'actor' | 'branch' | 'till'>): Promise<Desk> {
  const opened = await openShift({ actor: desk.actor, tillId: await tillId(desk.branch, desk.till), floatAmount: 0n });
  return { ...desk, ...opened, taken: new Map(), notes: 0n };
}

beforeAll(async () => {
  await makeFixture();
  manager = { Q1: await makeStaff('branch-manager', 'Q1'), HN: await makeStaff('branch-manager', 'HN') };
  for (const [branch, till] of [
    ['Q1', 'T1'],
    ['Q1', 'T2'],
    ['HN', 'T1'],
  ] as const) {
    desks.push(await openAt({ actor: await makeStaff('cashier', branch), branch, till }));
  }
});

type Tender = { method: 'cash' | 'card' | 'transfer'; amount: bigint };

const cashIn = (tenders: readonly Tender[]) =>
  tenders.reduce((sum, { method, amount }) => (method === 'cash' ? sum + amount : sum), 0n);
/** To the nearest 500, half up: as notes make it. */
const inNotes = (amount: bigint) => ((amount + 250n) / 500n) * 500n;

/** Some of what is due, or all of it, by one or two ways; cash that pays only a part is a sum of notes. */
function split(
  due: bigint,
  { share, method, second }: { share: number; method: Tender['method']; second: boolean },
): Tender[] {
  const wanted = share >= 90 ? due : (due * BigInt(share)) / 100n;
  const isAll = wanted === due;
  const first = second ? wanted / 3n : wanted;
  const rest = wanted - first;
  const tenders: Tender[] = [
    { method: 'card' as const, amount: rest },
    { method, amount: first },
  ].filter(({ amount }) => amount > 0n);
  if (isAll) return tenders;
  return tenders
    .map((one) => (one.method === 'cash' ? { ...one, amount: (one.amount / 500n) * 500n } : one))
    .filter(({ amount }) => amount > 0n);
}

function note(desk: Desk, order: string, tenders: readonly Tender[]): void {
  const paid = tenders.reduce((sum, { amount }) => sum + amount, 0n);
  desk.taken.set(order, (desk.taken.get(order) ?? 0n) + paid);
  desk.notes += inNotes(cashIn(tenders));
}

const step = fc.record({
  desk: fc.nat({ max: 2 }),
  services: fc.constantFrom(['CBC'], ['CBC', 'GLU'], ['GLU', 'CXR', 'CBC']),
  share: fc.integer({ min: 0, max: 130 }),
  method: fc.constantFrom<Tender['method']>('cash', 'card', 'transfer'),
  second: fc.boolean(),
  takes: fc.array(
    fc.record({
      desk: fc.nat({ max: 2 }),
      share: fc.integer({ min: 5, max: 130 }),
      method: fc.constantFrom<Tender['method']>('cash', 'card', 'transfer'),
      second: fc.boolean(),
      closes: fc.nat({ max: 9 }),
    }),
    { maxLength: 5 },
  ),
});
const deskAt = (at: number): Desk => {
  const desk = desks[at];
  if (!desk) throw new Error('no desk');
  return desk;
};

/** Closes a desk's shift, whose sums must agree now, and opens the next one. */
async function nextShift(at: number): Promise<void> {
  const desk = deskAt(at);
  expect(await closeShift({ actor: desk.actor, shiftId: desk.shiftId, denominations: {} })).toMatchObject({
    sumsAgree: true,
    expectedCash: desk.notes,
  });
  closed.push(desk);
  desks[at] = await openAt(desk);
}

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function sellInParts({ desk: at, services, takes, ...how }: Step): Promise<void> {
  const seller = deskAt(at);
  const prices: Record<string, bigint> = {
    CBC: seller.branch === 'HN' ? 111_111n : 120_333n,
    GLU: 45_000n,
    CXR: 200_001n,
  };
  const net = services.reduce((sum, code) => sum + (prices[code] ?? 0n), 0n);
  const deposit = split(net, how);
  const cart = await cartOf({
    services: services.map((code) => ({ code, discountPercent: '0' })),
    unpaid: true,
    payments: deposit,
  });
  const { orderId } = await createPaidOrder({ actor: seller.actor, cart });
  note(seller, orderId, deposit);
  let due = deposit.reduce((left, { amount }) => left - amount, net);
  for (const { desk: taker, closes, ...by } of takes) {
    if (due === 0n) break;
    const payments = split(due, by);
    if (payments.length === 0) continue;
    const desk = deskAt(taker);
    const paid = payments.reduce((sum, { amount }) => sum + amount, 0n);
    const balance = takeBalanceInput.parse({
      ...{ clientKey: crypto.randomUUID(), orderId, expectedDue: due, part: paid < due, payments },
    });
    due -= paid;
    expect(await takeBalance({ actor: desk.actor, balance })).toMatchObject({ paid, due, settled: due === 0n });
    note(desk, orderId, payments);
    if (closes === 0) await nextShift(taker);
  }
}

it('however a sale is split over shifts and branches, the three sums of every shift agree, with a second calculation too, and the books balance', async () => {
  await fc.assert(fc.asyncProperty(step, sellInParts), { numRuns: 120 });
  for (const at of desks.keys()) await nextShift(at);
  for (const { branch, shiftId, taken } of closed) {
    const actor = manager[branch];
    if (!actor) throw new Error('no manager');
    const { sums, gaps } = await shiftReport({ actor, shiftId });
    const paid = [...taken.values()].reduce((sum, amount) => sum + amount, 0n);
    expect({ sums, gaps }).toEqual({ sums: { ordered: paid, paid, ledger: paid }, gaps: [] });
  }
  const [over] = await rowsOf(`SELECT o.number FROM orders o JOIN payment y ON y.order_id = o.id GROUP BY o.id
    HAVING sum(y.amount) > o.net_total OR (sum(y.amount) = o.net_total) <> (o.settled_at IS NOT NULL)`);
  expect(over).toBeUndefined();
  const settled = await rowsOf<{ id: string }>('SELECT id FROM orders WHERE settled_at IS NOT NULL');
  await postOrderRevenue({ actor: systemActor('test'), orderIds: settled.map(({ id }) => id) });
  expect(
    await oneOf(
      `SELECT coalesce(sum(amount) FILTER (WHERE account = 'receivable'), 0)::int AS owed, sum(amount)::int AS balance FROM revenue_posting`,
    ),
  ).toEqual({ owed: 0, balance: 0 });
});
