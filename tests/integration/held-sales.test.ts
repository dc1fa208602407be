import { beforeAll, describe, expect, it } from 'vitest';
import { heldSales } from '@/server/modules/sales/held-sales/queries';
import { type HeldSaleRow, holdSaleInput } from '@/server/modules/sales/held-sales/schema';
import { dropHeldSale } from '@/server/modules/sales/held-sales/use-cases/drop-held-sale';
import { holdSale } from '@/server/modules/sales/held-sales/use-cases/hold-sale';
import { lapseHeldSales } from '@/server/modules/sales/held-sales/use-cases/lapse-held-sales';
import { releaseHeldSale } from '@/server/modules/sales/held-sales/use-cases/release-held-sale';
import { takeHeldSale } from '@/server/modules/sales/held-sales/use-cases/take-held-sale';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, oneOf, patientNamed, rowsOf } from './till-fixture';

withDatabase();

let lan: Awaited<ReturnType<typeof makeCashier>>;
let hoa: typeof lan;
let away: typeof lan;
let patientId: string;
beforeAll(async () => {
  await makeFixture();
  lan = await makeCashier('T1');
  hoa = await makeCashier('T2');
  away = await makeCashier('T1', 'HN');
  await rowsOf(`UPDATE app_user SET name = 'Lan' WHERE id = $1`, [lan.actor.id]);
  patientId = await patientNamed('dao');
});

const saleOf = (parts: object = {}) =>
  holdSaleInput.parse({
    ...{ id: crypto.randomUUID(), name: 'Chị Đào', patientId, note: 'chờ giấy' },
    services: [{ code: 'CBC', discountPercent: '10' }, { code: 'GLU' }],
    ...parts,
  });
const held = async (parts: object = {}, actor: StaffActor = lan.actor) =>
  (await holdSale({ actor, sale: saleOf(parts) })).id;
const seen = async (id: string, actor: StaffActor = hoa.actor): Promise<HeldSaleRow | undefined> =>
  (await heldSales(actor)).find((one) => one.id === id);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
  );
const actsOf = async (id: string) =>
  (
    await rowsOf<{ action: string }>(
      `SELECT action FROM audit_entry WHERE entity = 'held-sale' AND entity_id = $1 ORDER BY id`,
      [id],
    )
  ).map(({ action }) => action.replace('held-sale.', ''));

describe('a sale that is put aside', () => {
  it('is seen at every till of its branch, newest first, by name, patient, total and who; at no other branch', async () => {
    const older = await held();
    const id = await held({ name: 'Anh Nam', patientId: null, services: [{ code: 'NOPRICE' }] });
    const rows = await heldSales(hoa.actor);
    expect(rows.slice(0, 2).map((row) => row.id)).toEqual([id, older]);
    expect(rows[0]).toMatchObject({ name: 'Anh Nam', patientName: null, total: null });
    expect(rows[1]).toEqual({
      ...{ id: older, name: 'Chị Đào', patientName: 'Nguyễn Thị Đào', codes: ['CBC', 'GLU'], currency: 'VND' },
      ...{
        total: 120_333n - 12_033n + 45_000n,
        heldAt: expect.any(Date),
        heldByName: 'Lan',
        tillCode: 'T1',
        takenBy: null,
      },
    });
    expect(await seen(id, away.actor)).toBeUndefined();
    expect(await refusal(takeHeldSale({ actor: away.actor, id }))).toEqual(['not-found', 'not_found', {}]);
    expect(await refusal(dropHeldSale({ actor: away.actor, id }))).toEqual(['not-found', 'not_found', {}]);
    await releaseHeldSale({ actor: away.actor, id });
    expect(await seen(id)).toMatchObject({ takenBy: null });
  });

  it('is held once however often it is sent, also where it was taken by another till meanwhile', async () => {
    const sale = saleOf();
    await Promise.all(Array.from({ length: 20 }, () => holdSale({ actor: lan.actor, sale })));
    expect(await actsOf(sale.id)).toEqual(['held']);
    await takeHeldSale({ actor: hoa.actor, id: sale.id });
    await holdSale({ actor: lan.actor, sale });
    expect(await actsOf(sale.id)).toEqual(['held', 'taken']);
    expect(await seen(sale.id, lan.actor)).toMatchObject({ takenBy: { till: 'T2', self: false } });
  });

  it('needs a patient who is there, a branch, and a key that no other branch holds', async () => {
    expect(await refusal(held({ patientId: crypto.randomUUID() }))).toEqual(['invalid', 'unknown_patient', {}]);
    expect(await refusal(held({}, { ...lan.actor, branchId: null }))).toEqual(['forbidden', 'no_branch', {}]);
    const id = await held();
    expect(await refusal(held({ id }, away.actor))).toEqual(['conflict', 'held_sale_ended', {}]);
  });
});

