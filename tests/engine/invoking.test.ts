import { type Inngest, NonRetriableError, referenceFunction } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, functionConfig, registration, startRawApp } from './raw-app';
import { createClient, createRig, type Rig, serveApp, until } from './setup';

let rig: Rig;
const gates = new Map<string, () => void>();
let slowEnds = 0;

interface Call {
  target: string;
  data?: Record<string, unknown>;
  timeout?: string;
}

function functionsOf(client: Inngest) {
  const child = client.createFunction(
    { id: 'child', retries: 1, triggers: [{ event: 'invoking/child' }] },
    async ({ event, events, attempt }) => {
      const { fail, once, n } = event.data as { fail?: boolean; once?: boolean; n: number };
      if (fail) throw new NonRetriableError('child boom');
      if (once && attempt === 0) throw new Error('only once');
      return { doubled: n * 2, name: event.name, events: events.length, data: event.data };
    },
  );
  const slow = client.createFunction({ id: 'slow', triggers: [] }, async ({ event }) => {
    await new Promise<void>((open) => gates.set((event.data as { id: string }).id, open));
    slowEnds++;
    return 'slow end';
  });
  const flow = (id: string, options: object) =>
    client.createFunction({ id, ...options, triggers: [{ event: `invoking/${id}` }] }, async ({ events, step }) => {
      if (id === 'single') await step.sleep('long', '1h');
      return events.length;
    });
  return [
    child,
    slow,
    flow('limited', { rateLimit: { limit: 1, period: '1h' } }),
    flow('single', { singleton: { mode: 'skip' } }),
    flow('batched', { batchEvents: { maxSize: 50, timeout: '60s' } }),
    flow('quiet', { debounce: { period: '1h' } }),
    client.createFunction(
      { id: 'parent', retries: 0, triggers: [{ event: 'invoking/parent' }] },
      async ({ step, event }) => {
        const { target, data, timeout } = event.data as Call;
        const fn =
          target === 'child' ? child : referenceFunction({ functionId: target, appId: event.data.app ?? 'test' });
        try {
          return await step.invoke('call', { function: fn, data: data ?? {}, ...(timeout ? { timeout } : {}) });
        } catch (error) {
          const { name, message } = error as Error;
          return { name, message };
        }
      },
    ),
    client.createFunction({ id: 'three', triggers: [{ event: 'invoking/three' }] }, async ({ step }) => {
      const calls = await Promise.all([1, 2, 3].map((n) => step.invoke(`call-${n}`, { function: child, data: { n } })));
      return calls.map((call) => call.doubled);
    }),
    client.createFunction(
      { id: 'nested', triggers: [{ event: 'invoking/nested' }] },
      async ({ step, event }): Promise<number> => {
        const depth = Number(event.data.depth);
        if (depth === 0) return 0;
        const inner = await step.invoke('deeper', {
          function: referenceFunction({ functionId: 'nested', appId: 'test' }),
          data: { depth: depth - 1 },
        });
        return Number(inner) + 1;
      },
    ),
  ];
}

beforeAll(async () => {
  rig = await createRig(functionsOf, { missingMs: 0 });
});
afterAll(() => rig.close());

async function call(request: Call & { app?: string }): Promise<unknown> {
  const run = await rig.ended(await rig.send('invoking/parent', { ...request }));
  expect(run.status).toBe('Completed');
  return run.output;
}

describe('an invocation', () => {
  it('returns what the function returned, which sees one event of its own', async () => {
    const run = await rig.ended(await rig.send('invoking/parent', { target: 'child', data: { n: 21 } }));
    expect(run.output).toMatchObject({ doubled: 42, name: 'inngest/function.invoked', events: 1, data: { n: 21 } });
    const { _inngest } = (run.output as { data: { _inngest: Record<string, string> } }).data;
    expect(_inngest).toMatchObject({ fn_id: 'test-child', correlation_id: expect.stringMatching(`^${run.run_id}\\.`) });
  });

  it('starts no other function, whatever it listens for', async () => {
    const client = createClient(rig.engine.url, 'listener');
    const heard: string[] = [];
    const app = await serveApp(client, [
      client.createFunction({ id: 'all', triggers: [{ event: 'inngest/*' }] }, async ({ event }) =>
        heard.push(event.name),
      ),
    ]);
    await fetch(app.url, { method: 'PUT' });
    await call({ target: 'child', data: { n: 1 } });
    await until(() => heard.length >= 2);
    await rig.settled();
    expect(new Set(heard)).toEqual(new Set(['inngest/function.finished']));
    await app.close();
    const empty = registration('listener', []);
    await rig.api('/fn/register', { method: 'POST', body: JSON.stringify(empty) });
  });

  it('hands over the error of the function, after all its attempts', async () => {
    expect(await call({ target: 'child', data: { fail: true } })).toEqual({
      name: 'NonRetriableError',
      message: 'child boom',
    });
    expect(await call({ target: 'child', data: { once: true, n: 2 } })).toMatchObject({ doubled: 4 });
  });

  it('fails for a function that is not there', async () => {
    expect(await call({ target: 'nope' })).toEqual({
      name: 'Error',
      message: 'could not find function with ID: test-nope',
    });
  });

  it('reaches a function of another app', async () => {
    const app = await startRawApp(rig, 'far', {
      fn: { answer: ({ response }) => answer(response, 200, '"from afar"') },
    });
    expect(await call({ target: 'fn', app: 'far' })).toBe('from afar');
    await app.close();
  });

  it('stops waiting after its timeout, while the function goes on', async () => {
    const id = await rig.send('invoking/parent', { target: 'slow', data: { id: 's1' }, timeout: '1h' });
    await until(() => gates.has('s1'));
    await rig.db.query('UPDATE timers SET due_at = now()');
    expect(await rig.ended(id)).toMatchObject({
      output: { name: 'InngestInvokeTimeoutError', message: 'Timed out waiting for invoked function to complete' },
    });
    expect(slowEnds).toBe(0);
    gates.get('s1')?.();
    await rig.settled();
    expect(slowEnds).toBe(1);
    expect(
      await rig.db.query<{ status: string; output: unknown }>(
        `SELECT r.status, r.output FROM runs r JOIN functions f ON f.id = r.function_id WHERE f.slug = 'test-slow'`,
      ),
    ).toEqual([{ status: 'Completed', output: 'slow end' }]);
  });

  it('waits a year when nothing else is said', async () => {
    const id = await rig.send('invoking/parent', { target: 'slow', data: { id: 's2' } });
    await until(() => gates.has('s2'));
    const rows = await rig.db.query(
      `SELECT 1 FROM timers WHERE due_at BETWEEN now() + interval '364 days' AND now() + interval '366 days'`,
    );
    expect(rows).toHaveLength(1);
    gates.get('s2')?.();
    expect(await rig.ended(id)).toMatchObject({ output: 'slow end' });
  });

  it('may be one of several, and be nested', async () => {
    expect(await rig.ended(await rig.send('invoking/three'))).toMatchObject({ output: [2, 4, 6] });
    expect(await rig.ended(await rig.send('invoking/nested', { depth: 5 }))).toMatchObject({ output: 5 });
  });
});

