import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'wait', triggers: [{ event: 'waits/wait' }] }, async ({ step }) =>
      step.waitForEvent('go', { event: 'waits/go', timeout: '1h', if: 'event.data.id == async.data.id' }),
    ),
    client.createFunction({ id: 'match', triggers: [{ event: 'waits/match' }] }, async ({ step }) => {
      const got = await step.waitForEvent('go', { event: 'waits/go', timeout: '1h', match: 'data.deep.id' });
      return got?.data ?? null;
    }),
    client.createFunction({ id: 'any', triggers: [{ event: 'waits/any' }] }, async ({ step }) => {
      const got = await step.waitForEvent('go', { event: 'waits/anything', timeout: '1h' });
      return got?.data ?? null;
    }),
    client.createFunction({ id: 'over', triggers: [{ event: 'waits/over' }] }, async ({ step }) => [
      await step.waitForEvent('span', { event: 'waits/never', timeout: -5_000 }),
      await step.waitForEvent('date', { event: 'waits/never', timeout: new Date(Date.now() - 60_000) }),
      await step.sleepUntil('past', new Date(Date.now() - 60_000)),
    ]),
    client.createFunction({ id: 'invalid', triggers: [{ event: 'waits/invalid' }] }, async ({ step }) =>
      step.waitForEvent('go', { event: 'waits/go', timeout: '1h', if: 'event.data. ==' }),
    ),
    client.createFunction({ id: 'beside', triggers: [{ event: 'waits/beside' }] }, async ({ step, event }) => {
      const [sent, got] = await Promise.all([
        step.sendEvent('send', { name: 'waits/anything', data: { from: event.data.id } }),
        step.waitForEvent('go', { event: 'waits/anything', timeout: '1h', if: 'event.data.id == async.data.from' }),
      ]);
      return [sent.ids.length, got?.data.from];
    }),
    client.createFunction({ id: 'twice', triggers: [{ event: 'waits/twice' }] }, async ({ step }) => {
      const [a, b] = await Promise.all([
        step.waitForEvent('a', { event: 'waits/anything', timeout: '1h', if: 'event.data.id == async.data.id' }),
        step.waitForEvent('b', { event: 'waits/anything', timeout: '1h', if: 'event.data.id == async.data.id' }),
      ]);
      return [a?.data.n, b?.data.n];
    }),
    client.createFunction({ id: 'sleep', triggers: [{ event: 'waits/sleep' }] }, async ({ step, event }) => {
      await step.sleep('span', 5_400_000);
      await step.sleepUntil('date', new Date(event.data.at));
      return 'awake';
    }),
  ]);
});
afterAll(() => rig.close());

async function waiting(count = 1): Promise<void> {
  await until(async () => (await rig.db.query(`SELECT 1 FROM waits WHERE kind = 'event'`)).length >= count);
}

async function pastTime(count = 1): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM timers')).length >= count);
  await rig.db.query('UPDATE timers SET due_at = now()');
}

