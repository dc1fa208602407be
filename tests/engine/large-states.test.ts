import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { ByteBudget } from '../../inngest/engine/queue/byte-budget';
import { answer, functionConfig, registration } from './raw-app';
import { createRig, engineOptions, type Rig, reportedOrigins, until } from './setup';

const MEGABYTE = 1_024 * 1_024;
const RUNS = 16;
const LEASE_MS = 1_500;
/** Room for one of these runs at a time. */
const BUDGET = 10 * MEGABYTE;

let rig: Rig;
let app: ReturnType<typeof createServer>;
let url = '';
/** Requests with results: how often each run was called, and how many were on their way at once. */
const calls = new Map<string, number>();
const seen: number[] = [];
let onTheirWay = 0;
let most = 0;
let small = 0;
/** As long as it is set, the app reads no large request. */
let shut: Promise<void> | undefined;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const large = Number(request.headers['content-length']) > MEGABYTE;
  if (large) most = Math.max(most, ++onTheirWay);
  if (large) await shut;
  const body = JSON.parse(await text(request)) as {
    ctx: { run_id: string; stack: { stack: string[] } };
    steps: object;
  };
  if (large) onTheirWay--;
  if (new URL(request.url ?? '/', url).searchParams.get('fnId') === 'large-small') {
    small++;
    answer(response, 200, 'null');
  } else if (body.ctx.stack.stack.length === 0) answer(response, 206, [{ id: 'nap', op: 'Sleep', name: '1h' }]);
  else {
    calls.set(body.ctx.run_id, (calls.get(body.ctx.run_id) ?? 0) + 1);
    seen.push(JSON.stringify(body.steps).length);
    answer(response, 200, '"done"');
  }
}

beforeAll(async () => {
  rig = await createRig(() => [], { leaseMs: LEASE_MS, bytesInFlight: BUDGET });
  app = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
  reportedOrigins.add(new URL(url).origin);
  const functions = ['fn', 'small'].map((id) => functionConfig('large', id, url));
  const body = JSON.stringify(registration('large', functions, url));
  expect((await rig.api('/fn/register', { method: 'POST', body })).status).toBe(200);
});
afterAll(async () => {
  await rig.close();
  app.close();
});

/** Sleeping runs, to which each three results of some 2.7 MB are added. */
async function fattened(count: number): Promise<string[]> {
  const ids = await rig.sendAll(
    'large/fn',
    Array.from({ length: count }, (_, n) => ({ n })),
  );
  await until(async () => (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step'`)).length === count, 60_000);
  await rig.db.query(
    `INSERT INTO steps (run_id, step_id, op, memo, ended_at)
     SELECT r.id, 's' || n, 'StepRun', json_build_object('data', repeat(md5(r.id || n), 85000)), now()
     FROM runs r, generate_series(1, 3) n WHERE r.ended_at IS NULL`,
  );
  await rig.db.query(
    `UPDATE runs r SET stack = '{s1,s2,s3}',
       state_bytes = (SELECT sum(octet_length(memo::text)) FROM steps s WHERE s.run_id = r.id) WHERE ended_at IS NULL`,
  );
  return ids;
}

/** Ends their sleep, all at once. */
const wake = () =>
  rig.db.query(`SELECT complete_step(run_id, step_id, 'null') FROM timers WHERE purpose = 'step' ORDER BY run_id`);

describe('runs with large states', () => {
  it('keep their leases from the claim on, wait their turn, and leave room for all else', async () => {
    // Whoever finds a lease run out does the work again.
    const other = await startEngine(engineOptions(rig.db, { leaseMs: LEASE_MS, bytesInFlight: BUDGET }));
    const ids = await fattened(RUNS);
    let open = () => {};
    shut = new Promise<void>((resolve) => {
      open = resolve;
    });
    await wake();
    await until(() => onTheirWay > 0);
    // Longer than a lease lasts, while all but the first ones wait for their turn.
    await new Promise((resolve) => setTimeout(resolve, 2 * LEASE_MS));
    const others = await rig.sendAll('large/small', [{}, {}, {}, {}, {}]);
    expect((await rig.allEnded(others)).every(({ status }) => status === 'Completed')).toBe(true);
    expect([small, calls.size]).toEqual([5, 0]);
    shut = undefined;
    open();
    const runs = await rig.allEnded(ids);
    expect(runs.every(({ status, output }) => status === 'Completed' && output === 'done')).toBe(true);
    // Of each engine one at a time.
    expect(most).toBeLessThanOrEqual(2);
    expect([...calls.values()]).toEqual(Array.from({ length: RUNS }, () => 1));
    expect(seen.every((length) => length > 3 * 32 * 85_000)).toBe(true);
    await other.close(500);
  });
});

describe('a budget of bytes', () => {
  it('lets small things by at once, large ones in their order, and the largest alone', async () => {
    const budget = new ByteBudget(10);
    const order: string[] = [];
    const take = async (name: string, bytes: number) => {
      const free = await budget.take(bytes);
      order.push(name);
      return free;
    };
    const first = await take('first', 6);
    const largest = take('largest', 1_000);
    const last = take('last', 1);
    await new Promise((resolve) => setImmediate(resolve));
    // What came later does not pass the one that waits, or that would wait for ever.
    expect(order).toEqual(['first']);
    first();
    first();
    const freeLargest = await largest;
    expect(order).toEqual(['first', 'largest']);
    freeLargest();
    (await last)();
    expect(order).toEqual(['first', 'largest', 'last']);
    (await take('whole', 10))();
  });
});