describe('taking one up', () => {
  it('answers the cart as it was put aside, and gives it to one of many tills at once; the others hear who has it', async () => {
    const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'VIPCO'`);
    const { id: doctorId } = await oneOf<{ id: string }>(`SELECT id FROM doctor WHERE code = 'D1'`);
    const id = await held({ customerId, doctorId, onAccount: true });
    const tills = await Promise.all(['T5', 'T6', 'T7', 'T8'].map((till) => makeCashier(till)));
    const answers = await Promise.all(tills.map(({ actor }) => refusal(takeHeldSale({ actor, id }))));
    expect(answers.filter((one) => one === null)).toHaveLength(1);
    const winner = tills[answers.indexOf(null)];
    const till = ['T5', 'T6', 'T7', 'T8'][answers.indexOf(null)];
    for (const one of answers.filter((answer) => answer !== null))
      expect(one).toEqual(['conflict', 'held_sale_taken', { by: 'Người dùng', till }]);
    if (!winner) throw new Error('nobody got it');
    // Who has it gets it again.
    expect(await takeHeldSale({ actor: winner.actor, id })).toEqual({
      ...{ id, name: 'Chị Đào', note: 'chờ giấy', onAccount: true, payLater: false },
      patient: expect.objectContaining({
        id: patientId,
        fullName: 'Nguyễn Thị Đào',
        dob: '1990-05-12',
        createdAt: expect.any(Date),
      }),
      payer: { id: customerId, code: 'VIPCO', name: 'Công ty An Phát', tier: 'vip1' },
      doctor: { id: doctorId, code: 'D1', name: 'BS. Hồ Kim Bình' },
      services: [
        { code: 'CBC', discountPercent: '10' },
        { code: 'GLU', discountPercent: '0' },
      ],
    });
    expect(await actsOf(id)).toEqual(['held', 'taken']);
    expect(await refusal(dropHeldSale({ actor: lan.actor, id }))).toEqual([
      ...['conflict', 'held_sale_taken', { by: 'Người dùng', till }],
    ]);
  });

  it('needs an open shift', async () => {
    const id = await held();
    expect(await refusal(takeHeldSale({ actor: await makeStaff('cashier'), id }))).toEqual([
      'conflict',
      'no_open_shift',
      {},
    ]);
    expect(await seen(id)).toMatchObject({ takenBy: null });
  });

  it('loses nothing: it comes back when the cart is dropped, is held again as it is by then, and after the shift', async () => {
    const id = await held();
    await takeHeldSale({ actor: hoa.actor, id });
    await releaseHeldSale({ actor: lan.actor, id });
    expect(await seen(id)).toMatchObject({ takenBy: { self: true } });
    await releaseHeldSale({ actor: hoa.actor, id });
    expect(await seen(id)).toMatchObject({ takenBy: null, heldByName: 'Lan' });
    await takeHeldSale({ actor: hoa.actor, id });
    await holdSale({ actor: hoa.actor, sale: saleOf({ id, name: 'Chị Đào, thêm GLU', services: [{ code: 'GLU' }] }) });
    expect(await seen(id)).toMatchObject({ name: 'Chị Đào, thêm GLU', codes: ['GLU'], tillCode: 'T2', takenBy: null });
    const third = await makeCashier('T3');
    await takeHeldSale({ actor: third.actor, id });
    expect(await refusal(takeHeldSale({ actor: lan.actor, id }))).toMatchObject([
      'conflict',
      'held_sale_taken',
      { till: 'T3' },
    ]);
    await closeShift({ actor: third.actor, shiftId: third.shiftId, denominations: {} });
    expect(await seen(id)).toMatchObject({ takenBy: null });
    expect(await takeHeldSale({ actor: lan.actor, id })).toMatchObject({ id });
    expect(await actsOf(id)).toEqual(['held', 'taken', 'released', 'taken', 'held', 'taken', 'taken']);
  });
});

describe('a held sale ends', () => {
  const gone = ['conflict', 'held_sale_ended', {}];

  it('when it is sold, in the transaction of the sale', async () => {
    const id = await held();
    await takeHeldSale({ actor: hoa.actor, id });
    await createPaidOrder({ actor: hoa.actor, cart: await cartOf({ clientKey: id }) });
    expect(await seen(id)).toBeUndefined();
    expect(await oneOf('SELECT state, ended_by AS by FROM held_sale WHERE id = $1', [id])).toEqual({
      state: 'sold',
      by: hoa.actor.id,
    });
    expect(await refusal(takeHeldSale({ actor: lan.actor, id }))).toEqual(gone);
    expect(await refusal(held({ id }))).toEqual(gone);
  });

  it('when it is dropped on purpose, once', async () => {
    const id = await held();
    await Promise.all([1, 2, 3].map(() => dropHeldSale({ actor: hoa.actor, id })));
    expect(await actsOf(id)).toEqual(['held', 'dropped']);
    expect(await seen(id)).toBeUndefined();
    expect(await refusal(takeHeldSale({ actor: lan.actor, id }))).toEqual(gone);
    await expect(
      rowsOf(`UPDATE held_sale SET state = 'held', ended_at = NULL, version = 9 WHERE id = $1`, [id]),
    ).rejects.toThrow(/stays as it ended/);
  });

  it('a day later with a trace, but not on the screen of a till', async () => {
    const [forgotten, atTill, fresh] = [await held(), await held(), await held()];
    await takeHeldSale({ actor: hoa.actor, id: atTill });
    await rowsPastGuards(`UPDATE held_sale SET held_at = now() - interval '25 hours' WHERE id = ANY ($1::uuid[])`, [
      [forgotten, atTill],
    ]);
    expect(await seen(forgotten)).toBeUndefined();
    expect(await lapseHeldSales(100)).toBe(1);
    expect(await lapseHeldSales(100)).toBe(0);
    expect(await actsOf(forgotten)).toEqual(['held', 'lapsed']);
    expect(await refusal(takeHeldSale({ actor: lan.actor, id: forgotten }))).toEqual(gone);
    expect(await seen(atTill)).toMatchObject({ takenBy: { self: true } });
    expect(await seen(fresh)).toBeDefined();
  });
});
