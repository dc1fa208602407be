import { beforeAll, expect, it, vi } from 'vitest';
import { listShifts, shiftDay } from '@/server/modules/sales/till/queries/shifts';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { db, type Sql } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
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

it('a list of shifts says of each day what all of its shifts come to under the filters, however much of it is on the page', async () => {
  const day = await shiftDay(manager);
  const first = await listShifts({ actor: manager, limit: 1 });
  const gap = -300_000n;
  expect(first.days).toEqual([{ day: day.day, shifts: 3, open: 1, taken: 0n, gap, currency: 'VND' }]);
  expect(first.rows[0]?.day).toBe(day.day);
  const next = await listShifts({ actor: manager, limit: 1, cursor: first.nextCursor });
  expect(next.days).toEqual(first.days);
  const [open] = (await listShifts({ actor: manager, limit: 9, state: 'open' })).days;
  expect(open).toMatchObject({ shifts: 1, open: 1, gap: null });
  expect((await listShifts({ actor: await makeStaff('branch-manager', 'HN'), limit: 9 })).days).toEqual([]);
});

it('a shift is found by its till and its cashier: words in any order, without accents, with a typing mistake', async () => {
  const { actor, shiftId } = await makeCashier('T6');
  await rowsOf(`UPDATE app_user SET name = 'Hoàng Thị Trang' WHERE id = $1`, [actor.id]);
  const found = async (search: string) =>
    (await listShifts({ actor: manager, search, limit: 9 })).rows.map(({ id }) => id);
  for (const search of ['hoang trang', 'Trang Hoàng t6', 't6 hoan', 'trnag hoang'])
    expect(await found(search)).toEqual([shiftId]);
  expect(await found('t6 nobody')).toEqual([]);
  expect(await found('…')).toEqual([]);
  expect(await listShifts({ actor: await makeStaff('branch-manager', 'HN'), search: 'trang', limit: 9 })).toMatchObject(
    {
      rows: [],
    },
  );
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

it('a search of very many words takes no more than one connection at a time from everybody else', async () => {
  let now = 0;
  let most = 0;
  const { $queryRaw: real } = db();
  const counted = vi.spyOn(db(), '$queryRaw').mockImplementation(((query: Sql) => {
    now += 1;
    most = Math.max(most, now);
    return real.call(db(), query).finally(() => {
      now -= 1;
    });
  }) as typeof real);
  const search = Array.from({ length: 45 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(' ');
  const words = (await listShifts({ actor: manager, search: 't1 '.repeat(20), limit: 9 })).rows;
  expect(await listShifts({ actor: manager, search, limit: 9 })).toMatchObject({ rows: [] });
  counted.mockRestore();
  expect(words.length).toBeGreaterThan(0);
  expect(most).toBe(1);
});

it('days that are years apart are summed each for itself', async () => {
  const [first, last] = [await makeCashier('T7'), await makeCashier('T8')];
  await rowsPastGuards(`UPDATE shift SET opened_at = '2021-01-31T17:30:00Z' WHERE id = '${first.shiftId}'`);
  const only = [first.shiftId, last.shiftId];
  const { days } = await listShifts({ actor: manager, only, limit: 9 });
  const today = (await shiftDay(manager)).day;
  expect(days.map(({ day }) => day).toSorted()).toEqual(['2021-02-01', today]);
  expect(days.find(({ day }) => day !== today)).toMatchObject({ shifts: 1, open: 1, taken: 0n, gap: null });
});
