import { pipeline, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEngine, startEngine } from '../../inngest/engine';
import { type Asked, answer, type RawApp, type RawFunction, registration, startRawApp } from './raw-app';
import { apiOf, createClient, createRig, engineOptions, type Rig, serveApp, until } from './setup';

let rig: Rig;
let raw: RawApp;

/** Writes whatever it likes, past what the SDK would do. */
function plain(status: number, body: string, headers: object = {}): RawFunction {
  return { answer: ({ response }) => void response.writeHead(status, { ...headers }).end(body) };
}

function sdk(status: number, body: unknown, headers: object = {}): RawFunction {
  return { answer: ({ response }) => answer(response, status, body, headers) };
}

/** What an app may answer, and what the run fails with. */
const CASES: Record<string, [RawFunction, string]> = {
  html: [plain(200, '<html>hello</html>', { 'content-type': 'text/html' }), 'did not answer as an Inngest SDK'],
  'json-of-somebody': [plain(200, '{"ok":true}'), 'did not answer as an Inngest SDK'],
  'ops-of-somebody': [plain(206, '[{"id":"a","op":"StepRun"}]'), 'did not answer as an Inngest SDK'],
  'no-content': [plain(204, ''), 'did not answer as an Inngest SDK'],
  redirect: [plain(302, '', { location: 'http://127.0.0.1:1/' }), 'answered 302'],
  'not-found': [plain(404, '<h1>Not Found</h1>'), 'answered 404: <h1>Not Found</h1>'],
  'bad-gateway': [plain(502, 'bad gateway'), 'answered 502: bad gateway'],
  'half-json': [sdk(200, '{"broken'), 'cannot be read'],
  'byte-order-mark': [sdk(200, '\ufeff1'), 'cannot be read'],
  'ops-garbage': [sdk(206, 'garbage'), 'cannot be read'],
  'ops-empty-body': [sdk(206, ''), 'malformed operation'],
  'ops-object': [sdk(206, {}), 'malformed operation'],
  'ops-null': [sdk(206, [null]), 'malformed operation'],
  'ops-number-id': [sdk(206, [{ id: 1, op: 'StepRun' }]), 'malformed operation'],
  'ops-none': [sdk(206, []), 'nothing new'],
  'stream-garbage': [sdk(201, '   <html>'), 'cannot be read'],
  'stream-no-status': [sdk(201, { headers: {}, body: '1' }), 'no status'],
  'error-text': [sdk(500, '"just a text"'), 'just a text'],
  'error-list': [sdk(500, '[1,2]'), 'answered 500'],
  'error-odd': [sdk(500, { name: 7, message: { a: 1 }, stack: 9 }), 'answered 500'],
  reset: [{ answer: ({ response }) => void response.socket?.destroy() }, 'cannot be reached'],
  'reset-in-body': [
    {
      answer: ({ response }) => {
        response.writeHead(200, { 'content-length': 1_000, 'x-inngest-sdk': 'x' });
        response.write('{"half":', () => response.socket?.destroy());
      },
    },
    'closed the connection',
  ],
  'no-http': [{ answer: ({ response }) => void response.socket?.end('HELLO\r\n\r\n') }, 'cannot be reached'],
};

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'fine', triggers: [{ event: 'fine' }] }, async ({ step }) => {
      const a = await step.run('a', () => 1);
      return step.run('b', () => a + 1);
    }),
  ]);
  raw = await startRawApp(rig, 'bad', Object.fromEntries(Object.entries(CASES).map(([id, [fn]]) => [id, fn])));
});
afterAll(async () => {
  await raw.close();
  await rig.close();
});

const askedOf = (fn: string): Asked[] => raw.asked.filter((one) => one.fn === fn);

async function worksBeside(): Promise<void> {
  expect(await rig.ended(await rig.send('fine'))).toMatchObject({ status: 'Completed', output: 2 });
}

describe('an app that answers nonsense', () => {
  it('fails its own runs, each with what it said, after all attempts, while another works', async () => {
    const names = Object.keys(CASES);
    const { ids } = await rig.client.send(names.map((id) => ({ name: `bad/${id}`, data: {} })));
    await worksBeside();
    const runs = await rig.allEnded(ids);
    for (const [index, id] of names.entries()) {
      expect({ id, ...runs[index] }).toMatchObject({
        id,
        status: 'Failed',
        output: { name: 'Error', message: expect.stringContaining(CASES[id]?.[1] ?? '') },
      });
      const attempts = askedOf(id).map((one) => one.body.ctx.attempt);
      expect({ id, attempts: [...new Set(attempts)] }).toEqual({ id, attempts: [0, 1] });
      // A kept connection that breaks without an answer may have been closed before: one more try, on a new one.
      expect(attempts.length).toBeLessThanOrEqual(id === 'reset' || id === 'no-http' ? 4 : 2);
    }
    await worksBeside();
  });

  it('is obeyed when it says that trying again is no use', async () => {
    const app = await startRawApp(rig, 'final', {
      html: sdk(400, '<html>', { 'x-inngest-no-retry': 'true' }),
      odd: sdk(500, { name: 'Odd', message: 'odd' }, { 'x-inngest-req-version': 'garbage', 'retry-after': 'whenever' }),
    });
    const [html, odd] = await rig.allEnded([await rig.send('final/html'), await rig.send('final/odd')]);
    expect(html).toMatchObject({ status: 'Failed', output: { message: 'the app answered 400: <html>' } });
    expect(odd).toMatchObject({ status: 'Failed', output: { name: 'Odd', message: 'odd' } });
    expect(app.asked.map((one) => one.fn).sort()).toEqual(['html', 'odd', 'odd']);
    await app.close();
  });

  it('may answer more than can be held', async () => {
    const chunk = Buffer.alloc(1_024 * 1_024, 0x20);
    const app = await startRawApp(rig, 'huge', {
      endless: {
        answer: ({ response }) => {
          response.writeHead(200, { 'x-inngest-sdk': 'x' });
          pipeline(Readable.from(Array.from({ length: 1_000 }, () => chunk)), response, () => undefined);
        },
      },
    });
    const id = await rig.send('huge/endless');
    await worksBeside();
    expect(await rig.ended(id)).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('too large') },
    });
    await app.close();
  });
});

