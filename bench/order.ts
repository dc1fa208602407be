// What a sale costs: create-and-pay over HTTP through tRPC against the running instance, arriving steadily and 32 cashiers flat
// out, beside the same rows into the same tables by one plain statement from eight clients: no function, no notice, no HTTP. And
// what a rush leaves the web process to do. It sells for real: run it on an instance that may keep it.
import pg from 'pg';
import { ACCOUNT, Cashier } from './order/cashier';
import { CLIENTS, measureDatabase, saleOf } from './order/database';
import { cpuPercent, processOf } from './order/web';
import { printFigure } from './report/figure';

const bench = 'order';
const STEADY = { perSecond: 100, seconds: 60, p50: 8, p95: 25 };
const FLAT_OUT = { cashiers: 32, seconds: 10, least: 0.18 };
const DATABASE = { rounds: 3, seconds: 1, least: 0.6 };
const RECEIPTS = { drawn: 15, most: 150 };
const RUSH = { sales: 8_000, restSeconds: 30, lookSeconds: 5, most: 10 };

const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Sales that arrive by the clock, whether the ones before are done or not; a wait counts from the moment of arrival. */
async function steadily(cashier: Cashier): Promise<number[]> {
  const begin = performance.now();
  const all = Array.from({ length: STEADY.perSecond * STEADY.seconds }, async (_, index) => {
    const due = begin + (index * 1000) / STEADY.perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await cashier.sell();
    return performance.now() - due;
  });
  return (await Promise.all(all)).sort((a, b) => a - b);
}

/** Sales a second of all cashiers, each beginning again as soon as it is done. */
async function flatOut(cashier: Cashier): Promise<number> {
  const begin = performance.now();
  let done = 0;
  const sellOn = async () => {
    while (performance.now() < begin + FLAT_OUT.seconds * 1000) {
      await cashier.sell();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: FLAT_OUT.cashiers }, sellOn));
  return done / ((performance.now() - begin) / 1000);
}

/** What the receipt of a new order takes when somebody first wants it: it is drawn then, and kept. Milliseconds, the median. */
async function firstReceipts(cashier: Cashier): Promise<number> {
  const times: number[] = [];
  for (let round = -2; round < RECEIPTS.drawn; round += 1) {
    const { orderId } = await cashier.sell();
    const begun = performance.now();
    const { body } = await cashier.portal.get(`/orders/${orderId}/receipt`);
    if (!body.startsWith('%PDF')) throw new Error('a receipt is no PDF');
    if (round >= 0) times.push(performance.now() - begun);
  }
  return share(
    times.sort((a, b) => a - b),
    0.5,
  );
}

/** What of a core the web process uses half a minute after a rush, in percent; undefined where it runs elsewhere. */
async function afterLoad(cashier: Cashier): Promise<number | undefined> {
  const web = processOf('web');
  if (!web) return undefined;
  await cashier.rush(RUSH.sales, FLAT_OUT.cashiers);
  await new Promise((resolve) => setTimeout(resolve, RUSH.restSeconds * 1000));
  return cpuPercent(web, RUSH.lookSeconds);
}

async function byDatabaseAlone(cashier: Cashier, url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    return await measureDatabase(url, await saleOf(pool, { account: ACCOUNT, ...cashier.cart }), DATABASE);
  } finally {
    await pool.end();
  }
}

const cashier = await Cashier.open();
await cashier.rush(500, 8); // plans, caches, compiled code
const waits = await steadily(cashier);
printFigure({ bench, figure: 'steady-p50', value: share(waits, 0.5), unit: 'ms', limit: STEADY.p50 });
printFigure({ bench, figure: 'steady-p95', value: share(waits, 0.95), unit: 'ms', limit: STEADY.p95 });
const flat = await flatOut(cashier);
const url = process.env.DATABASE_URL;
if (url) {
  const { plain, byFunction } = await byDatabaseAlone(cashier, url);
  const peer = plain;
  const unit = 'orders/s';
  printFigure({ bench, figure: `plain-rows-${CLIENTS}`, value: plain, unit });
  printFigure({
    ...{ bench, figure: `function-${CLIENTS}`, value: byFunction, unit },
    ...{ limit: plain * DATABASE.least, peer },
  });
  printFigure({ bench, figure: 'flat-out-32', value: flat, unit, limit: plain * FLAT_OUT.least, peer });
} else {
  printFigure({ bench, figure: 'flat-out-32', value: flat, unit: 'orders/s' });
}
printFigure({ bench, figure: 'first-receipt', value: await firstReceipts(cashier), unit: 'ms', limit: RECEIPTS.most });
const busy = await afterLoad(cashier);
if (busy !== undefined) {
  printFigure({ bench, figure: `web-${RUSH.restSeconds}s-after-rush`, value: busy, unit: '%', limit: RUSH.most });
}
cashier.portal.close();
