import type { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
const ran: string[] = [];
/** Steps that wait until a test lets them go on. */
const gates = new Map<string, () => void>();

const gate = (key: string) => new Promise<void>((open) => gates.set(key, open));

const RULE = { event: 'stop/it', match: 'data.id' };

function functionsOf(client: Inngest) {
  const child = client.createFunction({ id: 'child', triggers: [] }, async ({ step }) => {
    await step.sleep('long', '1h');
  });
  return [
    child,
    client.createFunction(
      { id: 'sleeps', cancelOn: [RULE], triggers: [{ event: 'stop/sleeps' }] },
      async ({ step }) => {
        await step.sleep('long', '1h');
      },
    ),
    client.createFunction({ id: 'waits', cancelOn: [RULE], triggers: [{ event: 'stop/waits' }] }, async ({ step }) => {
      await step.waitForEvent('long', { event: 'stop/never', timeout: '1h' });
    }),
    client.createFunction(
      { id: 'signals', cancelOn: [RULE], triggers: [{ event: 'stop/signals' }] },
      async ({ step, event }) => {
        await step.waitForSignal('long', { signal: `stop-${event.data.id}`, timeout: '1h', onConflict: 'fail' });
      },
    ),
    client.createFunction(
      { id: 'invokes', cancelOn: [RULE], triggers: [{ event: 'stop/invokes' }] },
      async ({ step }) => step.invoke('call', { function: child }).catch((error: Error) => error.message),
    ),
    client.createFunction(
      { id: 'limited', concurrency: 1, cancelOn: [RULE], triggers: [{ event: 'stop/limited' }] },
      async ({ event }) => {
        ran.push(`limited ${event.data.id}`);
        await gate(event.data.id);
      },
    ),
    client.createFunction(
      { id: 'runs', cancelOn: [RULE], triggers: [{ event: 'stop/runs' }] },
      async ({ event, step }) => {
        await step.run('first', () => gate(event.data.id));
        await step.run('second', () => ran.push(`second ${event.data.id}`));
      },
    ),
    client.createFunction(
      { id: 'splits', cancelOn: [RULE], triggers: [{ event: 'stop/splits' }] },
      async ({ event, step }) => {
        await Promise.all([
          step.run('held', () => gate(event.data.id)),
          step.sleep('long', '1h'),
          step.run('quick', () => ran.push(`quick ${event.data.id}`)),
        ]);
        await step.run('joined', () => ran.push(`joined ${event.data.id}`));
      },
    ),
    client.createFunction(
      {
        id: 'rules',
        cancelOn: [
          { event: 'stop/if', if: 'async.data.level > event.data.level && async.data.zone == event.data.zone' },
          { event: 'stop/soon', timeout: '1h' },
          { event: 'stop/all' },
          { event: 'stop/over', timeout: new Date(Date.UTC(2001, 0, 1)) },
        ],
        triggers: [{ event: 'stop/rules' }],
      },
      async ({ step }) => {
        await step.sleep('long', '1h');
      },
    ),
  ];
}

beforeAll(async () => {
  rig = await createRig(functionsOf);
});
afterAll(() => rig.close());

const stop = (id: string) => rig.send('stop/it', { id });

async function sleeping(count: number): Promise<void> {
  await until(async () => (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step'`)).length >= count);
}

async function leavesNothing(eventId: string): Promise<void> {
  const [run] = await rig.runsOf(eventId);
  for (const table of ['jobs', 'timers', 'waits'])
    expect({ table, left: await rig.db.query(`SELECT 1 FROM ${table} WHERE run_id = $1`, [run?.run_id]) }).toEqual({
      table,
      left: [],
    });
}

describe('an event', () => {
  it.each([
    ['sleeps', `SELECT 1 FROM timers WHERE purpose = 'step'`],
    ['waits', `SELECT 1 FROM waits WHERE kind = 'event'`],
    ['signals', `SELECT 1 FROM waits WHERE kind = 'signal'`],
  ])('cancels a run that %s, and none of the others', async (name, reached) => {
    const [id = '', other = ''] = await rig.sendAll(`stop/${name}`, [{ id: name }, { id: `${name}-2` }]);
    await until(async () => (await rig.db.query(reached)).length === 2);
    await stop(name);
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
    await leavesNothing(id);
    expect((await rig.runsOf(other))[0]).toMatchObject({ status: 'Running' });
    await stop(`${name}-2`);
    await rig.ended(other);
  });

  it('cancels a run whose start lies ahead, and one that waits for its place', async () => {
    const future = await rig.send('stop/sleeps', { id: 'future' }, { ts: Date.now() + 3_600_000 });
    const first = await rig.send('stop/limited', { id: 'holder' });
    await until(() => gates.has('holder'));
    const second = await rig.send('stop/limited', { id: 'queued' });
    const third = await rig.send('stop/limited', { id: 'next' });
    await until(async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'waiting'`)).length === 2);
    await stop('future');
    await stop('queued');
    expect((await rig.allEnded([future, second])).map((run) => run.status)).toEqual(['Cancelled', 'Cancelled']);
    gates.get('holder')?.();
    expect(await rig.ended(first)).toMatchObject({ status: 'Completed' });
    await until(() => gates.has('next'));
    gates.get('next')?.();
    await rig.ended(third);
    expect(ran).toEqual(['limited holder', 'limited next']);
  });

  it('cancels a run whose request is under way: its result is dropped and it goes no further', async () => {
    const id = await rig.send('stop/runs', { id: 'r1' });
    await until(() => gates.has('r1'));
    await stop('r1');
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled', output: null });
    gates.get('r1')?.();
    const other = await rig.send('stop/runs', { id: 'r2' });
    await until(() => gates.has('r2'));
    gates.get('r2')?.();
    await rig.ended(other);
    expect(ran.filter((one) => one.startsWith('second'))).toEqual(['second r2']);
    expect(await rig.runsOf(id)).toMatchObject([{ status: 'Cancelled', output: null }]);
    await leavesNothing(id);
  });

  it('cancels all that goes on side by side', async () => {
    const id = await rig.send('stop/splits', { id: 'p1' });
    await until(() => gates.has('p1') && ran.includes('quick p1'));
    await sleeping(1);
    await stop('p1');
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
    await leavesNothing(id);
    gates.get('p1')?.();
    await rig.settled();
    expect(ran).not.toContain('joined p1');
  });

  it('frees the place that the run held', async () => {
    const first = await rig.send('stop/limited', { id: 'held' });
    await until(() => gates.has('held'));
    const second = await rig.send('stop/limited', { id: 'free' });
    await stop('held');
    await rig.ended(first);
    await until(() => gates.has('free'));
    gates.get('free')?.();
    gates.get('held')?.();
    expect(await rig.ended(second)).toMatchObject({ status: 'Completed' });
    expect(await rig.db.query('SELECT 1 FROM slots WHERE used <> 0')).toEqual([]);
  });

  it('does not reach what the run has invoked, and the invoked run not its parent', async () => {
    const id = await rig.send('stop/invokes', { id: 'i1' });
    const childOf = async () => {
      const rows = await rig.db.query<{ id: string; status: string }>(
        `SELECT r.id, r.status FROM runs r JOIN functions f ON f.id = r.function_id WHERE f.slug = 'test-child' ORDER BY r.created_at`,
      );
      return rows.at(-1);
    };
    await until(childOf);
    await stop('i1');
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
    const first = await childOf();
    expect(first?.status).not.toBe('Cancelled');
    await rig.api(`/v1/runs/${first?.id}`, { method: 'DELETE' });
    const other = await rig.send('stop/invokes', { id: 'i2' });
    const second = await until(async () => {
      const last = await childOf();
      return last?.id !== first?.id && last;
    });
    await rig.api(`/v1/runs/${second.id}`, { method: 'DELETE' });
    expect(await rig.ended(other)).toMatchObject({ status: 'Completed', output: 'invoked function was cancelled' });
  });
});

describe('the API', () => {
  it('cancels a run by its id, once, and knows which there are', async () => {
    const id = await rig.send('stop/sleeps', { id: 'api' });
    await sleeping(1);
    const [run] = await rig.runsOf(id);
    const cancel = (runId: string) => rig.api(`/v1/runs/${runId}`, { method: 'DELETE' });
    expect(await cancel(run?.run_id ?? '')).toEqual({ status: 200, body: undefined });
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
    await leavesNothing(id);
    await cancel(run?.run_id ?? '');
    expect(await rig.db.query(`SELECT 1 FROM events WHERE payload->>'id' = $1`, [run?.run_id])).toHaveLength(1);
    expect((await cancel('01AAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
  });
});

describe('a rule', () => {
  const open = (items: Record<string, unknown>[]) => rig.sendAll('stop/rules', items);
  const statuses = (ids: string[]) => Promise.all(ids.map(async (id) => (await rig.runsOf(id))[0]?.status));

  it('compares the event that started the run with the one that comes', async () => {
    const ids = await open([{ level: 1, zone: 'a' }, { level: 9, zone: 'a' }, { level: 1, zone: 'b' }, { zone: 'a' }]);
    await sleeping(4);
    await rig.send('stop/if', { level: 5, zone: 'a' });
    await rig.ended(ids[0] ?? '');
    await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
    expect(await statuses(ids)).toEqual(['Cancelled', 'Running', 'Running', 'Running']);
    await rig.send('stop/over');
    await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
    expect(await statuses(ids)).toEqual(['Cancelled', 'Running', 'Running', 'Running']);
    await rig.send('stop/all');
    await rig.allEnded(ids);
  });

  it('holds as long as its timeout says', async () => {
    const ids = await open([{ n: 1 }, { n: 2 }]);
    await sleeping(2);
    await rig.db.query(
      `UPDATE waits SET expires_at = now() - interval '1 second' WHERE subject = 'stop/soon'
       AND run_id = (SELECT id FROM runs WHERE event_id = $1)`,
      [ids[1]],
    );
    await rig.send('stop/soon');
    expect(await rig.ended(ids[0] ?? '')).toMatchObject({ status: 'Cancelled' });
    expect(await statuses(ids)).toEqual(['Cancelled', 'Running']);
    await rig.send('stop/all');
    await rig.allEnded(ids);
  });

  it('counts from the moment at which the run was there', async () => {
    await rig.send('stop/it', { id: 'early' });
    const { ids } = await rig.client.send([
      { name: 'stop/it', data: { id: 'c4' } },
      { name: 'stop/sleeps', data: { id: 'c4' } },
      { name: 'stop/sleeps', data: { id: 'early' } },
    ]);
    await sleeping(2);
    expect(await statuses(ids.slice(1))).toEqual(['Running', 'Running']);
    const { ids: more } = await rig.client.send([
      { name: 'stop/it', data: { id: 'c4' } },
      { name: 'stop/sleeps', data: { id: 'c4' } },
    ]);
    expect(await rig.ended(ids[1] ?? '')).toMatchObject({ status: 'Cancelled' });
    await sleeping(2);
    expect(await statuses([more[1] ?? ''])).toEqual(['Running']);
  });

  it('reaches a run that an event of the same request has started before, and none after', async () => {
    const { ids } = await rig.client.send([
      { name: 'stop/sleeps', data: { id: 'c5' } },
      { name: 'stop/it', data: { id: 'c5' } },
      { name: 'stop/sleeps', data: { id: 'c5' } },
    ]);
    expect(await rig.ended(ids[0] ?? '')).toMatchObject({ status: 'Cancelled' });
    await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
    expect(await statuses([ids[2] ?? ''])).toEqual(['Running']);
  });

  it('may compare texts of any length', async () => {
    const long = Array.from({ length: 400 }, () => Math.random().toString(36)).join();
    const id = await rig.send('stop/sleeps', { id: long });
    await until(async () => (await rig.runsOf(id)).length === 1);
    await stop(`${long}.`);
    await stop(long);
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
  });
});
