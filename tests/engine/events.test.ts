import { Inngest } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { createRig, EVENT_KEY, engineOptions, freePort, pause, type Rig, serveApp, until } from './setup';

let rig: Rig;
const seen: { name: string; id?: string | undefined; at: number }[] = [];

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'one', triggers: [{ event: 'events/one' }] }, async ({ event }) => {
      seen.push({ name: event.name, id: event.id, at: Date.now() });
      return event.id;
    }),
    client.createFunction(
      { id: 'filtered', triggers: [{ event: 'events/fan', if: 'event.data.x > 1' }] },
      async ({ event }) => event.data,
    ),
    client.createFunction({ id: 'fan', triggers: [{ event: 'events/fan' }] }, async ({ event }) => event.data),
    client.createFunction({ id: 'wild', triggers: [{ event: 'wild/*' }] }, async ({ event }) => event.name),
  ]);
});
afterAll(() => rig.close());

function post(body: unknown, key = EVENT_KEY, headers: Record<string, string> = {}) {
  return rig.api(`/e/${key}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });
}

describe('events', () => {
  it('accepts a single object without data', async () => {
    const { status, body } = await post({ name: 'events/one' });
    expect(status).toBe(200);
    const { ids } = body as { ids: string[] };
    expect(ids).toHaveLength(1);
    expect(ids[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await rig.ended(ids[0] ?? '')).toMatchObject({ status: 'Completed', output: ids[0] });
  });

  it('answers ids in the order of the array', async () => {
    const { body } = await post([{ name: 'events/one' }, { name: 'events/none' }, { name: 'events/one' }]);
    const { ids } = body as { ids: string[] };
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    await rig.ended(ids[0] ?? '');
    await rig.ended(ids[2] ?? '');
    expect(await rig.runsOf(ids[1] ?? '')).toEqual([]);
  });

  it('recognises a repeated request by its seed', async () => {
    const headers = { 'x-inngest-event-id-seed': `${Date.now()},${Buffer.from('0123456789').toString('base64')}` };
    const events = [{ name: 'events/one' }, { name: 'events/one' }];
    const first = await post(events, EVENT_KEY, headers);
    const second = await post(events, EVENT_KEY, headers);
    expect(second.body).toEqual(first.body);
    const { ids } = first.body as { ids: string[] };
    for (const id of ids) {
      await rig.ended(id);
      expect(await rig.runsOf(id)).toHaveLength(1);
    }
  });

  it('starts a function once for one event id', async () => {
    const a = await rig.send('events/one', {}, { id: 'given-1' });
    const b = await rig.send('events/one', {}, { id: 'given-1' });
    expect(a).not.toBe(b);
    expect(await rig.ended(a)).toMatchObject({ output: 'given-1' });
    await pause(100);
    expect(await rig.runsOf(b)).toEqual([]);
  });

  it('starts every matching function, by name, wildcard and expression', async () => {
    const low = await rig.send('events/fan', { x: 1 });
    const high = await rig.send('events/fan', { x: 2 });
    await rig.ended(low);
    await until(async () => (await rig.runsOf(high)).length === 2);
    expect((await rig.runsOf(low)).map((run) => run.function_slug)).toEqual(['test-fan']);
    const deep = await rig.send('wild/a.b/c');
    expect(await rig.ended(deep)).toMatchObject({ function_slug: 'test-wild', output: 'wild/a.b/c' });
  });

  it('delays a run until the ts of its event', async () => {
    const due = Date.now() + 700;
    const id = await rig.send('events/one', {}, { id: 'future', ts: due });
    await rig.ended(id);
    const start = seen.find((one) => one.id === 'future');
    expect(start?.at).toBeGreaterThanOrEqual(due - 5);
  });

  it.each([
    [{ data: {} }, 400, 'event name is empty'],
    [{ name: '' }, 400, 'event name is empty'],
    [{ name: 'inngest/x' }, 400, 'event name is reserved for internal use'],
    [{ name: 'a', data: 'text' }, 400, 'not an object'],
    [{ name: 'a', data: [1] }, 400, 'not an object'],
    ['{"name":', 400, 'invalid JSON'],
    [{ name: 'x'.repeat(513) }, 400, 'longer than'],
    [{ name: 'a', data: { blob: 'x'.repeat(600_000) } }, 413, 'larger than'],
  ])('refuses %j', async (body, status, message) => {
    const reply = await post(body);
    expect(reply.status).toBe(status);
    expect((reply.body as { error: string }).error).toContain(message);
  });

  it('answers an empty array, an unknown key and an unknown route as the official server does', async () => {
    expect((await post([])).body).toEqual({ ids: [''], status: 200 });
    expect(await post({ name: 'a' }, 'wrong')).toEqual({
      status: 401,
      body: { status: 401, message: '', error: 'Event key not found' },
    });
    expect((await rig.api('/nowhere')).status).toBe(404);
  });

  it('asks for the signing key everywhere else', async () => {
    for (const route of ['/dev', '/v1/runs/x', '/v1/events/x/runs']) {
      expect((await rig.api(route, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
    }
    expect((await rig.api('/dev')).status).toBe(200);
    expect((await rig.api('/health', { headers: { authorization: '' } })).body).toEqual({ status: 200, message: 'OK' });
  });

  it('works unsigned in dev mode', async () => {
    await rig.db.query('CREATE DATABASE dev_mode');
    const url = new URL(rig.db.url);
    url.pathname = '/dev_mode';
    const port = await freePort();
    const client = new Inngest({ id: 'dev', isDev: true, baseUrl: `http://127.0.0.1:${port}` });
    let calls = 0;
    const fn = client.createFunction({ id: 'fn', triggers: [{ event: 'dev/fn' }] }, async ({ step }) => {
      await step.run('count', () => {
        calls++;
      });
    });
    const app = await serveApp(client, [fn]);
    const keyless = {
      databaseUrl: url.toString(),
      port,
      signingKey: undefined,
      eventKey: undefined,
      appUrls: [app.url],
    };
    const engine = await startEngine({ ...engineOptions(rig.db), ...keyless });
    try {
      await client.send({ name: 'dev/fn' });
      await until(() => calls === 1);
    } finally {
      await engine.close(200);
      await app.close();
      await rig.db.query('DROP DATABASE dev_mode WITH (FORCE)');
    }
  });

  it('keeps events that came before any app and routes them after the first sync', async () => {
    await rig.db.query('CREATE DATABASE early_events');
    const url = new URL(rig.db.url);
    url.pathname = '/early_events';
    const early = await startEngine({ ...engineOptions(rig.db), databaseUrl: url.toString() });
    try {
      const sent = await fetch(`${early.url}/e/${EVENT_KEY}`, { method: 'POST', body: '{"name":"events/one"}' });
      expect(sent.status).toBe(200);
      await pause(100);
      const later = await startEngine({
        ...engineOptions(rig.db),
        databaseUrl: url.toString(),
        appUrls: [rig.app.url],
      });
      const before = seen.length;
      await until(() => seen.length > before);
      await later.close(200);
    } finally {
      await early.close(200);
      await rig.db.query('DROP DATABASE early_events WITH (FORCE)');
    }
  });
});
