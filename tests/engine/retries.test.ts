import { NonRetriableError, RetryAfterError, StepError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retryDelay } from '../../inngest/engine/protocol/backoff';
import { answer, startRawApp, stepPlanned, stepRun } from './raw-app';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
const attempts = new Map<string, number[]>();
const later = new Date(Date.now() + 3_600_000);

/** Remembers an attempt; how many there were. */
function note(key: string, attempt: number): number {
  const list = [...(attempts.get(key) ?? []), attempt];
  attempts.set(key, list);
  return list.length;
}

function failing(key: string, attempt: number, times: number, value: unknown = 'ok'): unknown {
  if (note(key, attempt) <= times) throw new Error(`${key} is not ready`);
  return value;
}

beforeAll(async () => {
  rig = await createRig((client) => [
    ...[true, false].map((checkpointing) =>
      client.createFunction(
        {
          id: `walk-${checkpointing}`,
          retries: 3,
          checkpointing,
          triggers: [{ event: `retries/walk-${checkpointing}` }],
        },
        async ({ step, attempt }) => {
          const key = `walk-${checkpointing}`;
          await step.run('first', () => note(`${key}-first`, attempt));
          await step.run('a', () => failing(`${key}-a`, attempt, 2));
          failing(`${key}-between`, attempt, 1);
          await step.run('b', () => failing(`${key}-b`, attempt, 2));
          return attempt;
        },
      ),
    ),
    client.createFunction(
      { id: 'parallel', retries: 2, triggers: [{ event: 'retries/parallel' }] },
      async ({ step, attempt }) =>
        Promise.all(['x', 'y', 'z'].map((id, n) => step.run(id, () => failing(`parallel-${id}`, attempt, n, id)))),
    ),
    client.createFunction(
      { id: 'doomed', retries: 1, triggers: [{ event: 'retries/doomed' }] },
      async ({ attempt }) => {
        note('doomed', attempt);
        throw new TypeError('never');
      },
    ),
    client.createFunction(
      { id: 'final', retries: 5, triggers: [{ event: 'retries/final' }] },
      async ({ attempt, event, step }) => {
        note(`final-${event.data.where}`, attempt);
        if (event.data.where === 'code') throw new NonRetriableError('stop here');
        await step.run('stop', () => {
          throw new NonRetriableError('stop here');
        });
      },
    ),
    client.createFunction(
      { id: 'caught', retries: 1, triggers: [{ event: 'retries/caught' }] },
      async ({ step, attempt }) => {
        try {
          return await step.run('bad', () => {
            note('caught', attempt);
            throw new RangeError('out of range', { cause: new Error('the reason') });
          });
        } catch (error) {
          const { name, message, cause } = error as Error;
          return { isStepError: error instanceof StepError, name, message, cause: (cause as Error).message };
        }
      },
    ),
    client.createFunction({ id: 'thrown', retries: 0, triggers: [{ event: 'retries/thrown' }] }, async ({ event }) => {
      throw event.data.value;
    }),
    client.createFunction(
      { id: 'none', retries: 0, triggers: [{ event: 'retries/none' }] },
      async ({ attempt, maxAttempts }) => {
        note('none', attempt);
        throw new Error(`of ${maxAttempts}`);
      },
    ),
    client.createFunction(
      { id: 'default', triggers: [{ event: 'retries/default' }] },
      async ({ maxAttempts }) => maxAttempts,
    ),
    client.createFunction(
      { id: 'later', retries: 1, triggers: [{ event: 'retries/later' }] },
      async ({ step, attempt, event }) => {
        const wait = () => {
          if (attempt === 0) throw new RetryAfterError('later', new Date(event.data.at));
          return attempt;
        };
        return event.data.where === 'code' ? wait() : step.run('wait', wait);
      },
    ),
    client.createFunction(
      { id: 'steady', retries: 3, triggers: [{ event: 'retries/steady' }] },
      async ({ attempt }) => attempt,
    ),
  ]);
});
afterAll(() => rig.close());

