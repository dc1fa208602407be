import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig((client) => {
    const quiet = (id: string, debounce: { period: '1h'; key?: string; timeout?: '90m' }, more: object = {}) =>
      client.createFunction(
        { id, debounce, ...more, triggers: [{ event: `quiet/${id}` }] },
        async ({ event, events }) => [event.data.n, events.length],
      );
    return [
      quiet('plain', { period: '1h' }),
      quiet('keyed', { period: '1h', key: 'event.data.k' }),
      quiet('bounded', { period: '1h', timeout: '90m' }),
      quiet('limited', { period: '1h' }, { rateLimit: { limit: 1, period: '10h' } }),
      client.createFunction(
        {
          id: 'single',
          debounce: { period: '1h', key: 'event.data.k' },
          singleton: { mode: 'cancel' },
          triggers: [{ event: 'quiet/single' }],
        },
        async ({ step }) => {
          await step.sleep('long', '1h');
        },
      ),
    ];
  });
});
afterAll(() => rig.close());

interface Open {
  event_id: string;
  fire_at: Date;
  deadline: Date | null;
}

async function open(count: number): Promise<Open[]> {
  await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
  const rows = await rig.db.query<Open>('SELECT event_id, fire_at, deadline FROM debounces ORDER BY key');
  expect(rows).toHaveLength(count);
  return rows;
}

/** As if so much time had gone by. */
async function passes(span: string): Promise<void> {
  await rig.db.query('UPDATE debounces SET fire_at = fire_at - $1::interval, deadline = deadline - $1::interval', [
    span,
  ]);
}

describe('a debounce', () => {
  it('starts with the last event, once it was quiet for its period', async () => {
    const [first = '', second = '', third = ''] = await rig.sendAll('quiet/plain', [{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect((await open(1))[0]?.event_id).toBe(third);
    await passes('59 minutes');
    const last = await rig.send('quiet/plain', { n: 4 });
    const [row] = await open(1);
    expect(row?.event_id).toBe(last);
    await passes('59 minutes');
    // Each event began the period again.
    expect(await rig.runsOf(last)).toEqual([]);
    await passes('2 minutes');
    expect(await rig.ended(last)).toMatchObject({ status: 'Completed', output: [4, 1] });
    for (const id of [first, second, third]) expect(await rig.runsOf(id)).toEqual([]);
    await open(0);
  });

  it('keeps the newest event: an older one that comes late displaces nothing and prolongs nothing', async () => {
    const now = Date.now();
    const newest = await rig.send('quiet/plain', { n: 'newest' }, { ts: now });
    const [before] = await open(1);
    const older = await rig.send('quiet/plain', { n: 'older' }, { ts: now - 60_000 });
    expect(await open(1)).toEqual([before]);
    // Of the same moment, the one that came later.
    const same = await rig.send('quiet/plain', { n: 'same' }, { ts: now });
    expect((await open(1))[0]?.event_id).toBe(same);
    await passes('61 minutes');
    expect(await rig.ended(same)).toMatchObject({ status: 'Completed', output: ['same', 1] });
    for (const id of [newest, older]) expect(await rig.runsOf(id)).toEqual([]);
    await open(0);
  });

  it('belongs to a key', async () => {
    const ids = await rig.sendAll('quiet/keyed', [
      { n: 1, k: 'a' },
      { n: 2, k: 'b' },
      { n: 3, k: 'a' },
      { n: 4 },
      { n: 5, k: null },
    ]);
    await open(3);
    await passes('61 minutes');
    const runs = await rig.allEnded([ids[2] ?? '', ids[1] ?? '', ids[4] ?? '']);
    expect(runs.map((run) => run.output)).toEqual([
      [3, 1],
      [2, 1],
      [5, 1],
    ]);
    await rig.settled();
    expect(await rig.runsOf(ids[0] ?? '')).toEqual([]);
  });

  it('is held up no longer than its timeout says', async () => {
    await rig.send('quiet/bounded', { n: 1 });
    const [first] = await open(1);
    expect((first?.deadline?.getTime() ?? 0) - (first?.fire_at.getTime() ?? 0)).toBe(30 * 60_000);
    await passes('50 minutes');
    const id = await rig.send('quiet/bounded', { n: 2 });
    const [second] = await open(1);
    expect(second?.fire_at).toEqual(second?.deadline);
    await passes('41 minutes');
    expect(await rig.ended(id)).toMatchObject({ output: [2, 1] });
  });

  it('takes in only what the rate limit lets through', async () => {
    const [first = '', second = ''] = await rig.sendAll('quiet/limited', [{ n: 1 }, { n: 2 }]);
    expect((await open(1))[0]?.event_id).toBe(first);
    await passes('61 minutes');
    expect(await rig.ended(first)).toMatchObject({ output: [1, 1] });
    expect(await rig.runsOf(second)).toEqual([]);
  });

  it('that ends beside another of the same singleton leaves one run alive', async () => {
    const ids = await rig.sendAll(
      'quiet/single',
      Array.from({ length: 6 }, (_, k) => ({ k })),
    );
    await open(6);
    await passes('61 minutes');
    await until(async () => (await Promise.all(ids.map((id) => rig.runsOf(id)))).every((runs) => runs.length === 1));
    await until(async () => (await rig.db.query('SELECT 1 FROM runs WHERE ended_at IS NULL')).length === 1);
    const statuses = (await Promise.all(ids.map((id) => rig.runsOf(id)))).map(([run]) => run?.status);
    expect(statuses.filter((status) => status === 'Cancelled')).toHaveLength(5);
  });
});
