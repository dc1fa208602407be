import { describe, expect, it } from 'vitest';
import { sheetQueue } from './sheet-queue';

const limits = { together: 3, perOwner: 2, waitingPerOwner: 2, waitMs: 60_000 };

/** A work that ends when the test says so. */
function work() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { begun: false };
  const run = async () => {
    state.begun = true;
    await done;
  };
  return { run, end, state };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('readings of sheets', () => {
  it('of one person run two at once, the next wait, and more are refused', async () => {
    const turns = sheetQueue(limits);
    const works = Array.from({ length: 5 }, work);
    const runs = works.map(({ run }) => turns.run('a', run));
    await expect(runs[4]).rejects.toMatchObject({ name: 'SheetError', code: 'busy', limit: 2 });
    await settle();
    expect(works.map(({ state }) => state.begun)).toEqual([true, true, false, false, false]);
    works[0]?.end();
    await runs[0];
    await settle();
    expect(works.map(({ state }) => state.begun)).toEqual([true, true, true, false, false]);
    for (const { end } of works) end();
    await Promise.all(runs.slice(0, 4));
  });

  it('of one person do not keep another waiting, and all together are bounded', async () => {
    const turns = sheetQueue(limits);
    const [a1, a2, a3, b1, c1] = [work(), work(), work(), work(), work()];
    const runs = [turns.run('a', a1.run), turns.run('a', a2.run), turns.run('a', a3.run), turns.run('b', b1.run)];
    runs.push(turns.run('c', c1.run));
    await settle();
    expect([a1, a2, a3, b1, c1].map(({ state }) => state.begun)).toEqual([true, true, false, true, false]);
    b1.end();
    await settle();
    expect([a3, c1].map(({ state }) => state.begun)).toEqual([false, true]);
    for (const { end } of [a1, a2, a3, c1]) end();
    await Promise.all(runs);
  });

  it('that fail give their turn back', async () => {
    const turns = sheetQueue({ ...limits, together: 1 });
    await expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.run('a', async () => 'yes')).resolves.toBe('yes');
  });

  it('wait no longer than they should', async () => {
    const turns = sheetQueue({ ...limits, perOwner: 1, waitMs: 1 });
    const first = work();
    const run = turns.run('a', first.run);
    await expect(turns.run('a', async () => {})).rejects.toMatchObject({ code: 'busy' });
    first.end();
    await run;
    await expect(turns.run('a', async () => 1)).resolves.toBe(1);
  });
});
