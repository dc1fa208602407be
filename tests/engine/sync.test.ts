import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { nextTick } from '../../inngest/engine/catalog/cron-plan';
import { signBody } from '../../inngest/engine/protocol/signature';
import { createClient, createRig, engineOptions, freePort, type Rig, SIGNING_KEY, serveApp, until } from './setup';

let rig: Rig;
const ticks: unknown[] = [];

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'stays', triggers: [{ event: 'sync/stays' }] }, async () => 'stays'),
  ]);
});
afterAll(() => rig.close());

function functionOf(id: string, more: Record<string, unknown> = {}) {
  const runtime = { type: 'http', url: `http://127.0.0.1:1/api/inngest?fnId=raw-${id}&stepId=step` };
  return {
    id: `raw-${id}`,
    name: id,
    triggers: [{ event: `raw/${id}` }],
    steps: { step: { id: 'step', name: 'step', runtime } },
    ...more,
  };
}

function register(functions: unknown[]) {
  const body = { appName: 'raw', url: 'http://127.0.0.1:1/api/inngest', functions, sdk: 'js:v4.24.0', v: '0.1' };
  return rig.api('/fn/register', { method: 'POST', body: JSON.stringify(body) });
}

async function slugs(): Promise<string[]> {
  const { body } = await rig.api('/dev');
  return (body as { functions: { slug: string }[] }).functions.map((fn) => fn.slug).sort();
}

describe('registration', () => {
  it('replaces the functions of an app and cancels what was queued for a removed one', async () => {
    expect(await register([functionOf('a'), functionOf('b')])).toMatchObject({
      status: 200,
      body: { ok: true, modified: true },
    });
    expect(await slugs()).toEqual(['raw-a', 'raw-b', 'test-stays']);
    expect(await register([functionOf('a'), functionOf('b')])).toMatchObject({ body: { modified: false } });
    const id = await rig.send('raw/b', {}, { ts: Date.now() + 60_000 });
    await until(async () => (await rig.runsOf(id)).length === 1);
    expect(await register([functionOf('a')])).toMatchObject({ body: { modified: true } });
    expect(await slugs()).toEqual(['raw-a', 'test-stays']);
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
  });

  it.each([
    [{ triggers: [{ cron: 'not a cron' }] }],
    [{ triggers: [{ cron: '0 9 * * 1' }, { cron: '0 9 * * 1' }] }],
    [{ triggers: [{ event: 'x', expression: 'event.data.' }] }],
    [{ concurrency: [{ limit: 1, scope: 'env' }] }],
    [{ throttle: { limit: 1, period: 'soon' } }],
    [{ batchEvents: { maxSize: 2, timeout: '1s' }, cancel: [{ event: 'x' }] }],
    [{ steps: { step: { id: 'step', runtime: { type: 'http', url: 'http://x' }, retries: { attempts: 21 } } } }],
  ])('refuses %j', async (wrong) => {
    const reply = await register([functionOf('wrong', wrong)]);
    expect(reply).toMatchObject({ status: 400, body: { status: 400, data: null } });
    expect((reply.body as { error: string }).error).toContain('At least one function is invalid');
  });

  it('takes an out-of-band sync from the SDK', async () => {
    const client = createClient(rig.engine.url, 'oob');
    const fn = client.createFunction({ id: 'hello', triggers: [{ event: 'oob/hello' }] }, async () => 'hi');
    const app = await serveApp(client, [fn]);
    const reply = await fetch(app.url, { method: 'PUT' });
    expect(await reply.json()).toMatchObject({ message: 'Successfully registered', modified: true });
    expect(await rig.ended(await rig.send('oob/hello'))).toMatchObject({ status: 'Completed', output: 'hi' });
    await app.close();
  });

  it('reads streamed answers', async () => {
    const client = createClient(rig.engine.url, 'streaming');
    const fn = client.createFunction({ id: 'fn', triggers: [{ event: 'streaming/fn' }] }, async ({ step }) => {
      await step.sleep('nap', '1s');
      return step.run('value', () => 'streamed');
    });
    const app = await serveApp(client, [fn], 0, { streaming: true });
    await fetch(app.url, { method: 'PUT' });
    await until(async () => (await slugs()).includes('streaming-fn'));
    expect(await rig.ended(await rig.send('streaming/fn'))).toMatchObject({ status: 'Completed', output: 'streamed' });
    await app.close();
  });

  it('waits for an app that starts later', async () => {
    const port = await freePort();
    const options = engineOptions(rig.db, { appUrls: [`http://127.0.0.1:${port}/api/inngest`] });
    const engine = await startEngine(options);
    const client = createClient(engine.url, 'late');
    const app = await serveApp(
      client,
      [client.createFunction({ id: 'fn', triggers: [{ event: 'late/fn' }] }, async () => 1)],
      port,
    );
    await until(async () => (await slugs()).includes('late-fn'), 5_000);
    await engine.close(200);
    await app.close();
  });

  it('survives an app that answers HTML, garbage or a redirect', async () => {
    const answers = ['<html>hello</html>', '{"broken', ''];
    const server = createServer((_, response) =>
      response.writeHead(answers.length === 1 ? 206 : 200).end(answers.shift()),
    );
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${port}/x`;
    const config = functionOf('html', { steps: { step: { runtime: { url }, retries: { attempts: 2 } } } });
    expect((await register([config])).status).toBe(200);
    const run = await rig.ended(await rig.send('raw/html'));
    expect(run.status).toBe('Failed');
    expect(JSON.stringify(run.output)).toContain('did not answer as an Inngest SDK');
    server.close();
  });
});

describe('keys', () => {
  it('is refused by an app with another key', async () => {
    const stranger = createClient(rig.engine.url, 'stranger', 'signkey-test-ffff');
    const app = await serveApp(stranger, [
      stranger.createFunction({ id: 'fn', triggers: [{ event: 'x/y' }] }, async () => 1),
    ]);
    const signature = signBody(SIGNING_KEY, { url: app.url });
    const headers = { 'x-inngest-sync-kind': 'in_band', 'x-inngest-signature': signature };
    const reply = await fetch(app.url, { method: 'PUT', headers, body: JSON.stringify({ url: app.url }) });
    expect(reply.status).toBe(401);
    await app.close();
  });

  it('serves an app that still knows the old key only', async () => {
    const old = 'signkey-test-aaaabbbbccccdddd';
    const port = await freePort();
    const client = createClient(`http://127.0.0.1:${port}`, 'rotating', old);
    const app = await serveApp(client, [
      client.createFunction({ id: 'fn', triggers: [{ event: 'rotating/fn' }] }, async () => 'old'),
    ]);
    const engine = await startEngine(engineOptions(rig.db, { port, signingKeyFallback: old, appUrls: [app.url] }));
    await until(async () => (await slugs()).includes('rotating-fn'), 5_000);
    await engine.close(200);
    await app.close();
  });
});

