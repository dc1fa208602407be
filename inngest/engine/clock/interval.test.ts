import { describe, expect, it } from 'vitest';
import { Loop } from '../queue/loop';
import { Interval } from './interval';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('work that comes again and again', () => {
  it('never overlaps itself, however long a turn takes', async () => {
    let inside = 0;
    let most = 0;
    let turns = 0;
    const interval = new Interval(
      'counting',
      1,
      async () => {
        most = Math.max(most, ++inside);
        await pause(15);
        inside--;
        turns++;
      },
      () => undefined,
    );
    interval.start();
    while (turns < 4) await pause(5);
    await interval.stop();
    expect([most, inside]).toEqual([1, 0]);
    const before = turns;
    await pause(30);
    expect(turns).toBe(before);
  });

  it('goes on after a turn that failed, and reports it', async () => {
    const reported: unknown[] = [];
    const interval = new Interval(
      'failing',
      1,
      () => Promise.reject(new Error('once more')),
      (error) => reported.push(error),
    );
    interval.start();
    while (reported.length < 3) await pause(5);
    await interval.stop();
    expect(reported[0]).toEqual(new Error('once more'));
  });

  it('says how long the turn under way has stood still', async () => {
    let end = () => {};
    const interval = new Interval(
      'hanging',
      1,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
      () => undefined,
    );
    expect(interval.stillFor()).toBe(0);
    interval.start();
    while (interval.stillFor() < 20) await pause(5);
    const stopped = interval.stop();
    end();
    await stopped;
    expect(interval.stillFor()).toBe(0);
  });
});

describe('a loop', () => {
  it('says how long its pass has come no step further', async () => {
    let end = () => {};
    const loop = new Loop(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
      () => undefined,
    );
    expect(loop.stillFor()).toBe(0);
    loop.wake();
    while (loop.stillFor() < 20) await pause(5);
    loop.moved();
    expect(loop.stillFor()).toBeLessThan(20);
    end();
    await loop.stop();
    expect(loop.stillFor()).toBe(0);
  });
});
