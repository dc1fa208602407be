import type { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, createRig, type Rig, type RunView, serveApp, type TestApp, until } from './setup';

let rig: Rig;
let listeners: TestApp;

interface Ending {
  id: string;
  name: string;
  data: Record<string, unknown> & { run_id: string; function_id: string };
}
const heard: Ending[] = [];
const failures: { event: Ending; error: Error; runId: string }[] = [];

const noteFailure = async (input: unknown) => {
  failures.push(input as (typeof failures)[number]);
};

function functionsOf(client: Inngest) {
  const child = client.createFunction({ id: 'child', retries: 0, triggers: [] }, async ({ event }) => {
    const { fail, n } = event.data as { fail?: boolean; n?: number };
    if (fail) throw new RangeError('child boom');
    return { n };
  });
  return [
    child,
    client.createFunction({ id: 'good', triggers: [{ event: 'life/good' }] }, async ({ step }) =>
      step.run('a', () => ({ done: true })),
    ),
    client.createFunction(
      { id: 'bad', retries: 1, triggers: [{ event: 'life/bad' }], onFailure: noteFailure },
      async ({ step }) => {
        await step.run('a', () => 1);
        throw new TypeError('bad end');
      },
    ),
    client.createFunction(
      {
        id: 'worse',
        retries: 0,
        triggers: [{ event: 'life/worse' }],
        onFailure: async (input: unknown) => {
          await noteFailure(input);
          throw new Error('even this fails');
        },
      },
      async () => {
        throw new Error('worse');
      },
    ),
    client.createFunction(
      {
        id: 'stopped',
        triggers: [{ event: 'life/stopped' }],
        cancelOn: [{ event: 'life/stop', match: 'data.id' }],
        onFailure: noteFailure,
      },
      async ({ step }) => {
        await step.sleep('long', '1h');
      },
    ),
    client.createFunction(
      { id: 'batch', retries: 0, batchEvents: { maxSize: 2, timeout: '60s' }, triggers: [{ event: 'life/batch' }] },
      async () => {
        throw new Error('batch end');
      },
    ),
    client.createFunction({ id: 'parent', triggers: [{ event: 'life/parent' }] }, async ({ step, event }) =>
      step.invoke('call', { function: child, data: event.data }).catch((error: Error) => error.message),
    ),
    client.createFunction({ id: 'waits', triggers: [{ event: 'life/waits' }] }, async ({ step }) => {
      const end = await step.waitForEvent('end', {
        event: 'inngest/function.finished',
        timeout: '1h',
        if: "async.data.function_id == 'test-good'",
      });
      return (end?.data as { result?: unknown } | undefined)?.result ?? null;
    }),
  ];
}

beforeAll(async () => {
  rig = await createRig(functionsOf);
});
afterAll(async () => {
  await listeners.close();
  await rig.close();
});

async function reported(name: string): Promise<number> {
  const rows = await rig.db.query('SELECT 1 FROM events WHERE name = $1', [`inngest/function.${name}`]);
  return rows.length;
}

const endOf = (run: RunView, kind: string) =>
  until(() => heard.find((event) => event.name === `inngest/function.${kind}` && event.data.run_id === run.run_id));

describe('without listeners', () => {
  it('reports failures and cancellations, and no success', async () => {
    await rig.allEnded([await rig.send('life/good'), await rig.send('life/bad')]);
    await until(() => failures.length === 1);
    await rig.settled();
    expect([await reported('failed'), await reported('cancelled'), await reported('finished')]).toEqual([1, 0, 0]);
  });

  it('notifies a step that waits for it', async () => {
    const id = await rig.send('life/waits');
    await until(async () => (await rig.db.query('SELECT 1 FROM waits')).length === 1);
    const bad = await rig.send('life/bad');
    await rig.ended(bad);
    await rig.ended(await rig.send('life/good'));
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: { done: true } });
    await rig.settled();
    const before = await reported('finished');
    await rig.ended(await rig.send('life/good'));
    expect(await reported('finished')).toBe(before);
  });
});

describe('onFailure', () => {
  it('is called once, with the error, the run and the event that started it', async () => {
    const before = failures.length;
    const run = await rig.ended(await rig.send('life/bad', { order: 7 }));
    await until(() => failures.length > before);
    await rig.settled();
    expect(failures.length).toBe(before + 1);
    const { event, error, runId } = failures[before] ?? {};
    expect(error).toMatchObject({ name: 'TypeError', message: 'bad end' });
    expect(runId).not.toBe(run.run_id);
    expect(event).toMatchObject({
      id: run.run_id,
      name: 'inngest/function.failed',
      data: {
        _inngest: { status: 'Failed' },
        run_id: run.run_id,
        function_id: 'test-bad',
        error: { name: 'TypeError', message: 'bad end', stack: expect.stringContaining('lifecycle.test') },
        event: { id: run.event_id, name: 'life/bad', data: { order: 7 } },
        events: [{ id: run.event_id, name: 'life/bad', data: { order: 7 } }],
      },
    });
    expect(event?.data).not.toHaveProperty('correlation_id');
  });

  it('that fails is tried as often as it may be, and starts no other', async () => {
    const [failed, before] = [await reported('failed'), failures.length];
    await rig.ended(await rig.send('life/worse'));
    await until(() => failures.length === before + 2);
    await rig.settled();
    expect(failures.length).toBe(before + 2);
    expect(await reported('failed')).toBe(failed + 1);
  });
});

