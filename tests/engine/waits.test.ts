import { NonRetriableError, referenceFunction } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
const cancelled: Record<string, unknown>[] = [];
const failures: string[] = [];

beforeAll(async () => {
  rig = await createRig((client) => {
    const child = client.createFunction({ id: 'child', retries: 0, triggers: [] }, async ({ event }) => {
      const data = event.data as { fail?: boolean; slow?: boolean; n: number };
      if (data.fail) throw new NonRetriableError('child boom');
      if (data.slow) await pause(1_500);
      return { doubled: data.n * 2, name: event.name };
    });
    const onFailure = async ({ event }: { event: { data: { function_id: string } } }) => {
      failures.push(event.data.function_id);
    };
    return [
      child,
      client.createFunction({ id: 'wait', triggers: [{ event: 'waits/wait' }] }, async ({ step }) => {
        const got = await step.waitForEvent('go', {
          event: 'waits/go',
          timeout: '30s',
          if: 'event.data.id == async.data.id',
        });
        return got?.data ?? null;
      }),
      client.createFunction({ id: 'wait-short', triggers: [{ event: 'waits/wait-short' }] }, async ({ step }) =>
        step.waitForEvent('go', { event: 'waits/never', timeout: '1s' }),
      ),
      client.createFunction({ id: 'parent', triggers: [{ event: 'waits/parent' }] }, async ({ step }) =>
        step.invoke('call', { function: child, data: { n: 21 } }),
      ),
      client.createFunction({ id: 'parent-fail', triggers: [{ event: 'waits/parent-fail' }] }, async ({ step }) =>
        step.invoke('call', { function: child, data: { fail: true } }).catch((error: Error) => error.message),
      ),
      client.createFunction({ id: 'parent-slow', triggers: [{ event: 'waits/parent-slow' }] }, async ({ step }) =>
        step
          .invoke('call', { function: child, data: { slow: true, n: 1 }, timeout: '1s' })
          .catch((error: Error) => error.message),
      ),
      client.createFunction({ id: 'parent-unknown', triggers: [{ event: 'waits/parent-unknown' }] }, async ({ step }) =>
        step
          .invoke('call', { function: referenceFunction({ functionId: 'nope', appId: 'test' }) })
          .catch((error: Error) => error.message),
      ),
      client.createFunction({ id: 'signal', triggers: [{ event: 'waits/signal' }] }, async ({ step, event }) =>
        step.waitForSignal('sig', { signal: event.data.signal, timeout: event.data.timeout ?? '30s' }),
      ),
      client.createFunction(
        {
          id: 'cancellable',
          triggers: [{ event: 'waits/cancellable' }],
          cancelOn: [{ event: 'waits/stop', if: 'event.data.id == async.data.id' }],
          onFailure,
        },
        async ({ step }) => {
          await step.sleep('long', '1h');
        },
      ),
      client.createFunction(
        { id: 'too-long', triggers: [{ event: 'waits/too-long' }], timeouts: { finish: '1s' } },
        async ({ step }) => {
          await step.sleep('long', '1h');
        },
      ),
      client.createFunction(
        { id: 'too-late', concurrency: 1, timeouts: { start: '1s' }, triggers: [{ event: 'waits/too-late' }] },
        async () => pause(1_600),
      ),
      client.createFunction(
        { id: 'listener', triggers: [{ event: 'inngest/function.cancelled' }] },
        async ({ event }) => {
          cancelled.push(event.data);
        },
      ),
    ];
  });
});
afterAll(() => rig.close());

async function waiting(subject: string): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM waits WHERE subject = $1', [subject])).length > 0);
}

describe('waiting for events', () => {
  it('resumes with the matching event only', async () => {
    const id = await rig.send('waits/wait', { id: 'w1' });
    await waiting('waits/go');
    await rig.send('waits/go', { id: 'other', n: 1 });
    await rig.send('waits/go', { id: 'w1', n: 2 });
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: { id: 'w1', n: 2 } });
  });

  it('gives null after the timeout', async () => {
    expect(await rig.ended(await rig.send('waits/wait-short'))).toMatchObject({ status: 'Completed', output: null });
  });
});

