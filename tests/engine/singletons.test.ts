import type { Inngest } from 'inngest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Barrier } from './barrier';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
let barrier = new Barrier();

function functionsOf(client: Inngest) {
  const single = (id: string, singleton: object, more: object = {}) =>
    client.createFunction(
      { id, singleton: singleton as { mode: 'skip' }, ...more, triggers: [{ event: `single/${id}` }] },
      async ({ event, step }) => {
        await step.run('first', () => barrier.stay(event.data.name));
        if (event.data.sleep) await step.sleep('long', '1h');
        return event.data.name;
      },
    );
  return [
    single('skip', { mode: 'skip' }),
    single('skip-key', { mode: 'skip', key: 'event.data.k' }),
    single('skip-failing', { mode: 'skip', key: 'event.data.k * 2' }),
    single('skip-queued', { mode: 'skip', key: 'event.data.k' }, { concurrency: 1 }),
    single('cancel', { mode: 'cancel' }),
    single('cancel-key', { mode: 'cancel', key: 'event.data.k' }),
  ];
}

beforeAll(async () => {
  rig = await createRig(functionsOf);
});
beforeEach(() => {
  barrier = new Barrier();
});
afterAll(() => rig.close());

async function routed(): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
}

async function statuses(ids: string[]): Promise<(string | undefined)[]> {
  await routed();
  return Promise.all(ids.map(async (id) => (await rig.runsOf(id))[0]?.status));
}

async function sleeping(): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM timers')).length > 0);
}

async function wake(): Promise<void> {
  await sleeping();
  await rig.db.query('UPDATE timers SET due_at = now()');
}

describe('a singleton that skips', () => {
  it('runs while none other does: not beside one at work, asleep or queued', async () => {
    const first = await rig.send('single/skip', { name: 'a', sleep: true });
    await barrier.filled(1);
    const second = await rig.send('single/skip', { name: 'b' });
    expect(await statuses([first, second])).toEqual(['Running', undefined]);
    await barrier.release('a');
    await sleeping();
    const third = await rig.send('single/skip', { name: 'c' });
    expect(await statuses([third])).toEqual([undefined]);
    await wake();
    await rig.ended(first);
    const fourth = await rig.send('single/skip', { name: 'd' });
    await barrier.release('d');
    expect(await rig.ended(fourth)).toMatchObject({ status: 'Completed', output: 'd' });
    expect(barrier.entered).toEqual(['a', 'd']);
  });

  it('counts one that waits for its place', async () => {
    const holder = await rig.send('single/skip-queued', { name: 'holder', k: 1 });
    await barrier.filled(1);
    const [queued = '', dropped = ''] = await rig.sendAll('single/skip-queued', [
      { name: 'queued', k: 2 },
      { name: 'dropped', k: 2 },
    ]);
    expect(await statuses([queued, dropped])).toEqual(['Running', undefined]);
    await barrier.releaseAll(2);
    await rig.allEnded([holder, queued]);
  });

  it('is one for each value of its key; a key that is missing, false or fails makes none', async () => {
    const items = ['x', 'x', 'y', false, false, undefined, undefined, null, 7, '7'].map((k, n) => ({
      name: `n${n}`,
      k,
    }));
    const ids = await rig.sendAll('single/skip-key', items);
    const expected = [
      'Running',
      undefined,
      'Running',
      'Running',
      'Running',
      'Running',
      'Running',
      'Running',
      'Running',
      undefined,
    ];
    expect(await statuses(ids)).toEqual(expected);
    const failing = await rig.sendAll('single/skip-failing', [
      { name: 'f1', k: 'x' },
      { name: 'f2', k: 'x' },
    ]);
    expect(await statuses(failing)).toEqual(['Running', 'Running']);
    await barrier.releaseAll(10);
    await rig.settled();
  });

  it('forgets the id of an event that it turned away', async () => {
    const first = await rig.send('single/skip', { name: 'a' });
    await barrier.filled(1);
    const skipped = await rig.send('single/skip', { name: 'b' }, { id: 'same' });
    expect(await statuses([skipped])).toEqual([undefined]);
    await barrier.release('a');
    await rig.ended(first);
    const again = await rig.send('single/skip', { name: 'c' }, { id: 'same' });
    await barrier.release('c');
    await rig.ended(again);
    expect(await statuses([await rig.send('single/skip', { name: 'd' }, { id: 'same' })])).toEqual([undefined]);
    expect(barrier.entered).toEqual(['a', 'c']);
  });

  it('is free again after a failure and a cancellation', async () => {
    const first = await rig.send('single/skip', { name: 'a', sleep: true });
    await barrier.release('a');
    await sleeping();
    const [run] = await rig.runsOf(first);
    await rig.api(`/v1/runs/${run?.run_id}`, { method: 'DELETE' });
    const second = await rig.send('single/skip', { name: 'b' });
    await barrier.release('b');
    expect(await rig.ended(second)).toMatchObject({ status: 'Completed' });
    expect(await rig.db.query('SELECT 1 FROM singletons')).toEqual([]);
  });
});

describe('a singleton that cancels', () => {
  it('ends the one at work, whose result is dropped', async () => {
    const first = await rig.send('single/cancel', { name: 'a' });
    await barrier.filled(1);
    const second = await rig.send('single/cancel', { name: 'b' });
    expect(await rig.ended(first)).toMatchObject({ status: 'Cancelled', output: null });
    await barrier.release('a');
    await barrier.release('b');
    expect(await rig.ended(second)).toMatchObject({ status: 'Completed', output: 'b' });
    expect((await rig.runsOf(first))[0]).toMatchObject({ status: 'Cancelled', output: null });
  });

  it('ends the one that sleeps', async () => {
    const first = await rig.send('single/cancel', { name: 'a', sleep: true });
    await barrier.release('a');
    await sleeping();
    const second = await rig.send('single/cancel', { name: 'b' });
    await barrier.release('b');
    expect((await rig.allEnded([first, second])).map((run) => run.status)).toEqual(['Cancelled', 'Completed']);
    expect(await rig.db.query('SELECT 1 FROM timers')).toEqual([]);
  });

  it('leaves the last of many that come at once, for each key', async () => {
    const items = Array.from({ length: 20 }, (_, n) => ({ name: `n${n}`, k: n % 2 }));
    const ids = await rig.sendAll('single/cancel-key', items);
    const all = await statuses(ids);
    expect(all.slice(0, 18)).toEqual(Array.from({ length: 18 }, () => 'Cancelled'));
    await barrier.release('n18');
    await barrier.release('n19');
    const last = await rig.allEnded(ids.slice(18));
    expect(last.map((run) => run.status)).toEqual(['Completed', 'Completed']);
    await barrier.releaseAll(2);
  });
});