describe('a wait for an event', () => {
  it('ends with the one that matches, as it was sent', async () => {
    const id = await rig.send('waits/wait', { id: 'w1' });
    await waiting();
    await rig.send('waits/go', { id: 'other', n: 1 });
    await rig.send('waits/else', { id: 'w1', n: 2 });
    const [sent] = (
      await rig.client.send({
        id: 'mine',
        name: 'waits/go',
        data: { id: 'w1', data: { data: 3 } },
        ts: 1_600_000_000_000,
      })
    ).ids;
    await rig.send('waits/go', { id: 'w1', n: 4 });
    const run = await rig.ended(id);
    expect(sent).not.toBe('mine');
    expect(run).toMatchObject({
      status: 'Completed',
      output: { id: 'mine', name: 'waits/go', data: { id: 'w1', data: { data: 3 } }, ts: 1_600_000_000_000 },
    });
  });

  it('compares a member of both events', async () => {
    const [a = '', b = ''] = await rig.sendAll('waits/match', [{ deep: { id: 1 } }, { deep: { id: '1' } }]);
    await waiting(2);
    await rig.send('waits/go', { deep: { id: '1' }, n: 'text' });
    await rig.send('waits/go', { deep: { id: 1 }, n: 'number' });
    expect(await rig.ended(a)).toMatchObject({ output: { n: 'number' } });
    expect(await rig.ended(b)).toMatchObject({ output: { n: 'text' } });
  });

  it('sees no event that came before it', async () => {
    await rig.send('waits/anything', { n: 'early' });
    const id = await rig.send('waits/any');
    await waiting();
    await rig.send('waits/anything', { n: 'late' });
    expect(await rig.ended(id)).toMatchObject({ output: { n: 'late' } });
  });

  it('is there before a step of the same group can send what it waits for', async () => {
    const ids = await rig.sendAll(
      'waits/beside',
      Array.from({ length: 10 }, (_, n) => ({ id: `b${n}` })),
    );
    const runs = await rig.allEnded(ids);
    expect(runs.map((run) => run.output)).toEqual(ids.map((_, n) => [1, `b${n}`]));
  });

  it('of several for the same event all end with it', async () => {
    const id = await rig.send('waits/twice', { id: 't1' });
    await waiting(2);
    await rig.send('waits/anything', { id: 't1', n: 1 });
    expect(await rig.ended(id)).toMatchObject({ output: [1, 1] });
  });

  it('finds its text in an event with more members than are looked up', async () => {
    const id = await rig.send('waits/wait', { id: 'many' });
    await waiting();
    const members = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`k${n}`, `v${n}`]));
    await rig.send('waits/go', { ...members, id: 'many' });
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: { data: { k7: 'v7' } } });
  });

  it('on a name that no function hears waits as well: anybody may send it', async () => {
    const id = await rig.send('waits/wait', { id: 'unheard' });
    await waiting();
    expect((await rig.db.query(`SELECT 1 FROM functions WHERE config::text LIKE '%"waits/go"%'`)).length).toBe(0);
    await rig.send('waits/go', { id: 'unheard' });
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
  });

  it('fails the run when its expression cannot be read', async () => {
    expect(await rig.ended(await rig.send('waits/invalid'))).toMatchObject({
      status: 'Failed',
      output: { name: 'CompileError', message: expect.stringContaining('expression of a wait is invalid') },
    });
  });
});

describe('the end of a wait', () => {
  it('is null', async () => {
    const id = await rig.send('waits/any');
    await waiting();
    await pastTime();
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: null });
    await rig.send('waits/anything', { n: 'too late' });
    await rig.settled();
    expect(await rig.runsOf(id)).toMatchObject([{ output: null }]);
  });

  it('comes at once when it lies in the past', async () => {
    expect(await rig.ended(await rig.send('waits/over'))).toMatchObject({
      status: 'Completed',
      output: [null, null, null],
    });
  });

  it('comes either by the event or by the time, whichever is first, and never by both', async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({ id: `race-${n}` }));
    const ids = await rig.sendAll('waits/wait', items);
    await waiting(30);
    await Promise.all([pastTime(30), rig.sendAll('waits/go', items)]);
    const runs = await rig.allEnded(ids);
    for (const [n, run] of runs.entries()) {
      expect(run.status).toBe('Completed');
      if (run.output !== null) expect(run.output).toMatchObject({ data: { id: `race-${n}` } });
    }
    const memos = await rig.db.query<{ n: number }>(
      `SELECT cardinality(stack) AS n FROM runs WHERE event_id = ANY ($1)`,
      [ids],
    );
    expect(memos.every(({ n }) => n === 1)).toBe(true);
    expect(
      await rig.db.query('SELECT 1 FROM timers UNION ALL SELECT 1 FROM waits UNION ALL SELECT 1 FROM jobs'),
    ).toEqual([]);
  });
});

describe('a sleep', () => {
  it('lasts for a span, or until a moment, to the millisecond', async () => {
    const at = Date.now() + 7_200_123;
    const id = await rig.send('waits/sleep', { at });
    const timerOf = (name: string) =>
      until(async () => {
        const rows = await rig.db.query<{ due_at: Date; span: number }>(
          `SELECT t.due_at, extract(epoch FROM t.due_at - s.created_at)::float8 AS span
           FROM timers t JOIN steps s USING (run_id, step_id) WHERE s.name = $1`,
          [name],
        );
        return rows[0];
      });
    const { span } = await timerOf('span');
    // The span is calculated just before the step is written down.
    expect(Math.round(span / 60)).toBe(90);
    await rig.db.query('UPDATE timers SET due_at = now()');
    expect((await timerOf('date')).due_at.getTime()).toBe(at);
    await rig.db.query('UPDATE timers SET due_at = now()');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'awake' });
  });
});