describe('invoking', () => {
  it('returns the value of the child, which sees an invocation', async () => {
    const run = await rig.ended(await rig.send('waits/parent'));
    expect(run).toMatchObject({ status: 'Completed', output: { doubled: 42, name: 'inngest/function.invoked' } });
  });

  it('hands the error of the child to the parent', async () => {
    expect(await rig.ended(await rig.send('waits/parent-fail'))).toMatchObject({ output: 'child boom' });
  });

  it('stops waiting after the timeout while the child goes on', async () => {
    const run = await rig.ended(await rig.send('waits/parent-slow'));
    expect(run.output).toContain('Timed out waiting for invoked function');
  });

  it('fails for a function that is not there', async () => {
    const run = await rig.ended(await rig.send('waits/parent-unknown'));
    expect(run.output).toContain('could not find function with ID: test-nope');
  });

  it('starts a function over HTTP', async () => {
    const { status, body } = await rig.api('/invoke/test-child', {
      method: 'POST',
      body: JSON.stringify({ data: { n: 4 } }),
    });
    expect(status).toBe(200);
    expect(await rig.ended((body as { id: string }).id)).toMatchObject({ output: { doubled: 8 } });
    expect((await rig.api('/invoke/test-nope', { method: 'POST' })).status).toBe(404);
  });
});

describe('signals', () => {
  const send = (signal: string, data?: unknown) =>
    rig.api('/v1/signals', { method: 'POST', body: JSON.stringify({ signal, data }) });

  it('resumes the run that waits', async () => {
    const id = await rig.send('waits/signal', { signal: 'sig-1' });
    await waiting('sig-1');
    expect((await send('sig-1', { ok: 1 })).status).toBe(200);
    expect(await rig.ended(id)).toMatchObject({ output: { signal: 'sig-1', data: { ok: 1 } } });
  });

  it('answers 404 when nobody waits, and null to a wait that ran out', async () => {
    expect(await send('sig-none')).toMatchObject({ status: 404, body: { error: 'No signal found' } });
    expect(await rig.ended(await rig.send('waits/signal', { signal: 'sig-2', timeout: '1s' }))).toMatchObject({
      output: null,
    });
  });
});

describe('cancelling', () => {
  it('ends a sleeping run by a matching event, without onFailure', async () => {
    const id = await rig.send('waits/cancellable', { id: 'c1' });
    await until(
      async () =>
        (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step' AND due_at > now() + interval '30 minutes'`))
          .length > 0,
    );
    await rig.send('waits/stop', { id: 'c2' });
    await rig.send('waits/stop', { id: 'c1' });
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'Cancelled' });
    const event = await until(() => cancelled.find((data) => data.run_id === run.run_id));
    expect(event).toMatchObject({ _inngest: { status: 'Cancelled' }, function_id: 'test-cancellable' });
    expect(failures).toEqual([]);
  });

  it('cancels a run that an event of the same request has started', async () => {
    const { ids } = await rig.client.send([
      { name: 'waits/cancellable', data: { id: 'c4' } },
      { name: 'waits/stop', data: { id: 'c4' } },
      { name: 'waits/cancellable', data: { id: 'c4' } },
    ]);
    expect(await rig.ended(ids[0] ?? '')).toMatchObject({ status: 'Cancelled' });
    await pause(100);
    expect(await rig.runsOf(ids[2] ?? '')).toMatchObject([{ status: 'Running' }]);
  });

  it('ends a run over HTTP and leaves nothing behind', async () => {
    const id = await rig.send('waits/cancellable', { id: 'c3' });
    const run = await until(async () => (await rig.runsOf(id))[0]);
    expect((await rig.api(`/v1/runs/${run.run_id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await rig.api(`/v1/runs/${run.run_id}`)).body).toMatchObject({ data: { status: 'Cancelled' } });
    const left = await rig.db.query(
      `SELECT 1 FROM jobs WHERE run_id = $1 UNION ALL SELECT 1 FROM timers WHERE run_id = $1
       UNION ALL SELECT 1 FROM waits WHERE run_id = $1`,
      [run.run_id],
    );
    expect(left).toEqual([]);
    expect((await rig.api('/v1/runs/nope', { method: 'DELETE' })).status).toBe(400);
  });

  it('ends runs that take too long or start too late', async () => {
    const long = await rig.send('waits/too-long');
    const first = await rig.send('waits/too-late');
    await until(async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'leased'`)).length > 0);
    const second = await rig.send('waits/too-late');
    expect(await rig.ended(long)).toMatchObject({ status: 'Cancelled' });
    expect(await rig.ended(second)).toMatchObject({ status: 'Cancelled' });
    expect(await rig.ended(first)).toMatchObject({ status: 'Completed' });
  });
});
