import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
interface Batch {
  events: number[];
  event: number;
}
const batches: (Batch & { fn: string })[] = [];

beforeAll(async () => {
  rig = await createRig((client) => {
    const batched = (id: string, rule: object, more: object = {}) =>
      client.createFunction(
        {
          id,
          batchEvents: rule as { maxSize: number; timeout: '1s' },
          ...more,
          triggers: [{ event: `batches/${id}` }],
        },
        async ({ event, events }) => {
          const numberOf = ({ data }: { data: unknown }) => (data as { n: number }).n;
          batches.push({ fn: id, event: numberOf(event), events: events.map(numberOf) });
          return events.length;
        },
      );
    return [
      batched('three', { maxSize: 3, timeout: '1h' }),
      batched('many', { maxSize: 7, timeout: '1h' }, { concurrency: 1 }),
      batched('keyed', { maxSize: 2, timeout: '1h', key: 'event.data.k' }),
      batched(
        'some',
        { maxSize: 2, timeout: '1h', if: 'event.data.bulk == true' },
        { rateLimit: { limit: 1, period: '1h' } },
      ),
    ];
  });
});
afterAll(() => rig.close());

const of = (fn: string) => batches.filter((batch) => batch.fn === fn);

async function timePasses(): Promise<void> {
  await rig.db.query('UPDATE batches SET fire_at = now()');
}

async function routed(): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
}

describe('a batch', () => {
  it('starts when it is full, with its events in their order and the first as the event', async () => {
    const ids = await rig.sendAll('batches/three', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    const run = await rig.ended(ids[2] ?? '');
    expect(run).toMatchObject({ status: 'Completed', output: 3, event_id: ids[0] });
    for (const id of ids.slice(0, 3)) expect(await rig.runsOf(id)).toEqual([run]);
    expect(await rig.runsOf(ids[3] ?? '')).toEqual([]);
    expect(of('three')).toEqual([{ fn: 'three', event: 1, events: [1, 2, 3] }]);
  });

  it('starts when its time is over, with what it has', async () => {
    const id = await rig.send('batches/three', { n: 5 });
    await routed();
    await timePasses();
    expect(await rig.ended(id)).toMatchObject({ output: 2 });
    expect(of('three')[1]).toEqual({ fn: 'three', event: 4, events: [4, 5] });
    const left = await rig.db.query('SELECT 1 FROM batches');
    expect(left).toEqual([]);
  });

  it('has a time of its own, from its first event on', async () => {
    await rig.send('batches/three', { n: 6 });
    await routed();
    const [first] = await rig.db.query<{ fire_at: Date }>('SELECT fire_at FROM batches');
    await rig.send('batches/three', { n: 7 });
    await routed();
    expect(await rig.db.query('SELECT fire_at, size FROM batches')).toEqual([{ fire_at: first?.fire_at, size: 2 }]);
    await timePasses();
    await rig.settled();
    await until(() => of('three').length === 3);
  });

  it('holds each event once, however many come at once', async () => {
    const count = 500;
    const sets = Array.from({ length: 5 }, (_, set) =>
      rig.sendAll(
        'batches/many',
        Array.from({ length: count / 5 }, (_, n) => ({ n: set * 100 + n })),
      ),
    );
    await Promise.all(sets);
    await routed();
    await timePasses();
    await until(() => of('many').flatMap((batch) => batch.events).length >= count);
    await rig.settled();
    const seen = of('many').flatMap((batch) => batch.events);
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(of('many').filter((batch) => batch.events.length === 7)).toHaveLength(Math.floor(count / 7));
  });

  it('belongs to a key', async () => {
    await rig.sendAll('batches/keyed', [
      { n: 1, k: 'a' },
      { n: 2, k: 'b' },
      { n: 3, k: 'a' },
      { n: 4 },
      { n: 5, k: null },
    ]);
    await until(() => of('keyed').length === 2);
    await routed();
    expect(
      of('keyed')
        .map((batch) => batch.events)
        .sort(),
    ).toEqual([
      [1, 3],
      [4, 5],
    ]);
    await timePasses();
    await until(() => of('keyed').length === 3);
    expect(of('keyed')[2]?.events).toEqual([2]);
  });

  it('takes an event in once for its id', async () => {
    for (const n of [1, 2, 3]) await rig.send('batches/three', { n: 100 + n }, { id: n === 2 ? 'id-1' : `id-${n}` });
    await routed();
    await timePasses();
    await until(() => of('three').some((batch) => batch.events[0] === 101));
    expect(of('three').at(-1)?.events).toEqual([101, 103]);
  });
});

describe('an event that does not fulfil the condition', () => {
  it('goes alone and at once, and only it is counted by the rate limit', async () => {
    const ids = await rig.sendAll('batches/some', [
      { n: 1, bulk: true },
      { n: 2, bulk: false },
      { n: 3 },
      { n: 4, bulk: 'yes' },
      { n: 5, bulk: true },
    ]);
    await rig.ended(ids[4] ?? '');
    await rig.ended(ids[1] ?? '');
    await routed();
    await rig.settled();
    expect(
      of('some')
        .map((batch) => batch.events)
        .sort(),
    ).toEqual([[1, 5], [2]]);
    expect(await rig.runsOf(ids[2] ?? '')).toEqual([]);
  });
});
