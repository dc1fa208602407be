import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { readRegistration, register as registerWith } from '../../inngest/engine/catalog/registration';
import { Origins } from '../../inngest/engine/protocol/origins';
import { openDatabase } from '../../inngest/engine/store/database';
import { type Asked, answer, functionConfig, registration, startRawApp, stepPlanned } from './raw-app';
import { apiOf, createRig, databaseBeside, EVENT_KEY, engineOptions, type Rig, until } from './setup';

/** Long; where it is over at once, a test says so. */
const GRACE_MS = 3_600_000;

let rig: Rig;

beforeAll(async () => {
  rig = await createRig(
    (client) => [client.createFunction({ id: 'stays', triggers: [{ event: 'sync/stays' }] }, async () => 'stays')],
    { missingMs: GRACE_MS },
  );
});
afterAll(() => rig.close());

function register(app: string, functions: unknown[]) {
  return rig.api('/fn/register', { method: 'POST', body: JSON.stringify(registration(app, functions)) });
}

async function slugs(): Promise<string[]> {
  const { body } = await rig.api('/dev');
  return (body as { functions: { slug: string }[] }).functions.map((fn) => fn.slug).sort();
}

describe('a registration', () => {
  it('replaces the functions of its app and of no other', async () => {
    const [a, b] = [functionConfig('one', 'a'), functionConfig('one', 'b')];
    expect(await register('one', [a, b])).toMatchObject({
      status: 200,
      body: { ok: true, modified: true, app_id: expect.any(String), sync_id: expect.any(String) },
    });
    await register('two', [functionConfig('two', 'c')]);
    expect(await slugs()).toEqual(['one-a', 'one-b', 'test-stays', 'two-c']);
    expect(await register('one', [a, b])).toMatchObject({ body: { modified: false } });
    expect(await register('one', [b, a])).toMatchObject({ body: { modified: true } });
    expect(await register('one', [a])).toMatchObject({ body: { modified: true } });
    expect(await slugs()).toEqual(['one-a', 'test-stays', 'two-c']);
    expect(await register('one', [])).toMatchObject({ status: 200, body: { modified: true } });
    expect(await slugs()).toEqual(['test-stays', 'two-c']);
    expect(await register('one', [a, b])).toMatchObject({ body: { modified: true } });
    expect(await slugs()).toEqual(['one-a', 'one-b', 'test-stays', 'two-c']);
  });

  it('that is refused leaves everything as it was', async () => {
    await register('kept', [functionConfig('kept', 'a')]);
    const broken = functionConfig('kept', 'b', 'nonsense');
    expect((await register('kept', [functionConfig('kept', 'c'), broken])).status).toBe(400);
    expect(await slugs()).toContain('kept-a');
    expect(await slugs()).not.toContain('kept-c');
  });

  it('without a function cancels what was queued for it, wherever it waits, once the grace period is over', async () => {
    const held: Asked[] = [];
    const app = await startRawApp(rig, 'gone', {
      running: { answer: (asked) => void held.push(asked) },
      sleeping: {
        answer: ({ response }) => answer(response, 206, [{ id: 's', op: 'Sleep', name: '1h' }]),
      },
      planned: {
        answer: ({ step, response }) => {
          if (step === 'step') answer(response, 206, [stepPlanned('a'), stepPlanned('b')]);
          else answer(response, 500, { name: 'Error', message: 'later' }, { 'retry-after': '3600' });
        },
      },
      limited: { config: { concurrency: 1 }, answer: (asked) => void held.push(asked) },
      batched: { config: { batchEvents: { maxSize: 9, timeout: '1h' } }, answer: () => undefined },
      quiet: { config: { debounce: { period: '1h' } }, answer: () => undefined },
      stays: { answer: ({ response }) => answer(response, 200, '"stays"') },
    });
    const names = ['running', 'sleeping', 'planned', 'limited', 'limited', 'batched', 'quiet'];
    const { ids } = await rig.client.send(names.map((name) => ({ name: `gone/${name}`, data: {} })));
    const future = await rig.send('gone/sleeping', {}, { ts: Date.now() + 3_600_000 });
    await until(async () => {
      const [now] = await rig.db.query<{ n: number }>(
        `SELECT ((SELECT count(*) FROM jobs WHERE state IN ('delayed', 'waiting')) + (SELECT count(*) FROM timers)
           + (SELECT count(*) FROM batches) + (SELECT count(*) FROM debounces))::integer AS n`,
      );
      return held.length === 2 && (now?.n ?? 0) >= 7;
    });
    expect(await app.register(['stays'])).toMatchObject({ status: 200, body: { modified: true } });
    await rig.db.query(`UPDATE functions SET missing_since = missing_since - interval '2 hours'`);
    const runs = await rig.allEnded([...ids.slice(0, 5), future]);
    expect(runs.map((run) => run.status)).toEqual(Array.from({ length: 6 }, () => 'Cancelled'));
    for (const { response } of held) answer(response, 200, '"too late"');
    expect(await rig.ended(await rig.send('gone/stays'))).toMatchObject({ status: 'Completed' });
    for (const table of ['jobs', 'timers', 'batches', 'debounces', 'slots WHERE used > 0'])
      expect({ table, left: await rig.db.query(`SELECT 1 FROM ${table}`) }).toEqual({ table, left: [] });
    expect(await rig.runsOf(ids[0] ?? '')).toMatchObject([{ status: 'Cancelled', output: null }]);
    await app.close();
  });

  it('of a half-deployed app that names fewer functions ends no run of the missing ones, and sends none of them', async () => {
    let asked = 0;
    const app = await startRawApp(rig, 'half', {
      sleeping: {
        answer: ({ body, response }) => {
          if (body.ctx.stack.stack.length > 0) answer(response, 200, '"slept"');
          else answer(response, 206, [{ id: 's', op: 'Sleep', name: '1s' }]);
        },
      },
      later: {
        answer: ({ response }) => {
          asked++;
          answer(response, 200, '"ran"');
        },
      },
      stays: { answer: ({ response }) => answer(response, 200, '"stays"') },
    });
    const sleeping = await rig.send('half/sleeping');
    await until(async () => (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step'`)).length === 1);
    await app.register(['stays']);
    expect(await slugs()).not.toContain('half-later');
    const later = await rig.send('half/later');
    await until(async () => (await rig.runsOf(later)).length === 1);
    // Its sleep is over, and it waits to be called.
    await until(async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'ready'`)).length === 2);
    await rig.ended(await rig.send('half/stays'));
    expect(await rig.runsOf(sleeping)).toMatchObject([{ status: 'Running' }]);
    expect(asked).toBe(0);
    await app.register(['stays', 'later', 'sleeping']);
    expect(await rig.ended(later)).toMatchObject({ status: 'Completed', output: 'ran' });
    expect(await rig.ended(sleeping)).toMatchObject({ status: 'Completed', output: 'slept' });
    await app.close();
  });

  it('with another process counts at once for the events that come after it', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'two_processes');
    // No sweep would find this one in time, and no notification is sent.
    const engine = await startEngine({ ...engineOptions(rig.db, { tickMs: 600_000 }), databaseUrl: url });
    const api = apiOf(engine.url);
    const app = await startRawApp({ api }, 'known', {
      fn: { answer: ({ response }) => answer(response, 200, '"ran"') },
    });
    const elsewhere = openDatabase(url, 1);
    const fresh = functionConfig('fresh', 'fn', app.url);
    await registerWith(elsewhere, readRegistration(registration('fresh', [fresh], app.url)), new Origins([[app.url]]));
    const sent = await fetch(`${engine.url}/e/${EVENT_KEY}`, { method: 'POST', body: '{"name":"fresh/fn"}' });
    const { ids } = (await sent.json()) as { ids: string[] };
    await until(async () => {
      const { body } = await api(`/v1/events/${ids[0]}/runs`);
      return (body as { data: unknown[] }).data.length === 1;
    });
    await elsewhere.close();
    await engine.close(100);
    await app.close();
    await drop();
  });

  it('with a higher limit lets at once through what waited', async () => {
    const held: Asked[] = [];
    const app = await startRawApp(rig, 'grows', {
      fn: { config: { concurrency: 1 }, answer: (asked) => void held.push(asked) },
    });
    const ids = await rig.sendAll('grows/fn', [{}, {}, {}]);
    await until(() => held.length === 1);
    await until(async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'waiting'`)).length === 2);
    await app.register(['fn'], { fn: { concurrency: 3 } });
    await until(() => held.length === 3);
    for (const { response } of held) answer(response, 200, 'null');
    await rig.allEnded(ids);
    await app.close();
  });
});

