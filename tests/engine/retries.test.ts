import { createServer as createSocketServer } from 'node:net';
import { NonRetriableError, RetryAfterError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retryDelay } from '../../inngest/engine/protocol/backoff';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
const attempts = new Map<string, number[]>();
interface FailureData {
  event: { name: string };
  function_id: string;
}
const failures: unknown[] = [];
const heard: { name: string; data: Record<string, unknown> }[] = [];

function note(key: string, attempt: number): number {
  const list = [...(attempts.get(key) ?? []), attempt];
  attempts.set(key, list);
  return list.length;
}

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction(
      { id: 'flaky-step', retries: 3, triggers: [{ event: 'retries/flaky-step' }] },
      async ({ step, attempt }) => {
        await step.run('first', () => 1);
        return step.run('flaky', () => {
          if (note('flaky-step', attempt) < 3) throw new Error('not yet');
          return 'ok';
        });
      },
    ),
    client.createFunction(
      { id: 'flaky-body', retries: 2, triggers: [{ event: 'retries/flaky-body' }] },
      async ({ attempt }) => {
        if (note('flaky-body', attempt) < 3) throw new Error('not yet');
        return attempt;
      },
    ),
    client.createFunction(
      {
        id: 'doomed',
        retries: 1,
        triggers: [{ event: 'retries/doomed' }],
        onFailure: async ({ event, error }: { event: { data: FailureData }; error: Error }) => {
          failures.push({ error: error.message, original: event.data.event.name, fn: event.data.function_id });
        },
      },
      async ({ attempt }) => {
        note('doomed', attempt);
        throw new TypeError('never');
      },
    ),
    client.createFunction({ id: 'final', retries: 5, triggers: [{ event: 'retries/final' }] }, async ({ attempt }) => {
      note('final', attempt);
      throw new NonRetriableError('stop here');
    }),
    client.createFunction(
      { id: 'exhausted-step', retries: 1, triggers: [{ event: 'retries/exhausted-step' }] },
      async ({ step, attempt }) => {
        try {
          return await step.run('bad', () => {
            note('exhausted-step', attempt);
            throw new RangeError('out of range');
          });
        } catch (error) {
          return { name: (error as Error).name, message: (error as Error).message };
        }
      },
    ),
    client.createFunction({ id: 'later', retries: 1, triggers: [{ event: 'retries/later' }] }, async ({ attempt }) => {
      note('later', Date.now());
      if (attempt === 0) throw new RetryAfterError('in a second', '1s');
      return 'then';
    }),
    client.createFunction(
      { id: 'listener', triggers: [{ event: 'inngest/function.failed' }, { event: 'inngest/function.finished' }] },
      async ({ event }) => {
        heard.push(event as unknown as (typeof heard)[number]);
      },
    ),
  ]);
});
afterAll(() => rig.close());

describe('retries', () => {
  it('repeats a failing step without repeating the steps before it', async () => {
    const run = await rig.ended(await rig.send('retries/flaky-step'));
    expect(run).toMatchObject({ status: 'Completed', output: 'ok' });
    expect(attempts.get('flaky-step')).toEqual([0, 1, 2]);
  });

  it('repeats a failing function', async () => {
    expect(await rig.ended(await rig.send('retries/flaky-body'))).toMatchObject({ status: 'Completed', output: 2 });
    expect(attempts.get('flaky-body')).toEqual([0, 1, 2]);
  });

  it('fails for good when the attempts are used up, and tells onFailure and the listeners', async () => {
    const run = await rig.ended(await rig.send('retries/doomed'));
    expect(run).toMatchObject({ status: 'Failed', output: { name: 'TypeError', message: 'never' } });
    expect(attempts.get('doomed')).toEqual([0, 1]);
    await until(() => failures.length === 1);
    expect(failures[0]).toEqual({ error: 'never', original: 'retries/doomed', fn: 'test-doomed' });
    const failed = await until(() => heard.find((event) => event.name === 'inngest/function.failed'));
    expect(failed.data).toMatchObject({ function_id: 'test-doomed', run_id: run.run_id, error: { name: 'TypeError' } });
    const finished = await until(() =>
      heard.find((event) => event.name === 'inngest/function.finished' && event.data.run_id === run.run_id),
    );
    expect(finished.data).toMatchObject({ _inngest: { status: 'Failed' }, function_id: 'test-doomed' });
  });

  it('does not let a listener hear its own end', async () => {
    const before = heard.length;
    await rig.ended(await rig.send('retries/flaky-body'));
    await until(() => heard.length > before);
    await pause(300);
    expect(heard.filter((event) => event.data.function_id === 'test-listener')).toEqual([]);
  });

  it('does not repeat a NonRetriableError', async () => {
    expect(await rig.ended(await rig.send('retries/final'))).toMatchObject({
      status: 'Failed',
      output: { message: 'stop here' },
    });
    expect(attempts.get('final')).toEqual([0]);
  });

  it('hands the last error of a step to the function', async () => {
    const run = await rig.ended(await rig.send('retries/exhausted-step'));
    expect(run).toMatchObject({ status: 'Completed', output: { message: 'out of range' } });
    expect(attempts.get('exhausted-step')).toEqual([0, 1]);
  });

  it('waits as long as retry-after asks', async () => {
    await rig.ended(await rig.send('retries/later'));
    const [first = 0, second = 0] = attempts.get('later') ?? [];
    expect(second - first).toBeGreaterThanOrEqual(950);
  });

  it('counts a broken connection as a failed attempt and goes on when the app is back', async () => {
    const port = Number(new URL(rig.app.url).port);
    rig.app.server.closeAllConnections();
    await new Promise((resolve) => rig.app.server.close(resolve));
    const dying = createSocketServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => dying.listen(port, '127.0.0.1', resolve));
    const id = await rig.send('retries/flaky-body');
    await until(async () => {
      const jobs = await rig.db.query<{ attempt: number }>('SELECT attempt FROM jobs');
      return jobs.some((job) => job.attempt > 0);
    });
    await new Promise((resolve) => dying.close(resolve));
    await new Promise<void>((resolve) => rig.app.server.listen(port, '127.0.0.1', resolve));
    const run = await rig.ended(id);
    expect(['Completed', 'Failed']).toContain(run.status);
  });

  it('grows the pause as the official server does', () => {
    const between = (value: number, low: number, high: number) => value >= low && value <= high;
    expect(between(retryDelay(0, undefined, undefined), 15_000, 45_000)).toBe(true);
    expect(between(retryDelay(3, undefined, undefined), 120_000, 150_000)).toBe(true);
    expect(between(retryDelay(50, undefined, undefined), 7_200_000, 7_230_000)).toBe(true);
    expect(retryDelay(4, undefined, 1_000)).toBe(1_000);
    expect(retryDelay(0, '3', 50)).toBe(3_000);
    expect(retryDelay(0, '0', undefined)).toBe(1_000);
    expect(retryDelay(0, new Date(Date.now() + 60_000).toISOString(), 1)).toBeGreaterThan(58_000);
    expect(retryDelay(0, 'nonsense', 50)).toBe(50);
  });
});
