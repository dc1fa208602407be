import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
let starts: string[] = [];

beforeAll(async () => {
  rig = await createRig((client) => {
    const paced = (id: string, options: object) =>
      client.createFunction({ id, ...options, triggers: [{ event: `paced/${id}` }] }, async ({ event, step }) => {
        starts.push(String(event.data.n));
        if (event.data.steps) for (const n of [1, 2, 3]) await step.run(`s${n}`, () => n);
      });
    const user = 'event.data.user';
    return [
      paced('throttle', { throttle: { limit: 2, period: '1h', burst: 1 } }),
      paced('throttle-key', { throttle: { limit: 1, period: '1h', key: user } }),
      paced('throttle-odd', { throttle: { limit: 3, period: '1s' } }),
      paced('rate-four', { rateLimit: { limit: 4, period: '1h' } }),
      paced('rate-twenty', { rateLimit: { limit: 20, period: '1h' } }),
      paced('rate-key', { rateLimit: { limit: 1, period: '1h', key: user } }),
      paced('rate-failing', { rateLimit: { limit: 1, period: '1h', key: 'event.data.user * 2' } }),
      paced('once', { idempotency: 'event.data.order', rateLimit: { limit: 50, period: '1m' } }),
    ];
  });
});
beforeEach(() => {
  starts = [];
});
afterAll(() => rig.close());

const numbered = (count: number, more: object = {}) => Array.from({ length: count }, (_, n) => ({ n, ...more }));

/** How many of these events started a run, once all are routed. */
async function started(ids: string[]): Promise<boolean[]> {
  await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
  return Promise.all(ids.map(async (id) => (await rig.runsOf(id)).length === 1));
}

const count = (all: boolean[]) => all.filter(Boolean).length;

interface Delayed {
  id: string;
  n: number;
  due_at: Date;
}

function delayed(): Promise<Delayed[]> {
  return rig.db.query<Delayed>(
    `SELECT j.id, (e.payload->'data'->>'n')::integer AS n, j.due_at FROM jobs j JOIN runs r ON r.id = j.run_id
     JOIN events e ON e.id = r.event_id WHERE j.state = 'delayed' ORDER BY j.due_at`,
  );
}

describe('a throttle', () => {
  it('lets its limit and its burst start at once, the others one by one, in order, and drops none', async () => {
    const ids = await rig.sendAll('paced/throttle', numbered(6, { steps: true }));
    await until(() => starts.filter((n) => n === '2').length > 0);
    const rest = await until(async () => {
      const rows = await delayed();
      // Those whose turn was calculated have it in the future.
      return rows.length === 3 && rows.every((row) => row.due_at.getTime() > Date.now()) && rows;
    });
    expect(rest.map((row) => row.n)).toEqual([3, 4, 5]);
    const gaps = rest.slice(1).map((row, index) => row.due_at.getTime() - (rest[index]?.due_at.getTime() ?? 0));
    for (const gap of gaps) expect(Math.round(gap / 60_000)).toBe(30);
    await rig.allEnded(ids.slice(0, 3));
    expect([...new Set(starts)].sort()).toEqual(['0', '1', '2']);
    for (const row of rest) {
      await rig.db.query('UPDATE jobs SET due_at = now() WHERE id = $1', [row.id]);
      await rig.ended(ids[row.n] ?? '');
    }
    expect([...new Set(starts)].sort()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('holds for each value of its key', async () => {
    await rig.sendAll('paced/throttle-key', [
      { n: 0, user: 'a' },
      { n: 1, user: 'a' },
      { n: 2, user: 'b' },
      { n: 3 },
      { n: 4 },
    ]);
    await until(() => starts.length === 3);
    const rest = await until(async () => {
      const rows = await delayed();
      return rows.length === 2 && rows.every((row) => row.due_at.getTime() > Date.now()) && rows;
    });
    expect(starts.sort()).toEqual(['0', '2', '3']);
    expect(rest.map((row) => row.n).sort()).toEqual([1, 4]);
    await rig.db.query('UPDATE jobs SET due_at = now()');
    await rig.settled();
  });

  it('may have a pause that is no whole number', async () => {
    const ids = await rig.sendAll('paced/throttle-odd', numbered(5));
    await rig.allEnded(ids);
    expect(starts).toHaveLength(5);
  });
});

describe('a rate limit', () => {
  it('spaces starts out and drops the others: a burst is a tenth of the limit', async () => {
    expect(count(await started(await rig.sendAll('paced/rate-four', numbered(6))))).toBe(1);
    expect(count(await started(await rig.sendAll('paced/rate-twenty', numbered(8))))).toBe(3);
  });

  it('holds for each value of its key, and not at all for false', async () => {
    const users = ['a', 'a', 'b', false, false, false, 0, '0'];
    const ids = await rig.sendAll(
      'paced/rate-key',
      users.map((user, n) => ({ n, user })),
    );
    // The number and its text are the same.
    expect(await started(ids)).toEqual([true, false, true, true, true, true, true, false]);
  });

  it('does not hold for events that lack its key, nor where the key fails', async () => {
    const lacking = await rig.sendAll('paced/rate-key', [{}, {}, { user: null }, { user: undefined }]);
    expect(await started(lacking)).toEqual([true, true, true, true]);
    const failing = await rig.sendAll('paced/rate-failing', [{ user: 'a' }, { user: 2.5 }, { user: 'b' }]);
    expect(await started(failing)).toEqual([true, true, true]);
  });

  it('is asked before the id of an event counts: what it drops may come again', async () => {
    const send = async (n: number) => rig.send('paced/rate-four', { n }, { id: `again-${n}` });
    await rig.db.query('DELETE FROM pacers');
    const [first, dropped] = [await send(1), await send(2)];
    expect(await started([first, dropped])).toEqual([true, false]);
    await rig.db.query('DELETE FROM pacers');
    expect(await started([await send(2)])).toEqual([true]);
    await rig.db.query('DELETE FROM pacers');
    expect(await started([await send(2)])).toEqual([false]);
  });
});

describe('idempotency', () => {
  it('starts once a day for each value, whatever the rate limit says', async () => {
    const orders = ['o1', 'o1', 'o2', 'o1', 'o2'];
    const ids = await rig.sendAll(
      'paced/once',
      orders.map((order, n) => ({ n, order })),
    );
    expect(await started(ids)).toEqual([true, false, true, false, false]);
    const [pacer] = await rig.db.query<{ hours: number }>(
      `SELECT round(extract(epoch FROM full_at - now()) / 3600)::integer AS hours FROM pacers WHERE key LIKE '%o1'`,
    );
    expect(pacer).toEqual({ hours: 24 });
    await rig.db.query(`UPDATE pacers SET full_at = now() WHERE key LIKE '%o1'`);
    expect(await started(await rig.sendAll('paced/once', [{ n: 9, order: 'o1' }]))).toEqual([true]);
  });

  it('does not hold for events that lack its key', async () => {
    const ids = await rig.sendAll('paced/once', numbered(4));
    expect(await started(ids)).toEqual([true, true, true, true]);
  });
});