describe('attempts', () => {
  it.each([true, false])(
    'are counted for each step and for the code between (checkpoints: %s)',
    async (checkpointing) => {
      const key = `walk-${checkpointing}`;
      const run = await rig.ended(await rig.send(`retries/${key}`));
      expect(run).toMatchObject({ status: 'Completed', output: 0 });
      // The code between runs at every request; a step that follows it in the same one goes on with its count.
      expect(Object.fromEntries([...attempts].filter(([name]) => name.startsWith(key)))).toEqual({
        [`${key}-first`]: [0],
        [`${key}-a`]: [0, 1, 2],
        [`${key}-between`]: [0, 1, 2, 3, 0],
        [`${key}-b`]: [1, 2, 3],
      });
    },
  );

  it('are counted for each of several steps side by side', async () => {
    expect(await rig.ended(await rig.send('retries/parallel'))).toMatchObject({
      status: 'Completed',
      output: ['x', 'y', 'z'],
    });
    expect(['x', 'y', 'z'].map((id) => attempts.get(`parallel-${id}`))).toEqual([[0], [0, 1], [0, 1, 2]]);
  });

  it('are as many as the function says, five by default', async () => {
    expect(await rig.ended(await rig.send('retries/doomed'))).toMatchObject({
      status: 'Failed',
      output: { name: 'TypeError', message: 'never', stack: expect.stringContaining('retries.test') },
    });
    expect(attempts.get('doomed')).toEqual([0, 1]);
    expect(await rig.ended(await rig.send('retries/none'))).toMatchObject({
      status: 'Failed',
      output: { message: 'of 1' },
    });
    expect(attempts.get('none')).toEqual([0]);
    expect(await rig.ended(await rig.send('retries/default'))).toMatchObject({ output: 5 });
  });

  it('begin again with every result, also one of a checkpoint', async () => {
    const app = await startRawApp(rig, 'counted', {
      fn: {
        config: { steps: { step: { runtime: { url: 'http://127.0.0.1:1/' } } } },
        answer: async ({ body: { ctx }, response }) => {
          if (ctx.attempt === 1 && ctx.stack.stack.length === 0) {
            const checkpoint = {
              run_id: ctx.run_id,
              qi_id: ctx.qi_id,
              generation_id: ctx.generation_id,
              steps: [stepRun('a', 1)],
            };
            await rig.api(`/v1/checkpoint/${ctx.run_id}/async`, { method: 'POST', body: JSON.stringify(checkpoint) });
          }
          if (note(`counted-${ctx.stack.stack.length}`, ctx.attempt) < 2)
            return answer(response, 500, { message: 'no' });
          answer(response, ctx.stack.stack.length > 0 ? 200 : 500, '"done"');
        },
      },
    });
    await app.register(['fn'], {
      fn: { steps: { step: { runtime: { type: 'http', url: `${app.url}?x=1` }, retries: { attempts: 2 } } } },
    });
    expect(await rig.ended(await rig.send('counted/fn'))).toMatchObject({ status: 'Completed', output: 'done' });
    expect(attempts.get('counted-0')).toEqual([0, 1]);
    expect(attempts.get('counted-1')).toEqual([1, 2]);
    await app.close();
  });

  it('of one planned step, when used up without its answer, end the run', async () => {
    const app = await startRawApp(rig, 'planned', {
      fn: {
        answer: ({ step, body, response }) => {
          if (step === 'step') return answer(response, 206, [stepPlanned('good'), stepPlanned('bad')]);
          note(`planned-${step}`, body.ctx.attempt);
          if (step === 'good') answer(response, 206, [stepRun('good')]);
          else answer(response, 500, { name: 'Error', message: 'not found within this function' });
        },
      },
    });
    expect(await rig.ended(await rig.send('planned/fn'))).toMatchObject({
      status: 'Failed',
      output: { message: 'not found within this function' },
    });
    expect([attempts.get('planned-good'), attempts.get('planned-bad')]).toEqual([[0], [0, 1]]);
    await app.close();
  });
});

