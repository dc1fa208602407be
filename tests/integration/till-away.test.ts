import { beforeAll, expect, it } from 'vitest';
import { shiftReport } from '@/server/modules/sales/till/queries/shifts';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { openShift } from '@/server/modules/sales/till/use-cases/open-shift';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { makeCashier, makeFixture, makeStaff, oneOf, rowsOf, tillId } from './till-fixture';

withDatabase();

let manager: StaffActor;
let second: StaffActor;

beforeAll(async () => {
  await makeFixture();
  manager = await makeStaff('branch-manager');
  second = await makeStaff('branch-manager');
});

const refused = (kind: string, code: string, params = {}) => expect.objectContaining({ kind, code, params });
const denominations = { '500000': 1 };
const report = (actor: StaffActor, shiftId: string) => shiftReport({ actor, shiftId });

it.each([
  ['T1', 'has been moved to another branch', `branch_id = (SELECT id FROM branch WHERE code = 'HN')`],
  ['T2', 'has left', 'active = false'],
  ['T3', 'sells no more', `role = 'finance', branch_id = NULL`],
])(
  'a shift at %s whose cashier %s is counted and closed by the branch manager, and accepted by another',
  async (till, _, change) => {
    const { actor: cashier, shiftId } = await makeCashier(till);
    expect(await report(manager, shiftId)).toMatchObject({ state: 'open', cashierAway: false });
    await expect(closeShift({ actor: manager, shiftId, denominations })).rejects.toEqual(
      refused('not-found', 'not_found'),
    );
    await rowsOf(`UPDATE app_user SET ${change} WHERE id = $1`, [cashier.id]);
    expect(await report(manager, shiftId)).toMatchObject({ state: 'open', cashierAway: true });
    const stranger = await makeStaff('branch-manager', 'HN');
    const colleague = await makeStaff('cashier');
    for (const actor of [stranger, colleague])
      await expect(closeShift({ actor, shiftId, denominations })).rejects.toEqual(refused('not-found', 'not_found'));
    expect(await closeShift({ actor: manager, shiftId, denominations })).toMatchObject({
      expectedCash: 500_000n,
      gap: 0n,
    });
    const kept = await oneOf('SELECT cashier_id AS cashier, closed_by AS "closedBy" FROM shift WHERE id = $1', [
      shiftId,
    ]);
    expect(kept).toEqual({ cashier: cashier.id, closedBy: manager.id });
    await expect(acceptShift({ actor: manager, shiftId })).rejects.toEqual(refused('forbidden', 'accept_own_count'));
    await acceptShift({ actor: second, shiftId });
    const { actor: next } = await makeCashier(till);
    expect(next.id).not.toBe(cashier.id);
  },
);

it('a cashier who was moved learns where the own shift stands open, and who closes it', async () => {
  const { actor: cashier } = await makeCashier('T4');
  const hn = await tillId('HN', 'T4');
  const branchId = (await oneOf<{ id: string }>(`SELECT id FROM branch WHERE code = 'HN'`)).id;
  const moved = { ...cashier, branchId };
  await expect(openShift({ actor: moved, tillId: hn, floatAmount: 0n })).rejects.toEqual(
    refused('conflict', 'shift_open_elsewhere', { branch: 'Q1', till: 'T4' }),
  );
});

it('the database itself lets nobody accept a shift that they have counted', async () => {
  const { actor: cashier, shiftId } = await makeCashier('T5');
  await rowsOf('UPDATE app_user SET active = false WHERE id = $1', [cashier.id]);
  await closeShift({ actor: manager, shiftId, denominations });
  const accept = (by: string) =>
    rowsOf(`UPDATE shift SET state = 'accepted', accepted_by = $2, accepted_at = now() WHERE id = $1`, [shiftId, by]);
  await expect(accept(manager.id)).rejects.toThrow(/does not go from closed to accepted/);
  await expect(rowsOf('UPDATE shift SET closed_by = $2 WHERE id = $1', [shiftId, second.id])).rejects.toThrow();
  await accept(second.id);
});
