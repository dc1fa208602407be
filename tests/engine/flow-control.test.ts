import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
const running = new Map<string, number>();
const peaks = new Map<string, number>();
const order: string[] = [];
const starts = new Map<string, number[]>();
const batches: number[][] = [];

async function busy(key: string, ms: number): Promise<void> {
  const now = (running.get(key) ?? 0) + 1;
  running.set(key, now);
  peaks.set(key, Math.max(peaks.get(key) ?? 0, now));
  await pause(ms);
  running.set(key, (running.get(key) ?? 0) - 1);
}

function start(key: string): void {
  starts.set(key, [...(starts.get(key) ?? []), Date.now()]);
}

beforeAll(async () => {
  rig = await createRig(
    (client) => [
      client.createFunction({ id: 'two', concurrency: 2, triggers: [{ event: 'flow/two' }] }, async () =>
        busy('two', 40),
      ),
      client.createFunction({ id: 'flood', triggers: [{ event: 'flow/flood' }] }, async () => pause(10)),
      client.createFunction(
        { id: 'keyed', concurrency: { limit: 1, key: 'event.data.user' }, triggers: [{ event: 'flow/keyed' }] },
        async ({ event }) => {
          await Promise.all([busy(`user-${event.data.user}`, 40), busy('users', 40)]);
        },
      ),
      client.createFunction(
        {
          id: 'double',
          concurrency: [
            { limit: 3, key: '"shared"', scope: 'env' },
            { limit: 1, key: 'event.data.user' },
          ],
          triggers: [{ event: 'flow/double' }],
        },
        async ({ event }) => {
          await Promise.all([busy(`double-${event.data.user}`, 30), busy('double', 30)]);
        },
      ),
      client.createFunction(
        { id: 'sleeper', concurrency: 1, triggers: [{ event: 'flow/sleeper' }] },
        async ({ step }) => {
          start('sleeper');
          await step.sleep('nap', '1s');
        },
      ),
      client.createFunction(
        { id: 'priority', concurrency: 1, priority: { run: 'event.data.p' }, triggers: [{ event: 'flow/priority' }] },
        async ({ event }) => {
          order.push(event.data.name);
          await pause(event.data.name === 'first' ? 400 : 5);
        },
      ),
      client.createFunction(
        { id: 'throttled', throttle: { limit: 2, period: '1s' }, triggers: [{ event: 'flow/throttled' }] },
        async () => start('throttled'),
      ),
      client.createFunction(
        {
          id: 'limited',
          rateLimit: { limit: 20, period: '60s', key: 'event.data.k' },
          triggers: [{ event: 'flow/limited' }],
        },
        async () => start('limited'),
      ),
      client.createFunction(
        { id: 'debounced', debounce: { period: '1s', key: 'event.data.k' }, triggers: [{ event: 'flow/debounced' }] },
        async ({ event }) => event.data.n,
      ),
      client.createFunction(
        { id: 'batched', batchEvents: { maxSize: 3, timeout: '1s' }, triggers: [{ event: 'flow/batched' }] },
        async ({ events }) => {
          batches.push(events.map(({ data }: { data: { n: number } }) => data.n));
          return events.length;
        },
      ),
      client.createFunction(
        { id: 'single', singleton: { key: 'event.data.k', mode: 'skip' }, triggers: [{ event: 'flow/single' }] },
        async ({ step }) => {
          start('single');
          await step.sleep('nap', '1s');
        },
      ),
      client.createFunction(
        { id: 'newest', singleton: { mode: 'cancel' }, triggers: [{ event: 'flow/newest' }] },
        async ({ step, event }) => {
          await step.sleep('nap', '1s');
          return event.data.n;
        },
      ),
      client.createFunction(
        { id: 'once', idempotency: 'event.data.order', triggers: [{ event: 'flow/once' }] },
        async () => start('once'),
      ),
    ],
    { workers: 8 },
  );
});
afterAll(() => rig.close());

async function sendMany(name: string, items: Record<string, unknown>[]): Promise<string[]> {
  return (await rig.client.send(items.map((data) => ({ name, data })))).ids;
}

async function allEnded(ids: string[]): Promise<void> {
  for (const id of ids) await rig.ended(id);
}

describe('fairness', () => {
  it('lets one function start while another floods every worker', async () => {
    const flood = await sendMany(
      'flow/flood',
      Array.from({ length: 400 }, () => ({})),
    );
    const other = await rig.send('flow/once', { order: 'beside a flood' });
    await rig.ended(other);
    const left = await rig.db.query<{ n: number }>('SELECT count(*)::integer AS n FROM runs WHERE ended_at IS NULL');
    expect(left[0]?.n).toBeGreaterThan(100);
    await rig.ended(flood.at(-1) ?? '', 30_000);
    starts.delete('once');
  });
});

