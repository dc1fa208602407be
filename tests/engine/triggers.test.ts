import { cron, eventType } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
const started: string[] = [];

beforeAll(async () => {
  rig = await createRig((client) => {
    const on = (id: string, ...triggers: { event: string; if?: string }[]) =>
      client.createFunction({ id, triggers }, async ({ event }) => {
        started.push(`${id} ${event.name}`);
      });
    const order = eventType('typed/order', { schema: z.object({ id: z.string(), lines: z.number() }) });
    return [
      on('exact', { event: 'app/user.created' }),
      on('dot', { event: 'app/user.*' }),
      on('slash', { event: 'app/*' }),
      on('no-wildcard', { event: 'app/user*' }),
      on('both', { event: 'app/user.created' }, { event: 'app/*' }, { event: 'app/user.*', if: 'event.data.x == 1' }),
      on(
        'either',
        { event: 'either/a', if: 'event.data.x == 1' },
        { event: 'either/a', if: 'event.data.x == 2' },
        { event: 'either/b' },
      ),
      client.createFunction(
        { id: 'ten', triggers: Array.from({ length: 10 }, (_, n) => ({ event: `ten/${n}` })) },
        async ({ event }) => {
          started.push(`ten ${event.name}`);
        },
      ),
      client.createFunction(
        { id: 'mixed', triggers: [{ event: 'mixed/now' }, cron('0 0 1 1 *')] },
        async ({ event }) => {
          started.push(`mixed ${event.name}`);
        },
      ),
      client.createFunction({ id: 'typed', retries: 3, triggers: [order] }, async ({ event }) => event.data.lines * 2),
    ];
  });
});
afterAll(() => rig.close());

/** Which functions an event starts. */
async function startedBy(name: string, data: Record<string, unknown> = {}): Promise<string[]> {
  started.length = 0;
  await rig.send(name, data);
  await until(async () => (await rig.db.query('SELECT 1 FROM inbox')).length === 0);
  await rig.settled();
  return [...started].sort().map((one) => one.split(' ')[0] ?? '');
}

describe('a trigger', () => {
  it('by name, or by the beginning of one that ends in /* or .*, starts its function once', async () => {
    expect(await startedBy('app/user.created')).toEqual(['both', 'dot', 'exact', 'slash']);
    expect(await startedBy('app/user.created', { x: 1 })).toEqual(['both', 'dot', 'exact', 'slash']);
    expect(await startedBy('app/user.a/b.c')).toEqual(['both', 'dot', 'slash']);
    expect(await startedBy('app/users')).toEqual(['both', 'slash']);
    expect(await startedBy('app/user*')).toEqual(['both', 'no-wildcard', 'slash']);
    expect(await startedBy('app/')).toEqual(['both', 'slash']);
    expect(await startedBy('app')).toEqual([]);
    expect(await startedBy('App/user.created')).toEqual([]);
  });

  it('may be there several times, each with its condition', async () => {
    expect(await startedBy('either/a', { x: 1 })).toEqual(['either']);
    expect(await startedBy('either/a', { x: 2 })).toEqual(['either']);
    expect(await startedBy('either/a', { x: 3 })).toEqual([]);
    expect(await startedBy('either/b')).toEqual(['either']);
  });

  it('may be one of ten, and stand beside a cron', async () => {
    expect(await startedBy('ten/0')).toEqual(['ten']);
    expect(await startedBy('ten/9')).toEqual(['ten']);
    expect(await startedBy('mixed/now')).toEqual(['mixed']);
  });
});

describe('an event of a type', () => {
  it('that does not fulfil it ends the run by the word of the SDK', async () => {
    const [good = '', bad = ''] = await rig.sendAll('typed/order', [{ id: 'o1', lines: 4 }, { id: 7 }]);
    expect(await rig.ended(good)).toMatchObject({ status: 'Completed', output: 8 });
    expect(await rig.ended(bad)).toMatchObject({
      status: 'Failed',
      output: { name: expect.stringContaining('Error') },
    });
  });
});
