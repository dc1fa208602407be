import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { openDatabase } from '../integration/database';
import { cartOf, makeCashier, makeFixture, rowsOf } from '../integration/till-fixture';
import { until } from './deadlines';
import { openWork } from './engine/checks';
import { type Killable, portalProcesses } from './processes';

const ORDERS = 12;

let close: () => Promise<void>;
let engine: Killable;
let worker: Killable;
beforeAll(async () => {
  const database = await openDatabase();
  ({ engine, worker } = await portalProcesses(database.url));
  close = async () => {
    await Promise.all([engine.kill(), worker.kill()]);
    await database.close();
  };
  await makeFixture();
});
afterAll(() => close());

interface EventRow {
  waiting: boolean;
  tried: boolean;
  failed: boolean;
  name: string;
}
const outbox = () =>
  rowsOf<EventRow>(
    `SELECT name, published_at IS NULL AS waiting, attempts > 0 AS tried, last_error IS NOT NULL AS failed FROM outbox_event ORDER BY id`,
  );
const runs = () =>
  rowsOf<{ fn: string; event: string; runs: number; status: string }>(
    `SELECT f.slug AS fn, e.payload ->> 'id' AS event, count(*)::int AS runs, min(r.status) AS status
     FROM inngest_engine.runs r JOIN inngest_engine.functions f ON f.id = r.function_id
     JOIN inngest_engine.events e ON e.id = r.event_id GROUP BY 1, 2`,
  );
const isStill = async () => (await outbox()).every(({ waiting }) => !waiting) && (await openWork(rowsOf)) === 0;

it('keeps the events of sales in the outbox while the engine is gone, and delivers each once', async () => {
  onTestFailed(() => console.error(engine.said(), worker.said()));
  // The worker registers with an engine once; then the engine goes, before anything is sold.
  await Promise.all([engine.start(), worker.start()]);
  await engine.kill();
  const { actor } = await makeCashier('T1');
  for (let order = 0; order < ORDERS; order++) await createPaidOrder({ actor, cart: await cartOf() });
  const before = await outbox();
  expect(before.length).toBeGreaterThanOrEqual(ORDERS);
  expect(await until(async () => (await outbox()).every(({ failed }) => failed), 30_000)).toBe(true);
  expect(await outbox()).toEqual(before.map(({ name }) => ({ name, waiting: true, tried: true, failed: true })));
  await engine.start();
  expect(await until(isStill, 90_000), 'the work comes to its end').toBe(true);
  const done = await runs();
  expect(done.filter((run) => run.runs !== 1 || run.status !== 'Completed')).toEqual([]);
  const prepared = await rowsOf(
    `SELECT entity_id, count(*)::int AS times FROM audit_entry WHERE action = 'order.prepared' GROUP BY 1`,
  );
  expect(prepared).toHaveLength(ORDERS);
  expect(prepared).toEqual(prepared.map((row) => ({ ...row, times: 1 })));
}, 200_000);