describe('with listeners', () => {
  beforeAll(async () => {
    const client = createClient(rig.engine.url, 'listeners');
    const note = async ({ event }: { event: unknown }) => {
      heard.push(event as Ending);
    };
    listeners = await serveApp(client, [
      client.createFunction({ id: 'all', triggers: [{ event: 'inngest/function.*' }] }, note),
      client.createFunction(
        {
          id: 'breaks',
          retries: 0,
          triggers: [{ event: 'inngest/function.finished', if: "event.data.function_id == 'test-good'" }],
          onFailure: noteFailure,
        },
        async () => {
          throw new Error('a listener that fails');
        },
      ),
    ]);
    await fetch(listeners.url, { method: 'PUT' });
  });

  it('reports a success', async () => {
    const run = await rig.ended(await rig.send('life/good', { n: 1 }));
    const { data } = await endOf(run, 'finished');
    expect(data).toEqual({
      _inngest: { status: 'Completed' },
      run_id: run.run_id,
      function_id: 'test-good',
      result: { done: true },
      event: expect.objectContaining({ id: run.event_id, name: 'life/good', data: { n: 1 } }),
      events: [expect.objectContaining({ id: run.event_id })],
    });
  });

  it('reports a failure under both names', async () => {
    const run = await rig.ended(await rig.send('life/bad'));
    const error = { name: 'TypeError', message: 'bad end' };
    for (const kind of ['failed', 'finished'])
      expect((await endOf(run, kind)).data).toMatchObject({
        _inngest: { status: 'Failed' },
        function_id: 'test-bad',
        error,
      });
  });

  it('reports a cancellation under both names, and calls no onFailure', async () => {
    const before = failures.length;
    const id = await rig.send('life/stopped', { id: 's1' });
    await until(async () => (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step'`)).length > 0);
    await rig.send('life/stop', { id: 's1' });
    const run = await rig.ended(id);
    for (const kind of ['cancelled', 'finished']) {
      const { data } = await endOf(run, kind);
      expect(data).toEqual({
        _inngest: { status: 'Cancelled' },
        run_id: run.run_id,
        function_id: 'test-stopped',
        event: expect.objectContaining({ name: 'life/stopped', data: { id: 's1' } }),
        events: [expect.objectContaining({ name: 'life/stopped' })],
      });
    }
    expect((await endOf(run, 'cancelled')).id).toBe(run.run_id);
    await rig.settled();
    expect(failures.length).toBe(before);
  });

  it('notifies the invoker of a run, whatever its end', async () => {
    const parent = await rig.ended(await rig.send('life/parent', { n: 5 }));
    const good = await until(() => heard.find((event) => event.data.function_id === 'test-child'));
    expect(good.data).toMatchObject({ result: { n: 5 }, event: { name: 'inngest/function.invoked', data: { n: 5 } } });
    expect(String(good.data.correlation_id).split('.')[0]).toBe(parent.run_id);
    const other = await rig.ended(await rig.send('life/parent', { fail: true }));
    expect(other.output).toBe('child boom');
    const bad = await until(() =>
      heard.find((event) => event.name === 'inngest/function.failed' && event.data.function_id === 'test-child'),
    );
    expect(String(bad.data.correlation_id).split('.')[0]).toBe(other.run_id);
  });

  it('shows all events of a batch', async () => {
    const [first = '', second = ''] = await rig.sendAll('life/batch', [{ n: 1 }, { n: 2 }]);
    const run = await rig.ended(second);
    expect((await endOf(run, 'failed')).data).toMatchObject({
      event: { id: first },
      events: [{ data: { n: 1 } }, { data: { n: 2 } }],
    });
  });

  it('does not let listeners hear themselves', async () => {
    await rig.ended(await rig.send('life/good'));
    await rig.settled();
    const own = heard.filter((event) => event.data.function_id.startsWith('listeners-'));
    const startedBy = own.map((event) => (event.data.event as { name: string }).name);
    // A run that a cancellation started is reported, as by the official server; that one's own end is not.
    expect(startedBy).toEqual(['inngest/function.cancelled']);
    // The failure of a listener is not reported either, so not even its own onFailure is called.
    expect(failures.some(({ event }) => event.data.function_id === 'listeners-breaks')).toBe(false);
  });
});
