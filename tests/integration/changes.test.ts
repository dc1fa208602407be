import { beforeAll, describe, expect, it } from 'vitest';
import { changesAfter, newestChange } from '@/server/modules/core/changes/queries';
import { watchChanges } from '@/server/modules/core/changes/use-cases/watch-changes';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { openPatient } from '@/server/modules/sales/patients/use-cases/open-patient';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf } from './till-fixture';

withDatabase();

let cashier: StaffActor;
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
});

const sell = async () => createPaidOrder({ actor: cashier, cart: await cartOf({}) });

/** Somebody who watches, from now on: what they were sent so far, each kind once. */
async function watching(actor: StaffActor) {
  const leaving = new AbortController();
  const kinds = new Set<string>();
  const ended = (async () => {
    for await (const some of watchChanges({ actor, signal: leaving.signal })) for (const kind of some) kinds.add(kind);
  })();
  // The first reading only finds where the trail ends.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    kinds,
    leave: () => {
      leaving.abort();
      return ended;
    },
  };
}

describe('what changes elsewhere', () => {
  it('is sent to who may see it: of the own branch, or of none', async () => {
    const here = await watching(await makeStaff('branch-manager', 'Q1'));
    const there = await watching(await makeStaff('branch-manager', 'HN'));
    const everywhere = await watching(await makeStaff('finance', null));
    await sell();
    await expect.poll(() => [...here.kinds], { timeout: 10_000 }).toContain('order');
    await expect.poll(() => [...everywhere.kinds], { timeout: 10_000 }).toContain('order');
    expect([...there.kinds]).not.toContain('order');
    await Promise.all([here.leave(), there.leave(), everywhere.leave()]);
  });

  it('is of the kinds that somebody may open: no till learns that a doctor asks for a code, or that work in the background failed', async () => {
    const [till, finance] = [await watching(cashier), await watching(await makeStaff('finance', null))];
    const admin = await watching(await makeStaff('administrator', null));
    const kinds = [
      'otp-challenge',
      'statement',
      'statement-run',
      'statement-link',
      'gate-session',
      'background-run',
      'message',
    ];
    const actor = systemActor('test');
    await inTransaction(async (tx) => {
      for (const entity of [...kinds, 'order', 'doctor'])
        await recordAudit(tx, { actor, action: `${entity}.changed`, entity, entityId: 'x' });
    });
    await expect.poll(() => [...till.kinds].sort(), { timeout: 10_000 }).toEqual(['doctor', 'order']);
    await expect.poll(() => [...finance.kinds], { timeout: 10_000 }).toEqual(expect.arrayContaining(kinds.slice(0, 5)));
    expect([...finance.kinds]).not.toContain('background-run');
    await expect.poll(() => [...admin.kinds], { timeout: 10_000 }).toEqual(expect.arrayContaining(kinds));
    await Promise.all([till.leave(), finance.leave(), admin.leave()]);
  });

  it('is nothing where somebody only read', async () => {
    const from = await newestChange();
    const { id } = await oneOf<{ id: string }>('SELECT id FROM patient LIMIT 1');
    await openPatient({ actor: await makeStaff('auditor', null), id });
    expect(await changesAfter(from)).toEqual([]);
    await sell();
    expect((await changesAfter(from)).map(({ entity }) => entity)).toContain('order');
  });

  it('is no longer read once the last one has left, and again when the next one comes', async () => {
    const first = await watching(cashier);
    await first.leave();
    const second = await watching(cashier);
    await sell();
    await expect.poll(() => [...second.kinds], { timeout: 10_000 }).toContain('order');
    await second.leave();
  });
});
