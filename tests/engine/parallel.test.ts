import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
const ran: string[] = [];
let bodies = 0;
/** Steps that wait until a test lets them go on. */
const gates = new Map<string, () => void>();

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'four', triggers: [{ event: 'parallel/four' }] }, async ({ step }) => {
      bodies++;
      const parts = await Promise.all(
        ['a', 'b', 'c', 'd'].map((id, index) =>
          step.run(id, async () => {
            ran.push(id);
            await pause(40 - index * 10);
            return index;
          }),
        ),
      );
      return step.run('sum', () => parts.reduce((sum, part) => sum + part, 0));
    }),
    client.createFunction({ id: 'mixed', triggers: [{ event: 'parallel/mixed' }] }, async ({ step }) => {
      const [done, nap, event] = await Promise.all([
        step.run('work', () => 'done'),
        step.sleep('nap', '1s'),
        step.waitForEvent('never', { event: 'parallel/never', timeout: '1s' }),
      ]);
      return { done, nap: nap ?? null, event };
    }),
    client.createFunction({ id: 'race', triggers: [{ event: 'parallel/race' }] }, async ({ step }) =>
      Promise.race([step.run('fast', () => 'fast'), step.sleep('slow', '1s').then(() => 'slow')]),
    ),
    client.createFunction(
      { id: 'one-fails', retries: 0, triggers: [{ event: 'parallel/one-fails' }] },
      async ({ step }) => {
        const results = await Promise.allSettled([
          step.run('good', () => 1),
          step.run('bad', () => {
            throw new Error('bad step');
          }),
        ]);
        return results.map((result) => result.status);
      },
    ),
    client.createFunction(
      { id: 'v1', optimizeParallelism: false, triggers: [{ event: 'parallel/v1' }] },
      async ({ step }) => {
        const chain = step.run('x1', () => 1).then((value: number) => step.run('x2', () => value + 1));
        const other = step.run('y', () => 10);
        return (await chain) + (await other);
      },
    ),
    client.createFunction(
      { id: 'group-race', triggers: [{ event: 'parallel/group-race' }] },
      async ({ step, group }) => {
        const winner = await group.parallel({ mode: 'race' }, () =>
          Promise.race([
            step.run('fast', () => 'fast'),
            step.waitForEvent('slow', { event: 'parallel/slow', timeout: '1h' }).then(() => 'slow'),
          ]),
        );
        await step.run('after', () => ran.push(`after ${winner}`));
        return winner;
      },
    ),
    ...[true, false].map((optimizeParallelism) =>
      client.createFunction(
        {
          id: `chain-${optimizeParallelism}`,
          optimizeParallelism,
          triggers: [{ event: `parallel/chain-${optimizeParallelism}` }],
        },
        async ({ step }) => {
          const key = `chain-${optimizeParallelism}`;
          const chain = step.run('first', () => 1).then(() => step.run('second', () => ran.push(`${key} second`)));
          const other = step.run('held', () => new Promise<void>((open) => gates.set(key, open)));
          await Promise.all([chain, other]);
        },
      ),
    ),
    client.createFunction(
      { id: 'retried', retries: 2, triggers: [{ event: 'parallel/retried' }] },
      async ({ step, attempt }) => {
        const flaky = step.run('flaky', () => {
          ran.push(`flaky ${attempt}`);
          if (attempt < 2) throw new Error('not yet');
          return 'flaky';
        });
        const all = await Promise.all([flaky, step.run('quick', () => ran.push('quick'))]);
        return step.run('joined', () => ran.push('joined') && all[0]);
      },
    ),
    client.createFunction({ id: 'wide', triggers: [{ event: 'parallel/wide' }] }, async ({ step }) => {
      const all = await Promise.all(Array.from({ length: 40 }, (_, index) => step.run(`s-${index}`, () => index)));
      return all.length;
    }),
  ]);
});
afterAll(() => rig.close());

describe('parallel steps', () => {
  it('runs each once and discovers once for the whole group', async () => {
    const run = await rig.ended(await rig.send('parallel/four'));
    expect(run).toMatchObject({ status: 'Completed', output: 6 });
    expect([...ran].sort()).toEqual(['a', 'b', 'c', 'd']);
    // One discovery, four steps, one more discovery that runs the last step.
    expect(bodies).toBe(6);
  });

  it('joins steps, sleeps and waits', async () => {
    const run = await rig.ended(await rig.send('parallel/mixed'));
    expect(run).toMatchObject({ status: 'Completed', output: { done: 'done', nap: null, event: null } });
  });

  it('keeps the order of completion for races', async () => {
    expect(await rig.ended(await rig.send('parallel/race'))).toMatchObject({ status: 'Completed', output: 'fast' });
  });

  it('lets one step fail beside another', async () => {
    const run = await rig.ended(await rig.send('parallel/one-fails'));
    expect(run).toMatchObject({ status: 'Completed', output: ['fulfilled', 'rejected'] });
  });

  it('goes on after the first of a declared race, while the others still wait', async () => {
    const id = await rig.send('parallel/group-race');
    await until(() => ran.includes('after fast'));
    // The SDK ends a run only when none of its steps is pending.
    await rig.send('parallel/slow');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'fast' });
  });

  it('goes on after each step with protocol version 1', async () => {
    expect(await rig.ended(await rig.send('parallel/v1'))).toMatchObject({ status: 'Completed', output: 12 });
  });

  it('goes on when the whole group is done, unless the old protocol is asked for', async () => {
    const [whole, each] = [await rig.send('parallel/chain-true'), await rig.send('parallel/chain-false')];
    await until(() => ran.includes('chain-false second') && gates.has('chain-true'));
    await until(async () => (await rig.db.query('SELECT 1 FROM steps WHERE memo IS NOT NULL')).length >= 3);
    expect(ran).not.toContain('chain-true second');
    for (const open of gates.values()) open();
    await rig.allEnded([whole, each]);
    expect(ran).toContain('chain-true second');
  });

  it('waits for the attempts of one step, without repeating the others', async () => {
    expect(await rig.ended(await rig.send('parallel/retried'))).toMatchObject({ status: 'Completed', output: 'flaky' });
    const own = ran.filter((one) => /^(flaky|quick|joined)/.test(one));
    expect([...own].sort()).toEqual(['flaky 0', 'flaky 1', 'flaky 2', 'joined', 'quick']);
    expect(own.at(-1)).toBe('joined');
  });

  it('runs forty at once', async () => {
    expect(await rig.ended(await rig.send('parallel/wide'))).toMatchObject({ status: 'Completed', output: 40 });
  });
});
