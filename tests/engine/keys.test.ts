import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import canonicalize from 'canonicalize';
import { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineOptions, startEngine } from '../../inngest/engine';
import { hashSigningKey } from '../../inngest/engine/protocol/signature';
import { registration, startRawApp, answer as withAnswer } from './raw-app';
import {
  apiOf,
  createRig,
  databaseBeside,
  EVENT_KEY,
  engineOptions,
  freePort,
  type Rig,
  SIGNING_KEY,
  serveApp,
  until,
} from './setup';

/** As the protocol has it, written down apart from the engine: over the canonical form, under the key without its prefix. */
function signBody(key: string, body: unknown, now = Date.now()): string {
  const seconds = Math.floor(now / 1_000);
  const hmac = createHmac('sha256', key.replace(/^signkey-\w+-/, ''));
  return `t=${seconds}&s=${hmac.update(`${canonicalize(body)}${seconds}`).digest('hex')}`;
}

const OLD = 'signkey-test-aaaabbbbccccdddd';
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

let rig: Rig;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'two', triggers: [{ event: 'keys/two' }] }, async ({ step }) => {
      const a = await step.run('a', () => 1);
      await step.sleep('nap', '1s');
      return step.run('b', () => a + 1);
    }),
  ]);
});
afterAll(() => rig.close());

/** An engine with a database of its own and an app that knows certain keys; how often the app was called for one run. */
async function runWith(name: string, engineKeys: Partial<EngineOptions>, appKeys: object): Promise<number> {
  const { url: databaseUrl, drop } = await databaseBeside(rig.db, name);
  const port = await freePort();
  const client = new Inngest({ id: name, baseUrl: `http://127.0.0.1:${port}`, logger: SILENT, ...appKeys });
  let calls = 0;
  const fn = client.createFunction({ id: 'fn', triggers: [{ event: 'keys/fn' }] }, async ({ step }) => {
    calls++;
    const a = await step.run('a', () => 1);
    return step.run('b', () => a + 1);
  });
  const app = await serveApp(client, [fn]);
  const options = engineOptions(rig.db, { port, appUrls: [app.url], ...engineKeys });
  const engine = await startEngine({ ...options, databaseUrl });
  const { ids } = await client.send({ name: 'keys/fn', data: {} });
  const api = apiOf(engine.url);
  const bearer = { authorization: `Bearer ${engineKeys.signingKey ?? ''}` };
  await until(async () => {
    const { body } = await api(`/v1/events/${ids[0]}/runs`, { headers: bearer });
    const [run] = (body as { data: { status: string; output: unknown }[] }).data;
    return run?.status === 'Completed' && run.output === 2;
  });
  await engine.close(200);
  await app.close();
  await drop();
  return calls;
}

describe('keys of an app and an engine', () => {
  it('may be none: nothing is signed and every event key is taken', async () => {
    // One call, since both steps were taken by checkpoint: with the bearer of an SDK that has no key.
    expect(
      await runWith('keyless', { signingKey: undefined, eventKey: undefined }, { isDev: true, eventKey: 'any' }),
    ).toBe(1);
  });

  it('may be the old one in the app: it is asked again with the fallback key', async () => {
    expect(
      await runWith(
        'old_app',
        { signingKey: SIGNING_KEY, signingKeyFallback: OLD },
        { isDev: false, eventKey: EVENT_KEY, signingKey: OLD },
      ),
    ).toBe(1);
  });

  it('may be the old one in the engine: the app falls back on both ways', async () => {
    expect(
      await runWith(
        'old_engine',
        { signingKey: OLD },
        { isDev: false, eventKey: EVENT_KEY, signingKey: SIGNING_KEY, signingKeyFallback: OLD },
      ),
    ).toBe(1);
  });
});

describe('requests to the app', () => {
  it('are signed so that the SDK believes them, and no others', async () => {
    expect(await rig.ended(await rig.send('keys/two'))).toMatchObject({ status: 'Completed', output: 2 });
    const body = { url: rig.app.url };
    const sync = (signature: string) =>
      fetch(rig.app.url, {
        method: 'PUT',
        headers: { 'x-inngest-sync-kind': 'in_band', 'x-inngest-signature': signature },
        body: JSON.stringify(body),
      });
    expect((await sync(signBody(SIGNING_KEY, body))).status).toBe(200);
    expect((await sync(signBody('signkey-test-ffff', body))).status).toBe(401);
    expect((await sync(signBody(SIGNING_KEY, { url: 'other' }))).status).toBe(401);
    expect((await sync(signBody(SIGNING_KEY, body, Date.now() - 10 * 60_000))).status).toBe(401);
  });

  it('carry the signature of their very body, whatever is in it', async () => {
    const app = await startRawApp(rig, 'signed', {
      fn: { answer: ({ response }) => withAnswer(response, 200, 'null') },
    });
    const id = await rig.send('signed/fn', { z: 1, a: { ö: 'đ', '\u20ac': 2 }, list: [3, { b: null, a: 1e21 }] });
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
    const [asked] = app.asked;
    const signature = String(asked?.headers['x-inngest-signature']);
    const seconds = Number(/^t=(\d+)&/.exec(signature)?.[1]);
    expect(signature).toBe(signBody(SIGNING_KEY, asked?.body, seconds * 1_000));
    expect(asked?.headers['x-inngest-server-kind']).toBe('cloud');
    await app.close();
  });
});