describe('flow control of an invoked function', () => {
  it('that turns it away fails the step', async () => {
    expect(await call({ target: 'limited' })).toBe(1);
    expect(await call({ target: 'limited' })).toEqual({
      name: 'Error',
      message: 'the invoked function is rate limited',
    });
    await rig.send('invoking/single');
    await until(async () => (await rig.db.query('SELECT 1 FROM singletons')).length === 1);
    expect(await call({ target: 'single' })).toEqual({
      name: 'Error',
      message: 'the invoked function is a singleton and already runs',
    });
  });

  it('does not hold it up: it passes by batches and debounces', async () => {
    await rig.send('invoking/batched');
    expect(await call({ target: 'batched' })).toBe(1);
    expect(await call({ target: 'quiet' })).toBe(1);
    expect(await rig.db.query('SELECT size FROM batches')).toEqual([{ size: 1 }]);
  });

  it('that is removed meanwhile ends the wait', async () => {
    const sleeping = {
      answer: ({ response }: { response: Parameters<typeof answer>[0] }) =>
        answer(response, 206, [{ id: 's', op: 'Sleep', name: '1h' }]),
    };
    const app = await startRawApp(rig, 'leaves', { fn: sleeping });
    const id = await rig.send('invoking/parent', { target: 'fn', app: 'leaves' });
    await until(() => app.asked.length === 1);
    await until(async () => (await rig.db.query(`SELECT 1 FROM steps WHERE name = '1h'`)).length === 1);
    await app.register([]);
    expect(await rig.ended(id)).toMatchObject({ output: { name: 'Error', message: 'invoked function was cancelled' } });
    await app.close();
  });

  it('that is removed before it starts ends the wait, too', async () => {
    const register = (ids: string[]) =>
      rig.api('/fn/register', {
        method: 'POST',
        body: JSON.stringify(
          registration(
            'brief',
            ids.map((id) => functionConfig('brief', id)),
          ),
        ),
      });
    await register(['fn']);
    // As if the sync had come between the invocation and its routing.
    await rig.db.query(`CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.name <> 'inngest/function.invoked' THEN RETURN NEW; END IF;
      INSERT INTO set_aside (seq, event_id, name, function_id) SELECT NEW.seq, NEW.event_id, NEW.name, NEW.function_id;
      RETURN NULL; END $$`);
    await rig.db.query('CREATE TRIGGER hold_back BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION hold_back()');
    const id = await rig.send('invoking/parent', { target: 'fn', app: 'brief' });
    await until(async () => (await rig.db.query('SELECT 1 FROM set_aside')).length === 1);
    await register([]);
    await until(async () => (await rig.db.query('SELECT 1 FROM functions WHERE removed_at IS NOT NULL')).length > 0);
    await rig.db.query('DROP TRIGGER hold_back ON inbox');
    expect(await rig.api('/v1/queue/release', { method: 'POST' })).toMatchObject({ body: { data: { released: 1 } } });
    expect(await rig.ended(id)).toMatchObject({
      output: {
        name: 'Error',
        message: expect.stringMatching(/^(could not find function with ID: brief-fn|invoked function was cancelled)$/),
      },
    });
  });
});

describe('a function started over HTTP', () => {
  it('runs with the data that was sent', async () => {
    const { status, body } = await rig.api('/invoke/test-child', {
      method: 'POST',
      body: JSON.stringify({ data: { n: 4 } }),
    });
    expect(status).toBe(200);
    expect(await rig.ended((body as { id: string }).id)).toMatchObject({
      output: { doubled: 8, name: 'inngest/function.invoked' },
    });
  });

  it('may be sent anything, but must be there', async () => {
    for (const text of ['', '{}', '[]', '7', '{"data":"text"}', '{"data":{"_inngest":{"correlation_id":"x.y"}}}'])
      expect((await rig.api('/invoke/test-child', { method: 'POST', body: text })).status).toBe(200);
    expect((await rig.api('/invoke/test-child', { method: 'POST', body: '{"broken' })).status).toBe(400);
    expect(await rig.api('/invoke/test-nope', { method: 'POST', body: '{}' })).toMatchObject({
      status: 404,
      body: { error: 'could not find function with ID: test-nope' },
    });
  });
});
