import { availableParallelism } from 'node:os';
import { expect, it, vi } from 'vitest';
import { hashPassword, passwordFits } from '@/server/platform/passwords';
import { withDatabase } from '../integration/database';

const work = vi.hoisted(() => ({ now: 0, most: 0 }));
// The real one, counted.
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  const verify = async (...given: Parameters<typeof real.verify>) => {
    work.now += 1;
    work.most = Math.max(work.most, work.now);
    const fits = await real.verify(...given);
    work.now -= 1;
    return fits;
  };
  return { ...real, verify };
});

withDatabase();

it('hundreds of sign-ins at once leave a processor to the till, and all but a queue of them are asked to retry', async () => {
  const right = await hashPassword('a quite long password');
  const tries = Array.from({ length: 300 }, (_, n) => passwordFits(n === 0 ? right : null, 'a quite long password'));
  const outcomes = await Promise.allSettled(tries);
  const together = Math.max(1, availableParallelism() - 1);
  expect(work.most).toBe(together);
  expect(outcomes[0]).toEqual({ status: 'fulfilled', value: true });
  // Whoever finds the queue full; on a machine that is busy with other things also who stood in it for too long.
  const beyond = outcomes.slice(together + 256);
  expect(beyond.map(({ status }) => status)).toEqual(beyond.map(() => 'rejected'));
  const refused = outcomes.filter((one) => one.status === 'rejected');
  for (const { reason } of refused) expect(reason).toMatchObject({ kind: 'limited', code: 'too_many_tries' });
});
