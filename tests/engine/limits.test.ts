import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, type RawApp, startRawApp, stepPlanned, stepRun } from './raw-app';
import { createRig, type Rig, until } from './setup';

const MB = 1_024 * 1_024;
const DAY_MS = 86_400_000;

let rig: Rig;
let raw: RawApp;
let ran = 0;

const manySteps = (count: number) => Array.from({ length: count }, (_, n) => stepRun(`s${n}`, n));
const largeSteps = (count: number) => Array.from({ length: count }, (_, n) => stepRun(`s${n}`, 'x'.repeat(3.5 * MB)));

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'fine', triggers: [{ event: 'limits/fine' }] }, async ({ step }) =>
      step.run('a', () => 'fine'),
    ),
    client.createFunction({ id: 'plan', retries: 0, triggers: [{ event: 'limits/plan' }] }, async ({ step }) => {
      await Promise.all(Array.from({ length: 1_001 }, (_, n) => step.run(`s${n}`, () => ran++)));
    }),
    client.createFunction(
      { id: 'loop', retries: 0, checkpointing: { bufferedSteps: 50 }, triggers: [{ event: 'limits/loop' }] },
      async ({ step }) => {
        for (let n = 0; n < 1_100; n++) await step.run(`s${n}`, () => ran++);
      },
    ),
    client.createFunction({ id: 'large-step', triggers: [{ event: 'limits/large-step' }] }, async ({ step, event }) => {
      const text = await step.run('large', () => 'x'.repeat(event.data.mb * MB));
      return step.run('after', () => {
        ran++;
        return text.length;
      });
    }),
    client.createFunction(
      { id: 'large-step-alone', checkpointing: false, triggers: [{ event: 'limits/large-step-alone' }] },
      async ({ step }) => step.run('large', () => 'x'.repeat(5 * MB)),
    ),
    client.createFunction({ id: 'large-result', triggers: [{ event: 'limits/large-result' }] }, async ({ event }) => {
      ran++;
      return 'x'.repeat(event.data.mb * MB);
    }),
    client.createFunction({ id: 'hoards', triggers: [{ event: 'limits/hoards' }] }, async ({ step }) => {
      for (let n = 0; n < 20; n++) {
        await step.run(`s${n}`, () => {
          ran++;
          return 'x'.repeat(3.5 * MB);
        });
      }
    }),
    client.createFunction({ id: 'sleeps', triggers: [{ event: 'limits/sleeps' }] }, async ({ step, event }) => {
      const { days, until: end } = event.data;
      if (end) await step.sleepUntil('nap', end);
      else await step.sleep('nap', days * DAY_MS);
    }),
    client.createFunction({ id: 'waits', triggers: [{ event: 'limits/waits' }] }, async ({ step, event }) =>
      step.waitForEvent('wait', { event: 'limits/never', timeout: event.data.days * DAY_MS }),
    ),
  ]);
  raw = await startRawApp(rig, 'raw', {
    thousand: {
      answer: ({ body, response }) =>
        body.ctx.stack.stack.length === 0
          ? answer(response, 206, manySteps(1_000))
          : answer(response, 200, String(Object.keys(body.steps).length)),
    },
    'thousand-one': { answer: ({ response }) => answer(response, 206, manySteps(1_001)) },
    'thousand-planned': {
      answer: ({ step, response }) => {
        if (step === 'step')
          answer(response, 206, [...manySteps(600), ...Array.from({ length: 401 }, (_, n) => stepPlanned(`p${n}`))]);
        else answer(response, 206, [stepRun(step, ran++)]);
      },
    },
    'much-state': { answer: ({ response }) => answer(response, 206, largeSteps(10)) },
    'enough-state': {
      answer: ({ body, response }) =>
        body.ctx.stack.stack.length === 0 ? answer(response, 206, largeSteps(8)) : answer(response, 200, '"fits"'),
    },
  });
});
afterAll(async () => {
  await raw.close();
  await rig.close();
});