const step = (runtime: object, retries?: object) => ({
  steps: { step: { id: 'step', name: 'step', runtime, retries } },
});
const http = { type: 'http', url: 'http://127.0.0.1:1/' };

/** What is wrong, and what the refusal says beside the name of the function. */
const INVALID: [object, string][] = [
  [{ id: '' }, 'id'],
  [{ triggers: 'x' }, 'triggers'],
  [{ triggers: [null, 7] }, 'triggers.1'],
  [{ triggers: [{}] }, 'a trigger is either an event or a cron'],
  [{ triggers: [{ event: 'x', cron: '* * * * *' }] }, 'a trigger is either an event or a cron'],
  [{ triggers: [{ event: 'x'.repeat(256) }] }, 'triggers.0.event'],
  [{ triggers: Array.from({ length: 11 }, (_, n) => ({ event: `e${n}` })) }, 'triggers: Too big'],
  [{ triggers: [{ event: 'x' }, { event: 'x' }] }, 'the same trigger appears twice'],
  [{ triggers: [{ event: 'x', expression: 'event.data.' }] }, 'expression event.data.'],
  [{ triggers: [{ cron: 'not a cron' }] }, 'cron needs five fields'],
  [{ triggers: [{ cron: '61 * * * *' }] }, 'invalid cron'],
  [{ triggers: [{ cron: 'TZ=Mars/Base 0 9 * * 1' }] }, 'invalid cron'],
  [{ triggers: [{ cron: '* * * * * *' }] }, 'cron needs five fields'],
  [{ triggers: [{ cron: '@daily' }] }, 'cron needs five fields'],
  [{ triggers: [{ cron: '0 9 * * 1' }, { cron: '0 9 * * 1', jitter: '5s' }] }, 'the same trigger appears twice'],
  [{ triggers: [{ cron: '0 9 * * 1', jitter: '6m' }] }, 'jitter is out of bounds'],
  [{ triggers: [{ cron: '0 9 * * 1', jitter: 'often' }] }, 'jitter is no duration'],
  [{ steps: {} }, 'one step is needed'],
  [{ steps: undefined }, 'steps'],
  [step({ type: 'http', url: 'ftp://x/' }), 'url'],
  [step({ type: 'http' }), 'url'],
  [step(http, { attempts: 21 }), 'retries.attempts'],
  [step(http, { attempts: -1 }), 'retries.attempts'],
  [step(http, { attempts: 1.5 }), 'retries.attempts'],
  [{ concurrency: 'many' }, 'concurrency'],
  [{ concurrency: [{ limit: 1.5 }] }, 'concurrency'],
  [{ concurrency: [1, 2, 3].map((limit) => ({ limit })) }, 'concurrency'],
  [{ concurrency: [{ limit: 1, scope: 'env' }] }, 'a concurrency scope other than fn needs a key'],
  [{ concurrency: [{ limit: 1, key: 'event.' }] }, 'expression event.'],
  [{ throttle: { limit: 1, period: 'soon' } }, 'throttle.period is no duration'],
  [{ throttle: { limit: 1 } }, 'throttle.period'],
  [{ rateLimit: { limit: 0, period: '1h' } }, 'rateLimit.limit'],
  [{ rateLimit: { limit: 1, period: '25h' } }, 'rateLimit.period is out of bounds'],
  [{ debounce: { period: '8d' } }, 'debounce.period is out of bounds'],
  [{ debounce: { period: '500ms' } }, 'debounce.period is out of bounds'],
  [{ debounce: { period: '1s', key: ')' } }, 'expression )'],
  [{ batchEvents: { maxSize: 1, timeout: '1s' } }, 'batchEvents.maxSize'],
  [{ batchEvents: { maxSize: 2, timeout: '10ms' } }, 'batchEvents.timeout is out of bounds'],
  [{ batchEvents: { maxSize: 2, timeout: '1s' }, cancel: [{ event: 'x' }] }, 'batchEvents cannot be used with'],
  [{ batchEvents: { maxSize: 2, timeout: '1s' }, debounce: { period: '1s' } }, 'batchEvents cannot be used with'],
  [{ batchEvents: { maxSize: 2, timeout: '1s' }, singleton: { mode: 'skip' } }, 'batchEvents cannot be used with'],
  [{ batchEvents: { maxSize: 2, timeout: '1s' }, priority: { run: '1' } }, 'batchEvents cannot be used with'],
  [{ cancel: Array.from({ length: 6 }, (_, n) => ({ event: `e${n}` })) }, 'cancel'],
  [{ cancel: [{ event: 'x', timeout: 'never' }] }, 'cancel.timeout is neither a duration nor a date'],
  [{ cancel: [{ event: 'x', if: 'event.data.id ==' }] }, 'expression event.data.id =='],
  [{ timeouts: { start: '1 hour' } }, 'timeouts.start is no duration'],
  [{ timeouts: { finish: 7 } }, 'timeouts.finish'],
  [{ singleton: { mode: 'queue' } }, 'singleton.mode'],
  [{ priority: { run: 'event.data.p +' } }, 'expression event.data.p +'],
  [{ idempotency: 'event.data[' }, 'expression event.data['],
];

