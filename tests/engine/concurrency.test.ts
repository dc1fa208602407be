import { RetryAfterError } from 'inngest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Barrier } from './barrier';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
let barrier = new Barrier();

beforeAll(async () => {
  rig = await createRig((client) => {
    const limited = (id: string, concurrency: object | object[] | number, more: object = {}) =>
      client.createFunction(
        { id, retries: 1, concurrency: concurrency as number, ...more, triggers: [{ event: `limited/${id}` }] },
        async ({ event }) => barrier.stay(event.data.name),
      );
    const user = 'event.data.user';
    return [
      limited('two', 2),
      limited('none', 0),
      limited('keyed', { limit: 1, key: user }),
      limited('double', [{ limit: 3 }, { limit: 1, key: user }]),
      limited('equal', [{ limit: 5 }, { limit: 2 }]),
      limited('env-a', [{ limit: 1, key: '"shared"', scope: 'env' }]),
      limited('env-b', [{ limit: 1, key: '"shared"', scope: 'env' }]),
      limited('env-c', [{ limit: 1, key: '"other"', scope: 'env' }]),
      limited('account-a', [{ limit: 2, key: user, scope: 'account' }]),
      limited('account-b', [{ limit: 2, key: user, scope: 'account' }]),
      limited('ordered', 1, { priority: { run: 'event.data.p' } }),
      client.createFunction(
        { id: 'sleeper', concurrency: 1, triggers: [{ event: 'limited/sleeper' }] },
        async ({ step, event }) => {
          await step.run('before', () => barrier.stay(`${event.data.name} before`));
          await step.sleep('nap', '1h');
          await step.run('after', () => barrier.stay(`${event.data.name} after`));
        },
      ),
      client.createFunction(
        { id: 'parallel', concurrency: 2, triggers: [{ event: 'limited/parallel' }] },
        async ({ step }) => {
          await Promise.all([1, 2, 3, 4, 5].map((n) => step.run(`s${n}`, () => barrier.stay(`s${n}`))));
        },
      ),
      client.createFunction(
        { id: 'fails', retries: 1, concurrency: 1, triggers: [{ event: 'limited/fails' }] },
        async ({ event, attempt }) => {
          if (event.data.fail && attempt === 0) throw new RetryAfterError('later', '1h');
          await barrier.stay(event.data.name);
        },
      ),
    ];
  });
});
beforeEach(() => {
  barrier = new Barrier();
});
afterAll(() => rig.close());

const named = (count: number, more: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => ({ name: `n${n}`, ...more(n) }));

