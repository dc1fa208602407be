import { createHash } from 'node:crypto';
import type { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Passing, serveBehindProxy } from './proxy';
import type { Execution } from './raw-app';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
let app: { client: Inngest; close: () => Promise<void> };
const passed: Passing[] = [];

const NAMES = ['a', 'nap', 'b', 'c', 'wait', 'wait-none', 'inv', 'inv-fail', 'flaky', 'send', 's', 'long', 'x', 'y'];
const nameOf = new Map(NAMES.map((name) => [createHash('sha1').update(name).digest('hex'), name]));

function functionsOf(client: Inngest) {
  const child = client.createFunction({ id: 'child', retries: 0, triggers: [] }, async ({ event }) => {
    const { n } = event.data as { n: number };
    if (n === 0) throw new Error('child boom');
    return { doubled: n * 2 };
  });
  return [
    child,
    // The walk that was recorded with the official server.
    client.createFunction(
      { id: 'walk', retries: 3, triggers: [{ event: 'requests/walk' }] },
      async ({ step, event, attempt }) => {
        await step.run('a', () => ({ v: 1 }));
        await step.sleep('nap', '1s');
        await Promise.all([step.run('b', () => 'B'), step.run('c', () => 'C')]);
        await step.waitForEvent('wait', { event: 'requests/go', timeout: '1h', if: 'event.data.id == async.data.id' });
        await step.waitForEvent('wait-none', { event: 'requests/never', timeout: '2s' });
        await step.invoke('inv', { function: child, data: { n: 21 } });
        await step.invoke('inv-fail', { function: child, data: { n: 0 } }).catch(() => undefined);
        await step.run('flaky', () => {
          if (attempt === 0) throw new Error('flaky');
          return 'ok';
        });
        await step.sendEvent('send', { name: 'requests/sent', data: { of: event.id } });
        return 'walked';
      },
    ),
    client.createFunction({ id: 'mixed', triggers: [{ event: 'requests/mixed' }] }, async ({ step }) => {
      await Promise.all([step.run('s', () => 1), step.sleep('long', '1h')]);
      return step.run('x', () => 2);
    }),
    client.createFunction(
      { id: 'old', optimizeParallelism: false, triggers: [{ event: 'requests/old' }] },
      async ({ step }) => {
        await Promise.all([step.run('x', () => 1), step.run('y', () => 2)]);
      },
    ),
    client.createFunction(
      { id: 'batch', batchEvents: { maxSize: 2, timeout: '60s' }, triggers: [{ event: 'requests/batch' }] },
      async () => null,
    ),
  ];
}

beforeAll(async () => {
  rig = await createRig(() => []);
  app = await serveBehindProxy(rig.engine.url, 'seen', functionsOf, {
    toApp: (passing, forward) => {
      passed.push(passing);
      return forward();
    },
  });
});
afterAll(async () => {
  await app.close();
  await rig.close();
});

interface Seen {
  step: string;
  stack: string[];
  isolated: boolean;
  attempt: number;
  version: number;
  generation: number;
  body: Execution;
  headers: Passing['headers'];
}

/** The requests of a run, in their order, with the names of the steps instead of their hashes. */
function seen(fn: string): Seen[] {
  return passed.flatMap((passing) => {
    const { searchParams } = new URL(passing.path, 'http://app');
    if (searchParams.get('fnId') !== `seen-${fn}`) return [];
    const body = JSON.parse(passing.body) as Execution;
    const { ctx } = body;
    const step = searchParams.get('stepId') ?? '';
    return {
      step: nameOf.get(step) ?? step,
      stack: ctx.stack.stack.map((id) => nameOf.get(id) ?? id),
      isolated: ctx.disable_immediate_execution,
      attempt: ctx.attempt,
      version: body.version,
      generation: ctx.generation_id,
      body,
      headers: passing.headers,
    };
  });
}

async function timePasses(subject: string): Promise<void> {
  await until(async () => {
    const rows = await rig.db.query(
      `UPDATE timers t SET due_at = now() FROM steps s WHERE s.run_id = t.run_id AND s.step_id = t.step_id AND s.name = $1 RETURNING 1`,
      [subject],
    );
    return rows.length > 0;
  });
}

