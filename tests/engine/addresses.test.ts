import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { answer, functionConfig, registration, startRawApp } from './raw-app';
import { apiOf, createClient, createRig, databaseBeside, engineOptions, type Rig, serveApp, until } from './setup';

interface Asked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A host that the engine is not configured for; any request to it is a leak. */
const stranger = { asked: [] as Asked[], origin: '', server: undefined as Server | undefined };

async function listen(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let rig: Rig;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'fine', triggers: [{ event: 'addresses/fine' }] }, async ({ step }) =>
      step.run('a', () => 'fine'),
    ),
  ]);
  Object.assign(
    stranger,
    await listen(async (request, response) => {
      const { method = '', url = '', headers } = request;
      stranger.asked.push({ method, url, headers, body: await text(request) });
      answer(response, 200, '"taken"');
    }),
  );
});
beforeEach(() => {
  stranger.asked.length = 0;
});
afterAll(async () => {
  stranger.server?.close();
  await rig.close();
});

const register = (body: unknown, init: RequestInit = {}) =>
  rig.api('/fn/register', { method: 'POST', body: JSON.stringify(body), ...init });

async function worksStill(): Promise<void> {
  const id = await rig.send('addresses/fine');
  expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'fine' });
  expect(stranger.asked).toEqual([]);
}

describe('the engine registers only configured addresses', () => {
  it('and refuses an app that says it lives elsewhere, which leaves everything as it was', async () => {
    const app = registration(
      'test',
      [functionConfig('test', 'fine', stranger.origin)],
      `${stranger.origin}/api/inngest`,
    );
    expect(await register(app)).toMatchObject({
      status: 403,
      body: { status: 403, error: expect.stringContaining(`this engine is not configured for ${stranger.origin}`) },
    });
    await worksStill();
  });

  it('and refuses a function that lives elsewhere than its app', async () => {
    const app = registration('split', [functionConfig('split', 'fn', `${stranger.origin}/api/inngest`)], rig.app.url);
    expect(await register(app)).toMatchObject({ status: 403 });
    await worksStill();
  });

  const DISGUISES: [string, (reported: string) => string][] = [
    ['with a name before the host', (reported) => `${reported.replace('http://', 'http://user:secret@')}/api/inngest`],
    ['with the configured host as a name', (reported) => `${reported}@127.0.0.1:9/`],
    ['with another scheme', (reported) => reported.replace('http:', 'https:')],
    ['with the configured address in its path', (reported) => `http://example.invalid/${reported}`],
    ['that is no address', () => 'nonsense'],
    ['with a scheme that is none of the web', () => 'file:///etc/passwd'],
  ];
  it.each(DISGUISES)('and no address %s', async (_, disguise) => {
    const url = disguise(new URL(rig.app.url).origin);
    const { status } = await register(registration('disguised', [], url));
    expect(status).toBe(403);
    await worksStill();
  });

  it('and no app whose Host header moved it, as the SDK registers it', async () => {
    const client = createClient(rig.engine.url, 'moved');
    const app = await serveApp(client, [
      client.createFunction({ id: 'fn', triggers: [{ event: 'addresses/moved' }] }, async () => 1),
    ]);
    const moved = await fetch(app.url, {
      method: 'PUT',
      headers: { 'x-forwarded-host': new URL(stranger.origin).host },
    });
    expect(await moved.text()).toContain(moved.status === 200 ? 'Successfully' : 'this engine is not configured for');
    const functions = await rig.db.query<{ url: string }>('SELECT url FROM functions');
    expect(functions.filter(({ url }) => url.startsWith(stranger.origin))).toEqual([]);
    await app.close();
    await worksStill();
  });

  it('and pulls from no other', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'addresses_pull');
    const fn = functionConfig('pulled', 'fn', `${stranger.origin}/api/inngest`);
    // An app that answers the sync with functions of another host.
    const { server, origin } = await listen((_, response) => {
      const body = { app_id: 'pulled', url: `${stranger.origin}/api/inngest`, functions: [fn] };
      answer(response, 200, body, { 'x-inngest-sync-kind': 'in_band' });
    });
    const engine = await startEngine({ ...engineOptions(rig.db, { appUrls: [origin], appOrigins: [] }), databaseUrl });
    const api = apiOf(engine.url);
    const problem = await until(async () => {
      const { body } = await api('/v1/queue');
      return (body as { data: { apps: { problem: string | null }[] } }).data.apps[0]?.problem;
    });
    expect(problem).toContain(`this engine is not configured for ${stranger.origin}`);
    expect(stranger.asked).toEqual([]);
    await engine.close(0);
    server.close();
    await drop();
  });

  it('and calls none that stands in the tables from before', async () => {
    const app = await startRawApp(rig, 'former', {
      fn: { answer: ({ response }) => answer(response, 200, '"at home"') },
    });
    const place = async (url: string) => {
      await rig.db.query(`UPDATE functions SET url = $1 WHERE slug = 'former-fn'`, [url]);
      await rig.db.query(`UPDATE apps SET checksum = checksum || 'x' WHERE name = 'former'`);
    };
    await place(`${stranger.origin}/api/inngest`);
    const id = await rig.send('former/fn');
    // It waits, and no attempt is lost.
    await until(async () => (await rig.db.query('SELECT 1 FROM jobs WHERE generation > 1')).length === 1);
    expect(stranger.asked).toEqual([]);
    await place(app.url);
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'at home' });
    expect(app.asked.map(({ body }) => body.ctx.attempt)).toEqual([0]);
    await app.close();
  });
});