describe('crons', () => {
  it('plans ticks in their time zone', () => {
    const after = new Date('2026-03-02T00:00:00Z');
    expect(nextTick({ cron: 'TZ=Asia/Ho_Chi_Minh 0 9 * * 1' }, after)?.tickAt.toISOString()).toBe(
      '2026-03-02T02:00:00.000Z',
    );
    expect(nextTick({ cron: '0 9 * * 1' }, after)?.tickAt.toISOString()).toBe('2026-03-02T09:00:00.000Z');
    const jittered = nextTick({ cron: '0 9 * * 1', jitter: '30s' }, after);
    const late = (jittered?.fireAt.getTime() ?? 0) - (jittered?.tickAt.getTime() ?? 0);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(30_000);
  });

  it('fires one tick for all that were missed, then plans the next', async () => {
    const client = createClient(rig.engine.url, 'cron');
    const fn = client.createFunction(
      { id: 'nightly', triggers: [{ cron: 'TZ=Asia/Ho_Chi_Minh 0 3 * * *' }] },
      async ({ event }) => {
        ticks.push(event);
      },
    );
    const app = await serveApp(client, [fn]);
    await fetch(app.url, { method: 'PUT' });
    await until(async () => (await rig.db.query('SELECT 1 FROM crons')).length === 1);
    await rig.db.query(`UPDATE crons SET tick_at = '2026-03-01T20:00:00Z', fire_at = '2026-03-01T20:00:00Z'`);
    await until(() => ticks.length === 1);
    expect(ticks[0]).toMatchObject({
      name: 'inngest/scheduled.timer',
      id: '2026-03-01T20:00:00Z',
      ts: Date.parse('2026-03-01T20:00:00Z'),
      data: { cron: 'TZ=Asia/Ho_Chi_Minh 0 3 * * *' },
    });
    const rows = await rig.db.query<{ ahead: boolean }>('SELECT fire_at > now() AS ahead FROM crons');
    expect(rows).toEqual([{ ahead: true }]);
    expect(ticks).toHaveLength(1);
    await app.close();
  });
});