async function waiting(count: number): Promise<void> {
  await until(async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'waiting'`)).length === count);
}

async function allFree(): Promise<void> {
  await rig.settled();
  expect(await rig.db.query('SELECT 1 FROM slots WHERE used <> 0')).toEqual([]);
}

describe('a limit', () => {
  it('lets so many in at once, in the order of their events', async () => {
    await rig.sendAll('limited/two', named(5));
    await waiting(3);
    expect(await barrier.filled(2)).toEqual(['n0', 'n1']);
    for (const name of ['n1', 'n0', 'n2', 'n3']) {
      await barrier.release(name);
      await until(() => barrier.names().length <= 2 && !barrier.names().includes(name));
    }
    await barrier.release('n4');
    await allFree();
    expect(barrier.entered).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
  });

  it('of none is none', async () => {
    await rig.sendAll('limited/none', named(6));
    await barrier.filled(6);
    await barrier.releaseAll(6);
  });

  it('with a key holds for each of its values', async () => {
    await rig.sendAll(
      'limited/keyed',
      named(9, (n) => ({ user: `u${n % 3}` })),
    );
    expect(await barrier.filled(3)).toEqual(['n0', 'n1', 'n2']);
    await waiting(6);
    await barrier.release('n1');
    await until(() => barrier.names().includes('n4'));
    expect(barrier.names()).toEqual(['n0', 'n2', 'n4']);
    await barrier.releaseAll(9);
    await allFree();
  });

  it('with a key holds for values of any kind and length, and for none', async () => {
    const long = Array.from({ length: 300 }, () => Math.random().toString(36)).join();
    const users = [long, `${long}.`, 7, { a: [1] }, null, undefined, 'ñ\0'];
    await rig.sendAll(
      'limited/keyed',
      users.flatMap((user, n) => [
        { name: `a${n}`, user },
        { name: `b${n}`, user },
      ]),
    );
    // No value and null are the same.
    expect(await barrier.filled(6)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a6']);
    await barrier.releaseAll(14);
    await allFree();
  });

  it('beside another holds together with it', async () => {
    const userOf = (name: string) => Math.floor(Number(name.slice(1)) / 2);
    await rig.sendAll(
      'limited/double',
      named(10, (n) => ({ user: `u${userOf(`n${n}`)}` })),
    );
    // Of each user only one, of all users only three.
    expect(await barrier.filled(3)).toEqual(['n0', 'n2', 'n4']);
    await barrier.release('n2');
    await until(() => barrier.names().length === 3 && !barrier.names().includes('n2'));
    expect(new Set(barrier.names().map(userOf)).size).toBe(3);
    await barrier.releaseAll(10);
    await allFree();
  });

  it('beside an equal one is the lower of both', async () => {
    await rig.sendAll('limited/equal', named(5));
    await barrier.filled(2);
    await waiting(3);
    await barrier.releaseAll(5);
    await allFree();
  });
});

describe('a scope', () => {
  it('of the environment holds for all functions that name the same key', async () => {
    await rig.send('limited/env-a', { name: 'a' });
    await barrier.filled(1);
    await rig.send('limited/env-b', { name: 'b' });
    await waiting(1);
    await rig.send('limited/env-c', { name: 'c' });
    expect(await barrier.filled(2)).toEqual(['a', 'c']);
    await barrier.release('a');
    await until(() => barrier.names().includes('b'));
    await barrier.releaseAll(3);
    await allFree();
  });

  it('of the account holds so, too, for each value of its key', async () => {
    const items = (prefix: string) => ['x', 'x', 'y'].map((user, n) => ({ name: `${prefix}${n}`, user }));
    await rig.sendAll('limited/account-a', items('a'));
    await barrier.filled(3);
    await rig.sendAll('limited/account-b', items('b'));
    await waiting(2);
    expect(await barrier.filled(4)).toEqual(['a0', 'a1', 'a2', 'b2']);
    await barrier.releaseAll(6);
    await allFree();
  });
});

describe('a place', () => {
  it('is held by a request, not by a run that sleeps', async () => {
    await rig.sendAll('limited/sleeper', [{ name: 'one' }, { name: 'two' }]);
    expect(await barrier.filled(1)).toEqual(['one before']);
    await barrier.release('one before');
    await until(() => barrier.names().includes('two before'));
    await rig.db.query('UPDATE timers SET due_at = now()');
    await waiting(1);
    expect(barrier.names()).toEqual(['two before']);
    await barrier.release('two before');
    await until(() => barrier.names().includes('one after'));
    await until(async () => (await rig.db.query('UPDATE timers SET due_at = now() RETURNING 1')).length > 0);
    await barrier.releaseAll(4);
    await allFree();
  });

  it('is needed by each step of a group', async () => {
    await rig.send('limited/parallel');
    await barrier.filled(2);
    await waiting(3);
    await barrier.releaseAll(5);
    await allFree();
  });

  it('is free while a failed request pauses', async () => {
    const id = await rig.send('limited/fails', { name: 'first', fail: true });
    await until(
      async () => (await rig.db.query(`SELECT 1 FROM jobs WHERE state = 'delayed' AND attempt = 1`)).length === 1,
    );
    await rig.send('limited/fails', { name: 'second' });
    expect(await barrier.filled(1)).toEqual(['second']);
    await rig.db.query(`UPDATE jobs SET due_at = now() WHERE state = 'delayed'`);
    await waiting(1);
    await barrier.releaseAll(2);
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed' });
    await allFree();
  });
});

describe('a priority', () => {
  it('is a head start in seconds; what is no whole number is none', async () => {
    const line: [string, unknown][] = [
      ['zero', 0],
      ['minus 300', -300],
      ['300', 300],
      ['a fraction', 1.5],
      ['a text', '300'],
      ['nothing', undefined],
      ['beyond twelve hours', 1e9],
      ['far behind', -1e9],
      ['true', true],
      ['twelve hours', 43_200],
    ];
    await rig.send('limited/ordered', { name: 'first', p: 0 });
    await barrier.filled(1);
    await rig.sendAll(
      'limited/ordered',
      line.map(([name, p]) => ({ name, p })),
    );
    await waiting(line.length);
    await barrier.releaseAll(line.length + 1);
    expect(barrier.entered).toEqual([
      'first',
      'beyond twelve hours',
      'twelve hours',
      '300',
      'zero',
      'a fraction',
      'a text',
      'nothing',
      'true',
      'minus 300',
      'far behind',
    ]);
    await allFree();
  });
});