describe('an unsigned registration', () => {
  it('is refused when a signing key is set, and so is one with a wrong key', async () => {
    const app = registration('unsigned', [functionConfig('unsigned', 'fn')]);
    for (const authorization of ['', 'Bearer ', 'Bearer undefined', 'Bearer signkey-test-ffff'])
      expect(await register(app, { headers: { authorization } })).toMatchObject({ status: 401 });
    const bare = await fetch(`${rig.engine.url}/fn/register`, { method: 'POST', body: JSON.stringify(app) });
    expect(bare.status).toBe(401);
    expect(await rig.db.query(`SELECT 1 FROM apps WHERE name = 'unsigned'`)).toEqual([]);
  });
});

describe('a redirect', () => {
  it.each([307, 308])(
    '%i within the configured addresses is followed, with method and body and signature',
    async (status) => {
      const final = await startRawApp(rig, `place${status}`, {
        fn: { answer: ({ response }) => answer(response, 200, '"moved"') },
      });
      const app = await startRawApp(rig, `moves${status}`, {
        fn: { answer: ({ response }) => answer(response, status, '', { location: `${final.url}?kept=1` }) },
      });
      const id = await rig.send(`moves${status}/fn`, { n: 1 });
      expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'moved' });
      const [first, second] = [app.asked[0], final.asked[0]];
      expect(second?.body).toEqual(first?.body);
      expect(second?.headers['x-inngest-signature']).toMatch(/^t=\d+&s=[0-9a-f]{64}$/);
      expect(second?.step).toBe('step');
      await app.close();
      await final.close();
    },
  );

  it.each([307, 308, 302])('%i to another host is not followed, and takes no signature there', async (status) => {
    const app = await startRawApp(rig, `leaves${status}`, {
      fn: { answer: ({ response }) => answer(response, status, '', { location: `${stranger.origin}/api/inngest` }) },
    });
    const run = await rig.ended(await rig.send(`leaves${status}/fn`));
    expect(run).toMatchObject({ status: 'Failed' });
    expect((run.output as { message: string }).message).toMatch(/not configured for|answered 302/);
    expect(stranger.asked).toEqual([]);
    await app.close();
  });

  it('without an end times out', async () => {
    const app = await startRawApp(rig, 'circle', {
      fn: { answer: ({ response }) => answer(response, 307, '', { location: '/?again=1' }) },
    });
    expect(await rig.ended(await rig.send('circle/fn'))).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('redirected more than') },
    });
    await app.close();
  });
});
