import { NonRetriableError, StepError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig } from './setup';

let rig: Rig;
const counts = new Map<string, number>();
const count = (key: string) => {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
};

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'plain', triggers: [{ event: 'steps/plain' }] }, async ({ event, runId, attempt }) => ({
      echo: event.data,
      runId: runId.length,
      attempt,
    })),
    client.createFunction({ id: 'three', triggers: [{ event: 'steps/three' }] }, async ({ step }) => {
      const a = await step.run('a', () => count('a'));
      const b = await step.run('b', () => a + 1);
      return step.run('c', () => b + 1);
    }),
    client.createFunction({ id: 'sender', triggers: [{ event: 'steps/sender' }] }, async ({ step }) => {
      const sent = await step.sendEvent('send', { name: 'steps/nothing', data: {} });
      return sent.ids[0];
    }),
    client.createFunction({ id: 'fetcher', retries: 0, triggers: [{ event: 'steps/fetcher' }] }, async ({ step }) =>
      step.fetch('http://127.0.0.1:1/').catch((error: Error) => error.message),
    ),
    client.createFunction({ id: 'nothing', triggers: [{ event: 'steps/nothing' }] }, async () => undefined),
    client.createFunction(
      { id: 'one-by-one', checkpointing: false, triggers: [{ event: 'steps/one-by-one' }] },
      async ({ step }) => {
        const a = await step.run('a', () => 1);
        await step.sleep('nap', '1s');
        const b = await step.run('a', () => a + 1);
        return { a, b };
      },
    ),
    client.createFunction({ id: 'caught', retries: 0, triggers: [{ event: 'steps/caught' }] }, async ({ step }) => {
      try {
        await step.run('bad', () => {
          throw new NonRetriableError('no way');
        });
      } catch (error) {
        return { caught: error instanceof StepError, message: (error as Error).message };
      }
      return 'not reached';
    }),
  ]);
});
afterAll(() => rig.close());

describe('steps', () => {
  it('runs a function without steps and returns its value', async () => {
    const run = await rig.ended(await rig.send('steps/plain', { x: 'ñ\u0000"', list: [1, { y: null }] }));
    expect(run).toMatchObject({
      status: 'Completed',
      function_slug: 'test-plain',
      output: { echo: { x: 'ñ\u0000"', list: [1, { y: null }] }, runId: 26, attempt: 0 },
    });
  });

  it('returns null for undefined', async () => {
    const run = await rig.ended(await rig.send('steps/nothing'));
    expect(run).toMatchObject({ status: 'Completed', output: null });
  });

  it('sends events from a step', async () => {
    const run = await rig.ended(await rig.send('steps/sender'));
    expect(await rig.ended(String(run.output))).toMatchObject({ status: 'Completed', function_slug: 'test-nothing' });
  });

  it('refuses a step that it does not know, instead of hanging', async () => {
    const run = await rig.ended(await rig.send('steps/fetcher'));
    expect(run).toMatchObject({ status: 'Completed', output: 'the embedded engine does not support Gateway' });
  });

  it('runs steps once each, with checkpoints', async () => {
    const run = await rig.ended(await rig.send('steps/three'));
    expect(run).toMatchObject({ status: 'Completed', output: 3 });
    expect(counts.get('a')).toBe(1);
  });

  it('runs steps one request at a time, with a sleep and a repeated id', async () => {
    const run = await rig.ended(await rig.send('steps/one-by-one'));
    expect(run).toMatchObject({ status: 'Completed', output: { a: 1, b: 2 } });
  });

  it('hands a failed step to the code that catches it', async () => {
    const run = await rig.ended(await rig.send('steps/caught'));
    expect(run).toMatchObject({ status: 'Completed', output: { caught: true, message: 'no way' } });
  });
});