describe('concurrency', () => {
  it('keeps a function to its limit', async () => {
    await allEnded(
      await sendMany(
        'flow/two',
        Array.from({ length: 8 }, () => ({})),
      ),
    );
    expect(peaks.get('two')).toBe(2);
  });

  it('keeps each key to its limit and lets keys run side by side', async () => {
    await allEnded(
      await sendMany(
        'flow/keyed',
        Array.from({ length: 9 }, (_, index) => ({ user: `u${index % 3}` })),
      ),
    );
    for (const user of ['u0', 'u1', 'u2']) expect(peaks.get(`user-${user}`)).toBe(1);
    expect(peaks.get('users')).toBe(3);
  });

  it('holds two limits at once', async () => {
    await allEnded(
      await sendMany(
        'flow/double',
        Array.from({ length: 20 }, (_, index) => ({ user: `u${index % 5}` })),
      ),
    );
    for (let user = 0; user < 5; user++) expect(peaks.get(`double-u${user}`)).toBe(1);
    expect(peaks.get('double')).toBeLessThanOrEqual(3);
    const slots = await rig.db.query<{ used: number }>('SELECT used FROM slots WHERE used <> 0');
    expect(slots).toEqual([]);
  });

  it('counts requests, not runs: a sleeping run holds no slot', async () => {
    await allEnded(await sendMany('flow/sleeper', [{}, {}]));
    const [a = 0, b = 0] = starts.get('sleeper') ?? [];
    expect(b - a).toBeLessThan(900);
  });

  it('lets a higher priority pass', async () => {
    const first = await rig.send('flow/priority', { name: 'first', p: 0 });
    await until(() => order.length === 1);
    const rest = await sendMany('flow/priority', [
      { name: 'normal', p: 0 },
      { name: 'low', p: -300 },
      { name: 'high', p: 300 },
      { name: 'nonsense', p: 'x' },
    ]);
    await allEnded([first, ...rest]);
    expect(order[1]).toBe('high');
    expect(order.at(-1)).toBe('low');
  });
});

describe('pacing', () => {
  it('spaces throttled starts', async () => {
    await allEnded(await sendMany('flow/throttled', [{}, {}, {}, {}]));
    const times = starts.get('throttled') ?? [];
    expect(times).toHaveLength(4);
    expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('drops what a rate limit does not allow', async () => {
    await sendMany(
      'flow/limited',
      Array.from({ length: 8 }, () => ({ k: 'a' })),
    );
    const other = await rig.send('flow/limited', { k: 'b' });
    const unlimited = await sendMany('flow/limited', [{ k: false }, { k: false }]);
    await allEnded([other, ...unlimited]);
    expect(starts.get('limited')).toHaveLength(3 + 1 + 2);
  });

  it('waits for quiet and takes the last event of each key', async () => {
    const ids = await sendMany('flow/debounced', [
      { k: 'a', n: 1 },
      { k: 'b', n: 2 },
      { k: 'a', n: 3 },
    ]);
    expect(await rig.ended(ids[2] ?? '')).toMatchObject({ output: 3 });
    expect(await rig.ended(ids[1] ?? '')).toMatchObject({ output: 2 });
    expect(await rig.runsOf(ids[0] ?? '')).toEqual([]);
  });

  it('gathers events into batches by size and by time', async () => {
    const ids = await sendMany('flow/batched', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    expect(await rig.ended(ids[1] ?? '')).toMatchObject({ output: 3 });
    expect(await rig.ended(ids[3] ?? '')).toMatchObject({ output: 1 });
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('keeps one run of a singleton and skips or cancels', async () => {
    const [first = '', second = '', other = ''] = await sendMany('flow/single', [{ k: 1 }, { k: 1 }, { k: 2 }]);
    const [old = '', fresh = ''] = await sendMany('flow/newest', [{ n: 1 }, { n: 2 }]);
    await allEnded([first, other]);
    expect(await rig.runsOf(second)).toEqual([]);
    expect(starts.get('single')?.length).toBeGreaterThanOrEqual(2);
    expect(await rig.ended(old)).toMatchObject({ status: 'Cancelled' });
    expect(await rig.ended(fresh)).toMatchObject({ status: 'Completed', output: 2 });
    const again = await rig.send('flow/single', { k: 1 });
    await rig.ended(again);
  });

  it('starts once for each idempotency key', async () => {
    await sendMany('flow/once', [{ order: 'o1' }, { order: 'o1' }, { order: 'o2' }]);
    await until(() => (starts.get('once') ?? []).length === 2);
    await pause(150);
    expect(starts.get('once')).toHaveLength(2);
  });
});
