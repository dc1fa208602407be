import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import { whileSignedIn } from '@/server/api/while-signed-in';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import { isSessionGood } from '@/server/modules/core/identity/use-cases/is-session-good';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { signOut } from '@/server/modules/core/identity/use-cases/sign-out';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { makeStaff, oneOf } from '../integration/till-fixture';

withDatabase();

let actor: StaffActor;
beforeAll(async () => {
  actor = await makeStaff('cashier', null);
});

async function begin(): Promise<{ secret: string; id: string }> {
  const caller = { addressHash: 'home', network: null, browser: null };
  const who = { id: actor.id, epoch: 0 };
  const secret = await openSession({ who, proof: 'password', caller, previous: null, correlationId: 'test' });
  const session = await findSession({ secret, attended: false });
  if (!session) throw new Error('the session did not begin');
  return { secret, id: session.id };
}

describe('a live connection', () => {
  it('ends when its session ends, and sends nothing more', async () => {
    const { secret, id } = await begin();
    let resolveNext: (value: IteratorResult<string>) => void = () => {};
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise<IteratorResult<string>>((resolve) => {
            resolveNext = resolve;
          }),
      }),
    };
    const values = whileSignedIn(source, () => isSessionGood({ id }));
    const first = values.next();
    resolveNext({ done: false, value: 'before' });
    expect(await first).toEqual({ done: false, value: 'before' });
    const second = values.next();
    await signOut({ secret, correlationId: 'test' });
    resolveNext({ done: false, value: 'after' });
    await expect(second).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it('ends also while there is nothing to send', async () => {
    const { secret, id } = await begin();
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<string>>(() => {}) }) };
    const values = whileSignedIn(silent, () => isSessionGood({ id }));
    const first = values.next();
    await signOut({ secret, correlationId: 'test' });
    await expect(first).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('is what every subscription of the staff is', async () => {
    const subscriptions = Object.entries(
      appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
    ).filter(([, { _def }]) => _def.type === 'subscription');
    expect(subscriptions.length).toBeGreaterThan(0);
    const id = await oneOf<{ id: string }>(
      `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, tier, state, created_by)
       VALUES ('orders', 'a.csv', gen_random_uuid()::text, 'x', 1, 'standard', 'checking', $1) RETURNING id`,
      [actor.id],
    );
    const context: ApiContext = {
      staff: await makeStaff('upload-operator', null),
      doctor: null,
      locale: 'vi',
      correlationId: 'test',
      addressHash: 'test',
      isStillSignedIn: async () => false,
    };
    expect(subscriptions.map(([path]) => path).toSorted()).toEqual(['changes.watch', 'uploads.progress']);
    const caller = createCallerFactory(appRouter)(context);
    for (const values of [await caller.uploads.progress(id), await caller.changes.watch()]) {
      const iterator = (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      await expect(iterator.next()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    }
  });
});
