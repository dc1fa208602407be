import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Inngest, InngestFunction } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { createClient, createRig, databaseBeside, engineOptions, freePort, type Rig, serveApp, until } from './setup';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'stays', triggers: [{ event: 'sync/stays' }] }, async () => 'stays'),
  ]);
});
afterAll(() => rig.close());

interface KnownFunction {
  slug: string;
  name: string;
  config: Record<string, unknown>;
}

async function known(app: string): Promise<KnownFunction[]> {
  const { body } = await rig.api('/dev');
  const { functions } = body as { functions: KnownFunction[] };
  return functions.filter((fn) => fn.slug.startsWith(`${app}-`)).sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** Every option that the SDK has, as one application may use it. */
function everything(client: Inngest): InngestFunction.Any[] {
  const handler = async () => null;
  // The SDK passes the jitter on, though its types do not know it.
  const mondays = { cron: 'TZ=Asia/Ho_Chi_Minh 0 9 * * 1', jitter: '30s' };
  return [
    client.createFunction(
      {
        id: 'all',
        name: 'All of it',
        retries: 20,
        concurrency: [{ limit: 2 }, { limit: 1, key: 'event.data.user', scope: 'env' }],
        priority: { run: 'event.data.vip ? 120 : 0' },
        throttle: { limit: 3, period: '1m', burst: 2, key: 'event.data.user' },
        rateLimit: { limit: 10, period: '24h', key: 'event.data.user' },
        timeouts: { start: '10m', finish: '2h' },
        singleton: { key: 'event.data.user', mode: 'cancel' },
        cancelOn: [
          { event: 'all/stop', match: 'data.id' },
          { event: 'all/halt', if: 'async.data.all == true', timeout: '1d' },
          { event: 'all/end', timeout: new Date(Date.UTC(2099, 0, 1)) },
        ],
        triggers: [{ event: 'all/one', if: 'event.data.x > 1' }, { event: 'all/*' }, mondays, { cron: '*/5 * * * *' }],
        onFailure: handler,
      },
      handler,
    ),
    client.createFunction(
      {
        id: 'quiet',
        debounce: { period: '2s', timeout: '1m', key: 'event.data.k' },
        triggers: [{ event: 'all/quiet' }],
      },
      handler,
    ),
    client.createFunction(
      {
        id: 'batch',
        batchEvents: { maxSize: 100, timeout: '5s', key: 'event.data.k', if: 'event.data.ok == true' },
        triggers: [{ event: 'all/batch' }],
      },
      handler,
    ),
    client.createFunction({ id: 'once', idempotency: 'event.data.id', triggers: [{ event: 'all/once' }] }, handler),
    client.createFunction({ id: 'invoked', triggers: [] }, handler),
    client.createFunction(
      { id: 'ten', triggers: Array.from({ length: 10 }, (_, n) => ({ event: `all/${n}` })) },
      handler,
    ),
  ];
}

describe('a sync', () => {
  it('takes every option of the SDK, out of band', async () => {
    const client = createClient(rig.engine.url, 'all');
    const app = await serveApp(client, everything(client));
    const first = await fetch(app.url, { method: 'PUT' });
    expect(await first.json()).toMatchObject({ message: 'Successfully registered', modified: true });
    expect(await (await fetch(app.url, { method: 'PUT' })).json()).toMatchObject({ modified: false });
    expect((await fetch(`${app.url}?deployId=7`, { method: 'PUT' })).status).toBe(200);
    const functions = await known('all');
    expect(functions.map((fn) => fn.slug)).toEqual(
      ['all', 'all-failure', 'batch', 'invoked', 'once', 'quiet', 'ten'].map((id) => `all-${id}`),
    );
    expect(functions[0]).toMatchObject({
      name: 'All of it',
      config: {
        cancel: [
          { event: 'all/stop', if: 'event.data.id == async.data.id' },
          { event: 'all/halt', if: 'async.data.all == true', timeout: '1d' },
          { event: 'all/end', timeout: '2099-01-01T00:00:00.000Z' },
        ],
        singleton: { key: 'event.data.user', mode: 'cancel' },
        steps: { step: { retries: { attempts: 20 } } },
      },
    });
    expect(functions[1]?.config).toMatchObject({
      triggers: [{ event: 'inngest/function.failed', expression: "event.data.function_id == 'all-all'" }],
      steps: { step: { retries: { attempts: 1 } } },
    });
    await app.close();
  });

  it('is the same in band, where the engine asks for it', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'in_band');
    const port = await freePort();
    const client = createClient(`http://127.0.0.1:${port}`, 'all');
    const app = await serveApp(client, everything(client));
    const engine = await startEngine({
      ...engineOptions(rig.db, { port, appUrls: [app.url], syncMs: 100 }),
      databaseUrl,
    });
    const functions = await until(async () => {
      const response = await fetch(`${engine.url}/dev`, { headers: { authorization: `Bearer ${client.signingKey}` } });
      const { functions } = (await response.json()) as { functions: KnownFunction[] };
      return functions.length === 7 && functions;
    });
    const shown = (list: KnownFunction[]) =>
      JSON.stringify(list.map(({ slug, config }) => [slug, { ...config, steps: undefined }]).sort());
    expect(shown(functions)).toBe(shown(await known('all')));
    await engine.close(100);
    await app.close();
    await drop();
  });

  it('may be refused in band: then the app registers by itself', async () => {
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'out_of_band');
    const port = await freePort();
    const client = createClient(`http://127.0.0.1:${port}`, 'itself');
    let ran = 0;
    const app = await serveApp(client, [
      client.createFunction({ id: 'fn', triggers: [{ event: 'itself/fn' }] }, async () => ++ran),
    ]);
    process.env.INNGEST_ALLOW_IN_BAND_SYNC = 'false';
    const engine = await startEngine({ ...engineOptions(rig.db, { port, appUrls: [app.url] }), databaseUrl });
    await client.send({ name: 'itself/fn', data: {} });
    await until(() => ran === 1);
    delete process.env.INNGEST_ALLOW_IN_BAND_SYNC;
    await engine.close(100);
    await app.close();
    await drop();
  });

  it('passes the words of a refusal on to whoever asked the app', async () => {
    const client = createClient(rig.engine.url, 'refused');
    const concurrency: [{ limit: number; scope: 'env' }] = [{ limit: 1, scope: 'env' }];
    const app = await serveApp(client, [
      client.createFunction({ id: 'fn', concurrency, triggers: [{ event: 'refused/fn' }] }, async () => 1),
    ]);
    const reply = await fetch(app.url, { method: 'PUT' });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('At least one function is invalid: refused-fn: a concurrency scope');
    expect(await known('refused')).toEqual([]);
    await app.close();
  });

  it('waits for an app that starts later, and is not held up by one that answers nonsense', async () => {
    const answers = ['<html>hello</html>', '{"broken', '', '{"functions":7}', '[]'];
    let asked = 0;
    const nonsense = createServer((_, response) => {
      const headers = { 'x-inngest-sync-kind': 'in_band', 'x-inngest-sdk': 'x' };
      response.writeHead(asked % 2 === 0 ? 200 : 500, headers).end(answers[asked++ % answers.length]);
    });
    await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
    const { url: databaseUrl, drop } = await databaseBeside(rig.db, 'late_app');
    const [enginePort, appPort] = [await freePort(), await freePort()];
    const appUrls = [
      `http://127.0.0.1:${(nonsense.address() as AddressInfo).port}/`,
      `http://127.0.0.1:${appPort}/api/inngest`,
    ];
    const options = engineOptions(rig.db, { port: enginePort, appUrls, syncMs: 50 });
    const engine = await startEngine({ ...options, databaseUrl });
    const client = createClient(engine.url, 'late');
    await client.send({ name: 'late/fn', data: {} });
    await until(() => asked > 0);
    let ran = 0;
    const late = client.createFunction({ id: 'fn', triggers: [{ event: 'late/fn' }] }, async () => ++ran);
    const app = await serveApp(client, [late], appPort);
    await until(() => ran === 1);
    await until(() => asked >= 3);
    await engine.close(200);
    await app.close();
    await new Promise((resolve) => nonsense.close(resolve));
    await drop();
  });

  it('reads streamed answers', async () => {
    const client = createClient(rig.engine.url, 'streaming');
    const fn = client.createFunction(
      { id: 'fn', retries: 1, triggers: [{ event: 'streaming/fn' }] },
      async ({ step, attempt }) => {
        await step.sleep('nap', '1s');
        if (attempt === 0) throw new Error('streamed error');
        return step.run('value', () => 'streamed');
      },
    );
    const app = await serveApp(client, [fn], 0, { streaming: true });
    await fetch(app.url, { method: 'PUT' });
    expect(await rig.ended(await rig.send('streaming/fn'))).toMatchObject({ status: 'Completed', output: 'streamed' });
    await app.close();
  });

  it('lets several apps hear the same event', async () => {
    const heard: string[] = [];
    const apps = await Promise.all(
      ['first', 'second'].map(async (id) => {
        const client = createClient(rig.engine.url, id);
        const app = await serveApp(client, [
          client.createFunction({ id: 'fn', triggers: [{ event: 'shared/event' }] }, async () => heard.push(id)),
        ]);
        await fetch(app.url, { method: 'PUT' });
        return app;
      }),
    );
    const id = await rig.send('shared/event');
    await until(async () => (await rig.runsOf(id)).length === 2);
    await rig.settled();
    expect(heard.sort()).toEqual(['first', 'second']);
    for (const app of apps) await app.close();
  });
});
