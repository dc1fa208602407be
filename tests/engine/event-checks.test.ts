import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, EVENT_KEY, type Rig, until } from './setup';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'echo', triggers: [{ event: 'checks/echo' }] }, async ({ event }) => event),
  ]);
});
afterAll(() => rig.close());

function post(body: unknown, key = EVENT_KEY, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return rig.api(`/e/${key}`, { method: 'POST', body: text, headers });
}

const nested = (levels: number) => `{"name":"a","data":{"x":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

/** Every refusal has the status and the words of the official server; what is behind it is not stored. */
const REFUSED: [string, unknown, number, string][] = [
  ['no name', { data: {} }, 400, 'event name is empty'],
  ['an empty name', { name: '' }, 400, 'event name is empty'],
  ['a name that is no text', { name: 7 }, 400, 'event name is empty'],
  ['a reserved name', { name: 'inngest/x' }, 400, 'event name is reserved for internal use: inngest/x'],
  ['a reserved name in capitals', { name: 'Inngest/function.failed' }, 400, 'event name is reserved for internal use'],
  ['a name too long', { name: 'x'.repeat(513) }, 400, 'longer than'],
  ['a NUL in its name', { name: 'a\0' }, 400, 'NUL'],
  ['a text as data', { name: 'a', data: 'text' }, 400, 'not an object'],
  ['a list as data', { name: 'a', data: [1] }, 400, 'not an object'],
  ['a text instead of an event', ['a'], 400, 'not an object'],
  ['half of its JSON', '{"name":', 400, 'invalid JSON'],
  ['no body', '', 400, 'invalid JSON'],
  ['a ts that is no number', { name: 'a', ts: 'now' }, 400, 'ts'],
  ['a fraction as ts', { name: 'a', ts: 1.5 }, 400, 'ts'],
  ['a ts before 1980', { name: 'a', ts: 1 }, 400, 'timestamp is before Jan 1, 1980'],
  ['a ts after 2100', { name: 'a', ts: 9_000_000_000_000_000 }, 400, 'timestamp is after Jan 1, 2100'],
  ['more than 512 KB', { name: 'a', data: { blob: 'x'.repeat(600_000) } }, 413, 'larger than 524288 bytes'],
  ['more than 512 KB in few letters', { name: 'a', data: { blob: 'đ'.repeat(300_000) } }, 413, 'larger than'],
  ['a thousand levels', nested(1_001), 400, 'nested deeper than'],
  ['levels beyond all', nested(200_000), 400, 'nested deeper than'],
  ['one bad beside good ones', [{ name: 'checks/echo' }, { name: '' }], 400, 'event name is empty'],
];

describe('events that are refused', () => {
  it.each(REFUSED)('have %s', async (_, body, status, message) => {
    const before = await rig.db.query('SELECT 1 FROM events');
    const reply = await post(body);
    expect(reply).toMatchObject({ status, body: { status, error: expect.stringContaining(message) } });
    expect(await rig.db.query('SELECT 1 FROM events')).toHaveLength(before.length);
  });

  it('are more than 5,000 in one request, or larger than 10 MB together', async () => {
    const none = (count: number) => `[${Array.from({ length: count }, () => '{"name":"checks/none"}').join()}]`;
    const many = await post(none(5_000));
    expect(new Set((many.body as { ids: string[] }).ids).size).toBe(5_000);
    expect(await post(none(5_001))).toMatchObject({
      status: 400,
      body: { error: 'more than 5000 events in one request' },
    });
    const large = Array.from({ length: 25 }, () => ({ name: 'checks/none', data: { x: 'x'.repeat(500_000) } }));
    expect((await post(large)).status).toBe(413);
  });

  it('come with an unknown event key', async () => {
    expect(await post({ name: 'checks/echo' }, 'wrong')).toEqual({
      status: 401,
      body: { status: 401, message: '', error: 'Event key not found' },
    });
    expect((await post({ name: 'checks/echo' }, encodeURIComponent('../x'))).status).toBe(401);
  });
});

/** The status that a path is answered with which no client would send. */
function statusOf(target: string): Promise<number | undefined> {
  const { hostname, port } = new URL(rig.engine.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: target }, (response) => resolve(response.resume().statusCode));
    asked.on('error', reject).end();
  });
}

describe('other requests', () => {
  it('that hold too much, or what cannot be stored, are refused and not asked for again', async () => {
    const post = (route: string, body: string) => rig.api(route, { method: 'POST', body });
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect((await post(`/e/${EVENT_KEY}`, ' '.repeat(40_000_000))).status).toBe(413);
    expect((await post('/invoke/test-echo', `{"data":{"x":${deep}}}`)).status).toBe(400);
    expect(
      (await post('/fn/register', `{"appName":"deep","url":"http://x","functions":[{"id":"a","x":${deep}}]}`)).status,
    ).toBe(400);
    expect((await post('/v1/signals', `{"signal":"nobody","data":${deep}}`)).status).toBe(400);
    expect(await rig.ended(await rig.send('checks/echo', { n: 1 }))).toMatchObject({ output: { data: { n: 1 } } });
  });
});

describe('events that are accepted', () => {
  it('may be of any content type, an empty list, or just under the limits', async () => {
    expect((await post([])).body).toEqual({ ids: [''], status: 200 });
    expect((await post({ name: 'checks/none' }, EVENT_KEY, { 'content-type': 'text/plain' })).status).toBe(200);
    expect((await post({ name: 'x'.repeat(512) })).status).toBe(200);
    expect((await post(nested(900))).status).toBe(200);
    expect((await post({ name: 'a', data: { blob: 'x'.repeat(520_000) } })).status).toBe(200);
  });

  it('reach the function as they were sent, with what was missing', async () => {
    const now = Date.now();
    const { body } = await post({
      name: 'checks/echo',
      v: '2',
      user: { id: 'u' },
      data: { a: 1, _inngest: { fn_id: 'x' } },
    });
    const id = (body as { ids: string[] }).ids[0] ?? '';
    const { output } = await rig.ended(id);
    expect(output).toMatchObject({ id, name: 'checks/echo', v: '2', user: { id: 'u' } });
    // What the server marks its own events with cannot be sent.
    expect((output as { data: unknown }).data).toEqual({ a: 1 });
    expect((output as { ts: number }).ts).toBeGreaterThanOrEqual(now);
    const bare = await post({ name: 'checks/echo', data: null, ts: 0 });
    const bareId = (bare.body as { ids: string[] }).ids[0] ?? '';
    expect(await rig.ended(bareId)).toMatchObject({ output: { data: {} } });
  });

  it('keep a time of their own', async () => {
    const id = await rig.send('checks/echo', {}, { ts: Date.UTC(1990, 5, 1) });
    expect(await rig.ended(id)).toMatchObject({ output: { ts: Date.UTC(1990, 5, 1) } });
  });

  it('may have an id of any length and kind', async () => {
    for (const id of ['ñ\0"', 'x'.repeat(5_000), `${Math.random()}-`.repeat(300)]) {
      const { body } = await post([
        { id, name: 'checks/echo' },
        { id, name: 'checks/echo' },
      ]);
      const [first = '', second = ''] = (body as { ids: string[] }).ids;
      expect(await rig.ended(first)).toMatchObject({ status: 'Completed', output: { id: id.replaceAll('\0', '') } });
      await rig.settled();
      expect(await rig.runsOf(second)).toEqual([]);
    }
  });

  it('find a route only where there is one', async () => {
    // Among them what the engine does not have: realtime, connect, durable endpoints, the other APIs.
    for (const route of [
      '/nowhere',
      '/v1/realtime/connect',
      '/v0/connect/start',
      '/v1/checkpoint',
      '/v2/apps',
      '/v1/traces/x',
    ])
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? '{}' : null;
        expect(await rig.api(route, { method, body })).toEqual({
          status: 404,
          body: { status: 404, error: 'not found' },
        });
      }
    expect((await rig.api(`/e/${EVENT_KEY}`)).status).toBe(404);
    expect(await statusOf('//[')).toBe(400);
    expect((await rig.api(`/e/${EVENT_KEY}/`, { method: 'POST', body: '{"name":"checks/none"}' })).status).toBe(200);
    expect((await rig.api('/e/%E0%A4%A', { method: 'POST', body: '{}' })).status).toBe(404);
    await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
  });
});
