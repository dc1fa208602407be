// What a sale costs: create-and-pay over HTTP through tRPC against the running instance, arriving steadily and 32 cashiers flat
// out, beside the same function called by eight database clients. It sells for real: run it on an instance that may keep it.
import pg from 'pg';
import type { Sellable } from '../server/modules/till/schema';
import { printFigure } from './figure';
import { type Portal, signIn } from './portal/client';

const STEADY = { perSecond: 100, seconds: 15, p95: 40 };
const FLAT_OUT = { cashiers: 32, seconds: 10, least: 0.15 };
const DIRECT = { clients: 8, seconds: 8 };
const ACCOUNT = 'cashier@sapoche.example';

type World = { services: string[]; net: bigint; patientId: string };

/** An open shift, three services that anybody may have, and somebody to have them. */
async function prepare({ query, mutate }: Portal): Promise<World> {
  if (!(await query('till.current'))) {
    const tills = await query<{ id: string; inUseBy: string | null }[]>('till.tills');
    const free = tills.find((till) => till.inUseBy === null);
    if (!free) throw new Error('no till is free');
    await mutate('till.open', { tillId: free.id, floatAmount: 500_000n });
  }
  const sellable = await query<Sellable[]>('till.sellable', { customerId: null });
  const plain = sellable.filter(
    (one) => one.kind === 'test' && one.sex === 'any' && !one.minAge && !one.maxAge && one.price,
  );
  const chosen = plain.slice(0, 3);
  if (chosen.length < 3) throw new Error('fewer than three services can be sold to anybody');
  const patient = {
    fullName: 'Người Đo Tốc Độ',
    dob: '1990-01-01',
    sex: 'female',
    phone: '0900000000',
    email: '',
    address: '',
  };
  const { id } = await mutate<{ id: string }>('patients.register', patient);
  const net = chosen.reduce((sum, one) => sum + (one.price ?? 0n), 0n);
  return { services: chosen.map((one) => one.code), net, patientId: id };
}

const cartOf = ({ services, net, patientId }: World) => ({
  clientKey: crypto.randomUUID(),
  patientId,
  terms: 'immediate',
  unpaid: false,
  services: services.map((code) => ({ code, discountPercent: '0' })),
  payments: [{ method: 'cash', amount: net, tendered: net }],
});

const sell = (world: World) => portal.mutate<{ orderId: string }>('orders.createPaid', cartOf(world));

const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Sales that arrive by the clock, whether the ones before are done or not; a wait counts from the moment of arrival. */
async function steadily(world: World): Promise<number[]> {
  const begin = performance.now();
  const all = Array.from({ length: STEADY.perSecond * STEADY.seconds }, async (_, index) => {
    const due = begin + (index * 1000) / STEADY.perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const arrived = Math.max(due, begin);
    await sell(world);
    return performance.now() - arrived;
  });
  return (await Promise.all(all)).sort((a, b) => a - b);
}

/** How many times a second `workers` of them do `work`, each beginning again as soon as it is done. */
async function rateOf(workers: number, seconds: number, work: (worker: number) => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (performance.now() < end) {
        await work(worker);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - begin) / 1000);
}

/** The same sale by the database alone: the function's statements, one transaction each, from eight clients. */
async function directly(world: World): Promise<number> {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: DIRECT.clients });
  try {
    const { rows } = await pool.query<{ id: string; branchId: string }>(
      `SELECT u.id, u.branch_id AS "branchId" FROM app_user u WHERE u.email = $1`,
      [ACCOUNT],
    );
    const who = { actorId: rows[0]?.id, branchId: rows[0]?.branchId, actorRole: 'cashier', correlationId: 'bench' };
    return await rateOf(DIRECT.clients, DIRECT.seconds, () => {
      const text = JSON.stringify({ ...cartOf(world), ...who }, (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      return pool.query({ name: 'sell', text: 'SELECT create_paid_order($1::jsonb)', values: [text] });
    });
  } finally {
    await pool.end();
  }
}

const portal = await signIn(ACCOUNT);
const world = await prepare(portal);
await rateOf(8, 3, () => sell(world));
const waits = await steadily(world);
printFigure({ bench: 'order', figure: 'steady-p50', value: share(waits, 0.5), unit: 'ms' });
printFigure({ bench: 'order', figure: 'steady-p95', value: share(waits, 0.95), unit: 'ms', limit: STEADY.p95 });
const flatOut = await rateOf(FLAT_OUT.cashiers, FLAT_OUT.seconds, () => sell(world));
const direct = process.env.DATABASE_URL ? await directly(world) : undefined;
const limit = direct === undefined ? {} : { peer: direct, limit: direct * FLAT_OUT.least };
printFigure({ bench: 'order', figure: 'flat-out-32', value: flatOut, unit: 'orders/s', ...limit });
if (direct !== undefined) printFigure({ bench: 'order', figure: 'database-alone-8', value: direct, unit: 'orders/s' });
portal.close();