/** Ends with this error, without another attempt, while another function works. */
async function fails(name: string, data: Record<string, unknown>, error: object): Promise<void> {
  const id = await rig.send(name, data);
  expect(await rig.ended(await rig.send('limits/fine'))).toMatchObject({ status: 'Completed', output: 'fine' });
  const run = await rig.ended(id);
  expect(run).toMatchObject({ status: 'Failed', output: error });
  const left = await rig.db.query(
    'SELECT 1 FROM jobs WHERE run_id = $1 UNION ALL SELECT 1 FROM timers WHERE run_id = $1 UNION ALL SELECT 1 FROM waits WHERE run_id = $1',
    [run.run_id],
  );
  expect(left).toEqual([]);
}

describe('a run of more than 1,000 steps', () => {
  const error = { name: 'InngestErrFunctionOverflowed', message: 'the run has more than 1000 steps' };

  it('fails before a plan beyond it begins', async () => {
    ran = 0;
    await fails('limits/plan', {}, error);
    await fails('raw/thousand-planned', {}, error);
    expect(ran).toBe(0);
  });

  it('fails when one answer holds them', () => fails('raw/thousand-one', {}, error));

  it('fails at the checkpoint that passes it, and the SDK stops there', async () => {
    ran = 0;
    await fails('limits/loop', {}, error);
    await rig.settled();
    expect(ran).toBe(1_050);
  });

  it('is one that has 1,001: a thousand are allowed', async () => {
    expect(await rig.ended(await rig.send('raw/thousand'))).toMatchObject({ status: 'Completed', output: 1_000 });
  });
});

describe('a result of more than 4 MB', () => {
  const error = { name: 'output_too_large', message: 'the result of step large is larger than 4194304 bytes' };

  it('fails the run, by checkpoint and without', async () => {
    ran = 0;
    await fails('limits/large-step', { mb: 5 }, error);
    await fails('limits/large-step-alone', {}, error);
    expect(ran).toBe(0);
  });

  it('may not be returned either', async () => {
    ran = 0;
    await fails(
      'limits/large-result',
      { mb: 5 },
      { name: 'output_too_large', message: expect.stringContaining('what the run returned') },
    );
    expect(ran).toBe(1);
  });

  it('is allowed just below', async () => {
    const length = 3.9 * MB;
    const [step, result] = await rig.allEnded([
      await rig.send('limits/large-step', { mb: 3.9 }),
      await rig.send('limits/large-result', { mb: 3.9 }),
    ]);
    expect(step).toMatchObject({ status: 'Completed', output: Math.floor(length) });
    expect(result).toMatchObject({ status: 'Completed' });
  });
});

describe('results of more than 32 MB together', () => {
  const error = {
    name: 'InngestErrStateOverflowed',
    message: expect.stringContaining('larger than 33554432 bytes together'),
  };

  it('fail the run, in one answer or checkpoint by checkpoint', async () => {
    await fails('raw/much-state', {}, error);
    ran = 0;
    await fails('limits/hoards', {}, error);
    await rig.settled();
    expect(ran).toBe(10);
  });

  it('are allowed just below', async () => {
    expect(await rig.ended(await rig.send('raw/enough-state'))).toMatchObject({ status: 'Completed', output: 'fits' });
  });
});

describe('more than 366 days', () => {
  const error = { name: 'InngestErrTimeoutTooLong', message: 'a sleep or wait may last 366 days at most' };

  it('are too long for a sleep or a wait', async () => {
    await fails('limits/sleeps', { days: 367 }, error);
    await fails('limits/sleeps', { until: new Date(Date.now() + 400 * DAY_MS).toISOString() }, error);
    await fails('limits/waits', { days: 367 }, error);
  });

  it('is one more than allowed', async () => {
    await rig.sendAll('limits/sleeps', [{ days: 365 }, { until: new Date(Date.now() + 365 * DAY_MS).toISOString() }]);
    await rig.send('limits/waits', { days: 365 });
    await until(async () => {
      const rows = await rig.db.query(`SELECT 1 FROM timers WHERE due_at > now() + interval '364 days'`);
      return rows.length === 3;
    });
  });
});
