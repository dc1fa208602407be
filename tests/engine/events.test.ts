import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { type Passing, startProxy } from './proxy';
import { createClient, createRig, databaseBeside, EVENT_KEY, engineOptions, type Rig, until } from './setup';

let rig: Rig;
const seen: { name: string; id?: string | undefined }[] = [];

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'one', triggers: [{ event: 'events/one' }] }, async ({ event }) => {
      seen.push({ name: event.name, id: event.id });
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
    await rig.settled();
    expect(await rig.runsOf(b)).toEqual([]);
    await rig.db.query(`UPDATE idempotency SET expires_at = now() WHERE key = 'given-1'`);
    const c = await rig.send('events/one', {}, { id: 'given-1' });
    expect(await rig.ended(c)).toMatchObject({ output: 'given-1' });
  });

  it('starts once for one event id within a request, and each function on its own account', async () => {
    const { ids } = await rig.client.send([
      { id: 'given-2', name: 'events/fan', data: { x: 2 } },
      { id: 'given-2', name: 'events/fan', data: { x: 3 } },
    ]);
    await until(async () => (await rig.runsOf(ids[0] ?? '')).length === 2);
    await rig.settled();
    expect(await rig.runsOf(ids[1] ?? '')).toEqual([]);
  });

  it('does not start again what the SDK sends again because no answer came', async () => {
    const sent: Passing[] = [];
    const proxy = await startProxy(
      () => rig.engine.url,
      async (passing, forward) => {
        sent.push(passing);
        const answer = await forward();
        return sent.length > 2 ? answer : undefined;
      },
    );
    const before = seen.length;
    const { ids } = await createClient(proxy.origin).send({ name: 'events/one', data: {} });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((one) => one.headers['x-inngest-event-id-seed'])).size).toBe(1);
    expect(await rig.ended(ids[0] ?? '')).toMatchObject({ status: 'Completed', output: ids[0] });
    await rig.settled();
    expect(seen.length).toBe(before + 1);
    await proxy.close();
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
    const ts = Date.now() + 3_600_000;
    const id = await rig.send('events/one', {}, { id: 'future', ts });
    const [job] = await until(async () => {
      const rows = await rig.db.query<{ id: string; state: string; due: number }>(
        `SELECT id, state, (extract(epoch FROM due_at) * 1000)::float8 AS due FROM jobs`,
      );
      return rows.length > 0 && rows;
    });
    expect(job).toMatchObject({ state: 'delayed', due: ts });
    expect(await rig.runsOf(id)).toMatchObject([{ status: 'Running' }]);
    expect(seen.some((event) => event.id === 'future')).toBe(false);
    await rig.db.query('UPDATE jobs SET due_at = now()');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'future' });
  });

  it('keeps events that came before any app and routes them after the first sync', async () => {
    const { url, drop } = await databaseBeside(rig.db, 'early_events');
    const early = await startEngine({ ...engineOptions(rig.db), databaseUrl: url });
    const sent = await fetch(`${early.url}/e/${EVENT_KEY}`, { method: 'POST', body: '{"name":"events/one"}' });
    const { ids } = (await sent.json()) as { ids: string[] };
    const later = await startEngine({ ...engineOptions(rig.db), databaseUrl: url, appUrls: [rig.app.url] });
    await until(() => seen.some((event) => event.id === ids[0]));
    await later.close(200);
    await early.close(200);
    await drop();
  });
});