describe('errors', () => {
  it('that are final are not tried again', async () => {
    for (const where of ['code', 'step']) {
      expect(await rig.ended(await rig.send('retries/final', { where }))).toMatchObject({
        status: 'Failed',
        output: { message: 'stop here' },
      });
    }
    expect(attempts.get('final-code')).toEqual([0]);
    // Once with the failing step, once more with its error, which nobody catches.
    expect(attempts.get('final-step')).toEqual([0, 0]);
  });

  it('of a step reach the code that catches them as they were thrown', async () => {
    expect(await rig.ended(await rig.send('retries/caught'))).toMatchObject({
      status: 'Completed',
      output: { isStepError: true, name: 'RangeError', message: 'out of range', cause: 'the reason' },
    });
    expect(attempts.get('caught')).toEqual([0, 1]);
  });

  it.each(['a text', { a: 1 }, 7, null])('may be %j', async (value) => {
    const run = await rig.ended(await rig.send('retries/thrown', { value }));
    expect(run).toMatchObject({ status: 'Failed', output: { name: 'Error', message: expect.any(String) } });
  });
});

describe('the pause before an attempt', () => {
  it.each(['code', 'step'])('is as long as the error of %s asks', async (where) => {
    const id = await rig.send('retries/later', { where, at: later.getTime() });
    const job = await until(async () => {
      const rows = await rig.db.query<{ due_at: Date }>(
        `SELECT due_at FROM jobs WHERE state = 'delayed' AND attempt = 1`,
      );
      return rows[0];
    });
    // Down to whole seconds.
    expect(Math.abs(job.due_at.getTime() - later.getTime())).toBeLessThan(2_000);
    await rig.db.query('UPDATE jobs SET due_at = now()');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 1 });
  });

  it('is never longer than a day', async () => {
    const id = await rig.send('retries/later', { where: 'code', at: Date.now() + 90 * 86_400_000 });
    await until(async () => {
      const rows = await rig.db.query(
        `SELECT 1 FROM jobs WHERE attempt = 1 AND due_at BETWEEN now() + interval '23 hours' AND now() + interval '24 hours'`,
      );
      return rows.length === 1;
    });
    await rig.db.query('UPDATE jobs SET due_at = now()');
    await rig.ended(id);
  });

  it('grows as with the official server, unless it is set', () => {
    const bounds = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, 7_200].map((seconds) => seconds * 1_000);
    for (const [attempt, least] of bounds.entries()) {
      const pause = retryDelay(attempt, undefined, undefined);
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(least + 30_000);
    }
    expect(retryDelay(4, undefined, 1_000)).toBe(1_000);
    expect(retryDelay(0, '3', 50)).toBe(3_000);
    expect(retryDelay(0, '0', undefined)).toBe(1_000);
    expect(retryDelay(0, '-5', undefined)).toBe(1_000);
    expect(retryDelay(0, '9999999', undefined)).toBe(86_400_000);
    expect(retryDelay(0, '2001-01-01T00:00:00Z', undefined)).toBe(1_000);
    expect(retryDelay(0, 'nonsense', 50)).toBe(50);
  });
});

describe('an app that is away', () => {
  it('has failed at nothing: its work waits, and no attempt is counted', async () => {
    const port = Number(new URL(rig.app.url).port);
    rig.app.server.closeAllConnections();
    await new Promise((resolve) => rig.app.server.close(resolve));
    const id = await rig.send('retries/steady');
    // It was tried more than once.
    await until(async () => (await rig.db.query('SELECT 1 FROM jobs WHERE generation >= 2')).length === 1);
    expect(await rig.db.query('SELECT attempt FROM jobs')).toEqual([{ attempt: 0 }]);
    await new Promise<void>((resolve) => rig.app.server.listen(port, '127.0.0.1', resolve));
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 0 });
  });
});
