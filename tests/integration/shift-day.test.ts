import { beforeAll, expect, it } from 'vitest';
import { shiftDay } from '@/server/modules/sales/till/queries';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { makeCashier, makeFixture, makeStaff, rowsOf } from './till-fixture';

withDatabase();

let manager: StaffActor;

beforeAll(async () => {
  await makeFixture();
  manager = await makeStaff('branch-manager');
});

it('the day counts its shifts, and what waits to be accepted comes first, the oldest first, with its difference', async () => {
  const first = await makeCashier('T1');
  const second = await makeCashier('T2');
  await makeCashier('T3');
  await closeShift({ actor: first.actor, shiftId: first.shiftId, denominations: { '200000': 1 } });
  await closeShift({ actor: second.actor, shiftId: second.shiftId, denominations: { '500000': 1 } });
  const day = await shiftDay(manager);
  expect(day).toMatchObject({ shifts: 3, open: 1, taken: 0n, currency: 'VND', waitingCount: 2 });
  expect(day.waiting.map(({ id, tillCode, gap }) => ({ id, tillCode, gap }))).toEqual([
    { id: first.shiftId, tillCode: 'T1', gap: -300_000n },
    { id: second.shiftId, tillCode: 'T2', gap: 0n },
  ]);
  await acceptShift({ actor: manager, shiftId: first.shiftId });
  expect((await shiftDay(manager)).waiting.map(({ id }) => id)).toEqual([second.shiftId]);
});

it('a cashier sees the own shifts of the day and accepts none; another branch sees none of them', async () => {
  const { actor } = await makeCashier('T4');
  expect(await shiftDay(actor)).toMatchObject({ shifts: 1, open: 1, waiting: [], waitingCount: 0 });
  expect(await shiftDay(await makeStaff('branch-manager', 'HN'))).toMatchObject({
    shifts: 0,
    open: 0,
    waitingCount: 0,
  });
});

it('who counted a shift or sold in it does not find it among what waits for them', async () => {
  const { actor, shiftId } = await makeCashier('T5');
  await rowsOf(`UPDATE app_user SET active = false WHERE id = $1`, [actor.id]);
  await closeShift({ actor: manager, shiftId, denominations: { '500000': 1 } });
  expect((await shiftDay(manager)).waiting.map(({ id }) => id)).not.toContain(shiftId);
  expect((await shiftDay(await makeStaff('branch-manager'))).waiting.map(({ id }) => id)).toContain(shiftId);
});
