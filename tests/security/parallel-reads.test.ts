import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { createCallerFactory, procedure, router } from '@/server/api/trpc';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { makeStaff } from '../integration/till-fixture';

withDatabase();

let greedy: StaffActor;
let other: StaffActor;
beforeAll(async () => {
  greedy = await makeStaff('cashier');
  other = await makeStaff('cashier');
});

const running = { now: 0, most: 0 };
let finish: () => void = () => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});

const questions = router({
  slow: procedure('order.read').query(async () => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    await finished;
    running.now -= 1;
  }),
  quick: procedure('order.read').query(() => 'quick'),
  act: procedure('pos.sell').mutation(() => 'done'),
  news: procedure('order.read').subscription(async function* () {
    yield 'first';
    await new Promise(() => {});
  }),
});

const callerOf = (staff: StaffActor) =>
  createCallerFactory(questions)({
    staff,
    doctor: null,
    locale: 'vi',
    correlationId: 'test',
    addressHash: 'here',
    isStillSignedIn: async () => true,
  } as ApiContext);

describe('whoever asks for hundreds of things at once', () => {
  it('is answered a few at a time, is refused beyond a queue, and keeps nobody else waiting, nor the own sale', async () => {
    const asked = Array.from({ length: 100 }, () => callerOf(greedy).slow());
    const outcomes = Promise.allSettled(asked);
    await expect(callerOf(other).quick()).resolves.toBe('quick');
    await expect(callerOf(greedy).act()).resolves.toBe('done');
    expect(running.most).toBe(6);
    finish();
    const refused = (await outcomes).filter((one) => one.status === 'rejected');
    expect(running.most).toBe(6);
    expect(refused).toHaveLength(100 - 6 - 60);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'TOO_MANY_REQUESTS', message: 'reads_busy' });
  });

  it('has a few live connections, and may open another when one was closed', async () => {
    const open = async () => {
      const reported = (await callerOf(greedy).news()) as AsyncGenerator<string>;
      await reported.next();
      return reported;
    };
    const connections = await Promise.all(Array.from({ length: 30 }, open));
    await expect(open()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', message: 'reads_busy' });
    await expect(callerOf(other).news()).resolves.toBeDefined();
    await connections[0]?.return(undefined);
    await expect(open()).resolves.toBeDefined();
    await Promise.all(connections.map((one) => one.return(undefined)));
  });
});
