import type { Inngest } from 'inngest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Passing, serveBehindProxy } from './proxy';
import { type Asked, answer, startRawApp, stepRun } from './raw-app';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
let app: { client: Inngest; close: () => Promise<void> };
let ran: string[] = [];
/** Steps that wait until a test lets them go on, in the order in which they came. */
let gates: (() => void)[] = [];
const calls: Passing[] = [];
const checkpoints: Passing[] = [];
/** What becomes of checkpoints: they pass, their answers are lost, or they do not come through. */
let trouble: 'none' | 'answers' | 'requests' = 'none';

function functionsOf(client: Inngest) {
  const three = (id: string, checkpointing: boolean | { bufferedSteps?: number; maxRuntime?: string }) =>
    client.createFunction(
      { id, checkpointing: checkpointing as boolean, triggers: [{ event: `checkpoints/${id}` }] },
      async ({ step, event, attempt }) => {
        for (const name of ['a', 'b', 'c']) {
          await step.run(name, async () => {
            ran.push(name);
            if (event.data.slow === name) await pause(1_200);
            if (event.data.held === name) await new Promise<void>((open) => gates.push(open));
            if (event.data.fails === name && attempt === 0) throw new Error('not at first');
            return name;
          });
        }
        return ran.length;
      },
    );
  return [
    three('plain', true),
    three('off', false),
    three('buffered', { bufferedSteps: 2 }),
    three('short', { maxRuntime: '1s' }),
  ];
}

beforeAll(async () => {
  rig = await createRig(() => []);
  app = await serveBehindProxy(rig.engine.url, 'cp', functionsOf, {
    toApp: (passing, forward) => {
      calls.push(passing);
      return forward();
    },
    toEngine: async (passing, forward) => {
      if (!passing.path.startsWith('/v1/checkpoint/')) return forward();
      checkpoints.push(passing);
      if (trouble === 'requests') return undefined;
      const passed = await forward();
      return trouble === 'answers' ? undefined : passed;
    },
  });
});
beforeEach(() => {
  ran = [];
  gates = [];
  trouble = 'none';
  calls.length = 0;
  checkpoints.length = 0;
});
afterAll(async () => {
  await app.close();
  await rig.close();
});

const run = async (fn: string, data: Record<string, unknown> = {}) =>
  rig.ended(await rig.send(`checkpoints/${fn}`, data));

async function memos(): Promise<string[]> {
  const rows = await rig.db.query<{ name: string }>(
    `SELECT s.name FROM steps s JOIN runs r ON r.id = s.run_id WHERE r.ended_at IS NULL AND s.memo IS NOT NULL ORDER BY s.name`,
  );
  return rows.map((row) => row.name);
}

describe('checkpoints', () => {
  it('take the result of each step before the next begins, within one request', async () => {
    const id = await rig.send('checkpoints/plain', { held: 'c' });
    await until(() => gates.length === 1);
    expect(await memos()).toEqual(['a', 'b']);
    gates[0]?.();
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 3 });
    expect(calls).toHaveLength(1);
    expect(checkpoints).toHaveLength(3);
    expect(checkpoints.every(({ headers }) => /^Bearer signkey-test-/.test(String(headers.authorization)))).toBe(true);
  });

  it('may be declined: then every step is a request', async () => {
    expect(await run('off')).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'c']);
    expect([calls.length, checkpoints.length]).toEqual([4, 0]);
  });

  it('may bring several results', async () => {
    expect(await run('buffered')).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'c']);
    // The last result comes with the answer.
    expect([calls.length, checkpoints.length]).toEqual([1, 1]);
  });

  it('end after the longest time that the app gives a request: it goes on with another', async () => {
    expect(await run('short', { slow: 'a' })).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(calls.length).toBeGreaterThan(1);
  });

  it('keep what was done when a later step fails', async () => {
    expect(await run('plain', { fails: 'b' })).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'b', 'c']);
  });

  it('lose nothing and repeat nothing when their answers get lost', async () => {
    trouble = 'answers';
    const id = await rig.send('checkpoints/plain');
    await until(() => calls.length > 1);
    trouble = 'none';
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('lose nothing and repeat nothing when they do not come through', async () => {
    trouble = 'requests';
    const id = await rig.send('checkpoints/plain');
    await until(() => calls.length > 1);
    trouble = 'none';
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('of a request that was superseded are answered 409, and it stops', async () => {
    const id = await rig.send('checkpoints/plain', { held: 'a' });
    await until(() => gates.length === 1);
    // As if its engine had died and another had taken the job over.
    await rig.db.query(`UPDATE jobs SET lease_owner = 'dead', lease_until = now() - interval '1 second'`);
    await until(() => gates.length === 2);
    gates[0]?.();
    await until(() => checkpoints.length > 0);
    const [mine] = checkpoints;
    const reply = await rig.api(mine?.path ?? '', { method: 'POST', body: mine?.body ?? '' });
    expect(reply).toMatchObject({ status: 409, body: { error: 'stale dispatch' } });
    gates[1]?.();
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
    // The step that was under way twice ran twice; nothing after it did.
    expect(ran).toEqual(['a', 'a', 'b', 'c']);
  });
});

describe('a checkpoint by hand', () => {
  const held: Asked[] = [];
  const post = (runId: string, body: unknown) =>
    rig.api(`/v1/checkpoint/${runId}/async`, { method: 'POST', body: JSON.stringify(body) });

  it('is taken once for each step, whatever comes later', async () => {
    const raw = await startRawApp(rig, 'hand', {
      fn: {
        answer: (asked) => {
          if (asked.body.ctx.stack.stack.length > 0) answer(asked.response, 200, asked.body.steps);
          else held.push(asked);
        },
      },
    });
    const id = await rig.send('hand/fn');
    await until(() => held.length === 1);
    const { ctx } = held[0]?.body ?? { ctx: undefined };
    const lease = { run_id: ctx?.run_id, fn_id: ctx?.fn_id, qi_id: ctx?.qi_id, generation_id: ctx?.generation_id };
    const runId = ctx?.run_id ?? '';
    expect((await post(runId, { ...lease, steps: [stepRun('a', 1), stepRun('b', 2)] })).status).toBe(200);
    expect((await post(runId, { ...lease, steps: [stepRun('a', 'other')] })).status).toBe(200);
    for (const wrong of [
      { ...lease, generation_id: 99, steps: [stepRun('x')] },
      { ...lease, qi_id: '999999', steps: [stepRun('x')] },
    ])
      expect((await post(runId, wrong)).status).toBe(409);
    expect((await post('01ANOTHERRUN', { ...lease, steps: [stepRun('x')] })).status).toBe(409);
    for (const malformed of [
      {},
      { ...lease },
      { ...lease, steps: 'a' },
      { ...lease, steps: [null] },
      { ...lease, steps: [{ op: 'StepRun' }] },
      { ...lease, qi_id: "1'; DROP TABLE runs", steps: [] },
      { ...lease, generation_id: 'x', steps: [] },
    ])
      expect((await post(runId, malformed)).status).toBe(400);
    answer((held[0] as Asked).response, 206, [stepRun('b', 'again'), stepRun('c', 3)]);
    expect(await rig.ended(id)).toMatchObject({ output: { a: { data: 1 }, b: { data: 2 }, c: { data: 3 } } });
    expect((await post(runId, { ...lease, steps: [stepRun('d')] })).status).toBe(409);
    await raw.close();
  });
});