describe('requests to the engine', () => {
  const ROUTES: [string, string][] = [
    ['GET', '/dev'],
    ['GET', '/v1/runs/x'],
    ['DELETE', '/v1/runs/x'],
    ['GET', '/v1/events/x'],
    ['GET', '/v1/events/x/runs'],
    ['POST', '/v1/signals'],
    ['POST', '/v1/checkpoint/x/async'],
    ['POST', '/fn/register'],
    ['POST', '/invoke/test-two'],
  ];

  it.each(ROUTES)('%s %s need the signing key', async (method, route) => {
    const body = method === 'POST' ? '{}' : null;
    for (const authorization of [
      '',
      'Bearer',
      'Bearer undefined',
      `Bearer ${hashSigningKey(OLD)}`,
      SIGNING_KEY.slice(0, -1),
    ])
      expect((await rig.api(route, { method, body, headers: { authorization } })).status).toBe(401);
    for (const key of [SIGNING_KEY, hashSigningKey(SIGNING_KEY), SIGNING_KEY.replace(/^signkey-\w+-/, '')])
      expect((await rig.api(route, { method, body, headers: { authorization: `Bearer ${key}` } })).status).not.toBe(
        401,
      );
  });

  it('need none for the health, and say which kind of server answers', async () => {
    const response = await fetch(`${rig.engine.url}/health`);
    expect(await response.json()).toEqual({ status: 200, message: 'OK' });
    expect(response.headers.get('x-inngest-server-kind')).toBe('cloud');
  });

  it('are believed without a key where the engine has none', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'dev_requests');
    const keyless = { databaseUrl, signingKey: undefined, eventKey: undefined };
    const engine = await startEngine({ ...engineOptions(rig.db), ...keyless });
    for (const authorization of ['Bearer undefined', 'Bearer ', 'nonsense', '']) {
      const response = await fetch(`${engine.url}/dev`, { headers: { authorization } });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-inngest-server-kind')).toBe('dev');
    }
    const sent = await fetch(`${engine.url}/e/NO_EVENT_KEY_SET`, { method: 'POST', body: '[{"name":"a"}]' });
    expect(sent.status).toBe(200);
    await engine.close(100);
    await drop();
  });

  it('cannot send events to an engine in cloud mode that has no event key', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'no_event_key');
    const engine = await startEngine({ ...engineOptions(rig.db), databaseUrl, eventKey: undefined });
    expect((await fetch(`${engine.url}/e/any`, { method: 'POST', body: '{"name":"a"}' })).status).toBe(401);
    await engine.close(100);
    await drop();
  });

  it('of events are looked at before anything of a request is kept', async () => {
    const { hostname, port } = new URL(rig.engine.url);
    const socket = connect(Number(port), hostname);
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    // Eight of thirty-one megabytes: whoever waits for the rest has kept what came.
    socket.write(`POST /e/nobodys HTTP/1.1\r\nhost: here\r\ncontent-length: ${31 * 1_048_576}\r\n\r\n`);
    socket.write(Buffer.alloc(8 * 1_048_576));
    expect(await answer).toContain('401');
    socket.destroy();
    const asked = await fetch(`${rig.engine.url}/health`);
    expect(asked.status).toBe(200);
  });

  it('may carry any of several event keys', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'two_event_keys');
    const engine = await startEngine({ ...engineOptions(rig.db), databaseUrl, eventKey: 'one,two' });
    const send = (key: string) => fetch(`${engine.url}/e/${key}`, { method: 'POST', body: '{"name":"a"}' });
    expect([await send('one'), await send('two'), await send('one,two')].map((reply) => reply.status)).toEqual([
      200, 200, 401,
    ]);
    await engine.close(100);
    await drop();
  });

  it('of a registration name the kind of server they expect', async () => {
    const post = (kind: string) =>
      rig.api('/fn/register', {
        method: 'POST',
        body: JSON.stringify(registration('kinds', [])),
        headers: { 'x-inngest-expected-server-kind': kind },
      });
    expect(await post('dev')).toMatchObject({ status: 400, body: { error: 'Expected server kind dev, got cloud' } });
    expect((await post('cloud')).status).toBe(200);
    const sync = await fetch(rig.app.url, { method: 'PUT', headers: { 'x-inngest-server-kind': 'dev' } });
    // The reply has no status in its body, as the official server's has none: the SDK passes its words on.
    expect(await sync.json()).toMatchObject({ message: 'Expected server kind dev, got cloud', modified: false });
  });
});