describe('an app that does not end its answers', () => {
  let engine: RunningEngine;
  let hanging: RawApp;
  const open: Asked[] = [];

  afterAll(async () => {
    await engine.close(0);
    await hanging.close();
  });

  it('loses them after the longest time a request may take, and takes no place from others meanwhile', async () => {
    await rig.db.query('CREATE DATABASE hanging');
    const databaseUrl = Object.assign(new URL(rig.db.url), { pathname: '/hanging' }).toString();
    engine = await startEngine({ ...engineOptions(rig.db, { requestMs: 1_000, workers: 5 }), databaseUrl });
    const api = apiOf(engine.url);
    hanging = await startRawApp({ api }, 'hang', {
      silent: { answer: (asked) => void open.push(asked) },
      trickle: {
        answer: ({ response }) => {
          response.writeHead(200, { 'x-inngest-sdk': 'x' });
          const timer = setInterval(() => response.write(' '), 20);
          response.on('close', () => clearInterval(timer));
        },
      },
    });
    const client = createClient(engine.url, 'beside');
    const app = await serveApp(client, [
      client.createFunction({ id: 'fine', triggers: [{ event: 'fine' }] }, async () => 'fine'),
    ]);
    await fetch(app.url, { method: 'PUT' });
    const flood = Array.from({ length: 8 }, () => ({ name: 'hang/silent', data: {} }));
    const { ids } = await client.send([...flood, { name: 'hang/trickle', data: {} }]);
    await until(() => open.length >= 3);
    const { ids: others } = await client.send([{ name: 'fine', data: {} }]);
    const statusOf = async (id: string) => {
      const { body } = await api(`/v1/events/${id}/runs`);
      return (body as { data: { status: string; output: { message: string } }[] }).data[0];
    };
    await until(async () => (await statusOf(others[0] ?? ''))?.status === 'Completed');
    expect(open.every(({ response }) => !response.writableEnded)).toBe(true);
    for (const id of ids) {
      const run = await until(async () => {
        const found = await statusOf(id);
        return found?.status === 'Failed' ? found : undefined;
      });
      expect(run.output.message).toContain('did not answer in time');
    }
    await app.close();
  });
});

describe('a function that is not there', () => {
  it('fails with the words of the app that does not know it', async () => {
    const url = `${rig.app.url}?fnId=test-ghost&stepId=step`;
    const step = { id: 'step', name: 'step', runtime: { type: 'http', url }, retries: { attempts: 1 } };
    const ghost = { id: 'test-ghost', name: 'ghost', triggers: [{ event: 'ghost' }], steps: { step } };
    const body = JSON.stringify(registration('ghosts', [ghost], rig.app.url));
    expect((await rig.api('/fn/register', { method: 'POST', body })).status).toBe(200);
    const id = await rig.send('ghost');
    await worksBeside();
    expect(await rig.ended(id)).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('was not found in this app') },
    });
  });

  it('is refused over HTTP and in an invocation', async () => {
    expect(await rig.api('/invoke/test-nope', { method: 'POST' })).toMatchObject({
      status: 404,
      body: { error: 'could not find function with ID: test-nope' },
    });
  });
});

describe('an app with another signing key', () => {
  it('refuses every request, which its run shows', async () => {
    const stranger = createClient(rig.engine.url, 'stranger', 'signkey-test-ffff');
    let ran = 0;
    const app = await serveApp(stranger, [
      stranger.createFunction({ id: 'fn', retries: 1, triggers: [{ event: 'stranger/fn' }] }, async () => {
        ran++;
      }),
    ]);
    const step = { id: 'step', name: 'step', runtime: { type: 'http', url: app.url }, retries: { attempts: 1 } };
    const fn = { id: 'stranger-fn', name: 'fn', triggers: [{ event: 'stranger/fn' }], steps: { step } };
    const body = JSON.stringify(registration('stranger', [fn], app.url));
    expect((await rig.api('/fn/register', { method: 'POST', body })).status).toBe(200);
    const id = await rig.send('stranger/fn');
    await worksBeside();
    expect(await rig.ended(id)).toMatchObject({ status: 'Failed', output: { message: 'Unauthorized' } });
    expect(ran).toBe(0);
    // And its own sync is refused by the engine.
    const sync = await fetch(app.url, { method: 'PUT' });
    expect(sync.status).toBe(401);
    await app.close();
  });
});