describe('a function is refused', () => {
  it.each(INVALID)('with %j', async (wrong, message) => {
    const reply = await register('wrong', [functionConfig('wrong', 'fn', undefined, wrong)]);
    expect(reply).toMatchObject({
      status: 400,
      body: { status: 400, data: null, error: expect.stringMatching(/^At least one function is invalid: /) },
    });
    expect((reply.body as { error: string }).error).toContain(message);
    expect(await slugs()).not.toContain('wrong-fn');
  });

  it('when it is none, has no app, or is there twice', async () => {
    expect(await register('wrong', [7])).toMatchObject({ status: 400 });
    const twice = functionConfig('wrong', 'fn');
    expect(await register('wrong', [twice, twice])).toMatchObject({
      body: { error: 'two functions have the same id' },
    });
    expect(await register('', [])).toMatchObject({ body: { error: 'the registration has no app name or url' } });
    for (const body of ['[]', '{}', '7', '"x"', '{"functions":{}}', '{"broken'])
      expect((await rig.api('/fn/register', { method: 'POST', body })).status).toBe(400);
  });

  it('not for what an SDK leaves open', async () => {
    const open = {
      triggers: [
        { event: 'x', expression: null },
        { event: 'x', expression: 'true' },
        { cron: 'CRON_TZ=UTC 0 9 * * 1' },
      ],
      ...step(http, {}),
      concurrency: [{ limit: 0 }, { limit: 3, key: null }],
      cancel: [{ event: 'x', timeout: '2100-01-01T00:00:00.000Z' }],
      throttle: { limit: 0, period: '1m' },
      rateLimit: null,
      singleton: {},
      timeouts: { start: null, finish: '1d2h' },
      something: { new: true },
    };
    expect(await register('open', [functionConfig('open', 'fn', undefined, open)])).toMatchObject({ status: 200 });
    expect(await slugs()).toContain('open-fn');
  });
});