describe('the walk of a run', () => {
  let runId = '';

  it('asks the app as the official server does', async () => {
    const id = await rig.send('requests/walk', { id: 'w' });
    await timePasses('nap');
    await until(async () => (await rig.db.query(`SELECT 1 FROM waits WHERE subject = 'requests/go'`)).length > 0);
    await rig.send('requests/go', { id: 'other' });
    await rig.send('requests/go', { id: 'w' });
    await timePasses('wait-none');
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'Completed', output: 'walked' });
    runId = run.run_id;
    const walk = seen('walk').map(({ step, stack, isolated, attempt, version }) => ({
      step,
      stack: stack.sort(),
      isolated,
      attempt,
      version,
    }));
    const at = (step: string, stack: string[], more: object = {}) => ({
      step,
      stack: [...stack].sort(),
      isolated: false,
      attempt: 0,
      version: 2,
      ...more,
    });
    const group = walk.slice(2, 4).sort((a, b) => (a.step < b.step ? -1 : 1));
    const done = ['a', 'nap', 'b', 'c'];
    expect([...walk.slice(0, 2), ...group, ...walk.slice(4)]).toEqual([
      at('step', [], { version: -1 }),
      at('step', ['a', 'nap']),
      at('b', ['a', 'nap'], { isolated: true }),
      at('c', ['a', 'nap'], { isolated: true }),
      at('step', done),
      at('step', [...done, 'wait']),
      at('step', [...done, 'wait', 'wait-none']),
      at('step', [...done, 'wait', 'wait-none', 'inv']),
      at('step', [...done, 'wait', 'wait-none', 'inv', 'inv-fail']),
      at('step', [...done, 'wait', 'wait-none', 'inv', 'inv-fail'], { attempt: 1 }),
      at('step', [...done, 'wait', 'wait-none', 'inv', 'inv-fail', 'flaky']),
    ]);
  });

  it('hands back what each step came to, in the order in which they ended', () => {
    const last = seen('walk').at(-1);
    const ids = last?.body.ctx.stack.stack ?? [];
    expect(Object.keys(last?.body.steps ?? {})).toEqual(ids);
    const memos = Object.fromEntries(
      Object.entries(last?.body.steps ?? {}).map(([id, memo]) => [nameOf.get(id), memo]),
    );
    expect(memos).toEqual({
      a: { data: { v: 1 } },
      nap: null,
      b: { data: 'B' },
      c: { data: 'C' },
      wait: { id: expect.any(String), name: 'requests/go', data: { id: 'w' }, ts: expect.any(Number), user: {} },
      'wait-none': null,
      inv: { data: { doubled: 42 } },
      'inv-fail': { error: { name: 'Error', message: 'child boom', stack: expect.any(String) } },
      flaky: { data: 'ok' },
    });
    const order = last?.stack ?? [];
    expect(order.slice(0, 2)).toEqual(['a', 'nap']);
    expect(order.slice(4)).toEqual(['wait', 'wait-none', 'inv', 'inv-fail', 'flaky']);
    expect(seen('walk').every(({ body }) => body.ctx.stack.current === body.ctx.stack.stack.length)).toBe(true);
  });

  it('names the run, the job and each request', () => {
    const requests = seen('walk');
    for (const { body, headers, step } of requests) {
      expect(body.ctx).toMatchObject({ run_id: runId, max_attempts: 4, step_id: 'step', use_api: false, env: '' });
      expect(body).toMatchObject({ use_api: false, defers: {}, events: [body.event] });
      expect(headers).toMatchObject({
        'x-run-id': runId,
        'x-request-id': body.ctx.request_id,
        'x-inngest-job-id': body.ctx.qi_id,
        'x-inngest-generation-id': String(body.ctx.generation_id),
        'x-inngest-req-version': String(body.version),
        'x-inngest-server-kind': 'cloud',
        'content-type': 'application/json',
      });
      expect(headers).not.toHaveProperty('traceparent');
      expect(nameOf.get(String(headers['x-inngest-step-id'])) ?? headers['x-inngest-step-id']).toBe(step);
    }
    expect(new Set(requests.map(({ body }) => body.ctx.request_id)).size).toBe(requests.length);
    expect(new Set(requests.map(({ body }) => body.ctx.fn_id)).size).toBe(1);
    // The attempt that failed and the one after it are the same job under a new lease.
    const [failed, again] = requests.slice(8, 10);
    expect(again?.body.ctx.qi_id).toBe(failed?.body.ctx.qi_id);
    expect(again?.generation).toBe((failed?.generation ?? 0) + 1);
  });
});

describe('other requests', () => {
  it('wait for the whole group, and may then run steps at once again', async () => {
    const id = await rig.send('requests/mixed');
    await until(() => seen('mixed').some(({ step }) => step === 's'));
    await until(async () => (await rig.db.query('SELECT 1 FROM jobs')).length === 0);
    await timePasses('long');
    await rig.ended(id);
    expect(seen('mixed').map(({ step, stack, isolated }) => [step, stack, isolated])).toEqual([
      ['step', [], false],
      ['s', [], true],
      ['step', ['s', 'long'], false],
    ]);
  });

  it('say the version that the app answered with, and come after each step under the old one', async () => {
    await rig.ended(await rig.send('requests/old'));
    const requests = seen('old');
    expect(requests[0]?.version).toBe(-1);
    expect(requests.slice(1).every(({ version }) => version === 1)).toBe(true);
    // After the first of both, while the other is pending, and after the second.
    const discoveries = requests.filter(({ step, stack }) => step === 'step' && stack.length > 0);
    expect(discoveries.map(({ stack }) => stack.length).at(-1)).toBe(2);
    for (const { stack, isolated } of discoveries) expect(isolated).toBe(stack.length === 1);
  });

  it('show all events of a batch', async () => {
    const [first = '', second = ''] = await rig.sendAll('requests/batch', [{ n: 1 }, { n: 2 }]);
    await rig.ended(second);
    const { body } = seen('batch')[0] ?? {};
    expect(body?.event).toMatchObject({ id: first, name: 'requests/batch', data: { n: 1 } });
    expect(body?.events.map((event) => event.id)).toEqual([first, second]);
  });
});
