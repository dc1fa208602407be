import { beforeAll, describe, expect, it } from 'vitest';
import { acceptShift } from '@/server/modules/sales/till/use-cases/accept-shift';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { loadTills } from '@/server/modules/sales/till/use-cases/load-tills';
import { openShift } from '@/server/modules/sales/till/use-cases/open-shift';
import { systemActor } from '@/server/platform/actor';
import { pool } from '@/server/platform/db';
import type { RowsRefused } from '@/server/platform/errors';
import { withDatabase } from './database';
import { countOf, makeCashier, makeFixture, makeStaff, oneOf, rowsOf, tillId } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

const refused = (kind: string, code: string, params = {}) => expect.objectContaining({ kind, code, params });
const trailOf = (entityId: string) =>
  rowsOf(
    `SELECT action, entity, actor_id AS "actorId", branch_id AS "branchId", detail FROM audit_entry WHERE entity_id = $1 ORDER BY at, id`,
    [entityId],
  );
const shiftOf = (id: string) =>
  oneOf<Record<string, unknown>>(
    `SELECT state, cashier_id AS cashier, till_id AS till, float_amount::int AS float, currency, closed_at IS NOT NULL AS closed, denominations,
       counted_cash::int AS counted, expected_cash::int AS expected, accepted_by AS accepter, accepted_at IS NOT NULL AS accepted FROM shift WHERE id = $1`,
    [id],
  );
const entriesOf = (id: string) =>
  rowsOf(
    `SELECT kind, account, amount::int, currency, by, count(*) OVER (PARTITION BY movement_id)::int AS sides FROM drawer_entry WHERE shift_id = $1 ORDER BY amount`,
    [id],
  );

describe('a shift that is opened', () => {
  it('has its float in the drawer, and none where there is none', async () => {
    const { actor, shiftId } = await makeCashier('T1');
    const till = await tillId('Q1', 'T1');
    const bare = { closed: false, denominations: null, counted: null, expected: null, accepter: null, accepted: false };
    const opened = { state: 'open', cashier: actor.id, till, float: 500_000, currency: 'VND', ...bare };
    expect(await shiftOf(shiftId)).toEqual(opened);
    const side = { kind: 'float', currency: 'VND', by: actor.id, sides: 2 };
    expect(await entriesOf(shiftId)).toEqual([
      { ...side, account: 'float', amount: -500_000 },
      { ...side, account: 'drawer', amount: 500_000 },
    ]);
    const bareActor = await makeStaff('cashier');
    const { shiftId: empty } = await openShift({ actor: bareActor, tillId: await tillId('Q1', 'T2'), floatAmount: 0n });
    expect(await entriesOf(empty)).toEqual([]);
    expect(await closeShift({ actor: bareActor, shiftId: empty, denominations: { '500': 1 } })).toEqual({
      ...{ countedCash: 500n, expectedCash: 0n, gap: 500n, sumsAgree: true },
    });
    const one = await makeStaff('cashier');
    const { shiftId: single } = await openShift({ actor: one, tillId: await tillId('Q1', 'T3'), floatAmount: 1n });
    expect(await entriesOf(single)).toHaveLength(2);
  });

  it('is refused where there is no such till, none in use, or no branch', async () => {
    await rowsOf(`UPDATE till SET active = false WHERE code = 'T12'`);
    const actor = await makeStaff('cashier');
    const open = (till: string, who = actor) => openShift({ actor: who, tillId: till, floatAmount: 1n });
    await expect(open(await tillId('Q1', 'T12'))).rejects.toEqual(refused('not-found', 'not_found'));
    await expect(open(crypto.randomUUID())).rejects.toEqual(refused('not-found', 'not_found'));
    await expect(open(await tillId('Q1', 'T1'))).rejects.toEqual(refused('conflict', 'till_in_use'));
    const { actor: busy } = await makeCashier('T4');
    await expect(open(await tillId('Q1', 'T5'), busy)).rejects.toEqual(refused('conflict', 'shift_already_open'));
    await expect(open(await tillId('Q1', 'T5'), { ...actor, branchId: null })).rejects.toEqual(
      refused('forbidden', 'no_branch'),
    );
  });
});

describe('a shift that is closed', () => {
  it('was closed after the last sale in it, however long its closing waited for that sale', async () => {
    const { actor, shiftId } = await makeCashier('T6');
    const sale = await pool().connect();
    await sale.query('BEGIN');
    await sale.query('SELECT lock_open_shift($1, $2, NULL)', [actor.id, actor.branchId]);
    const closing = closeShift({ actor, shiftId, denominations: {} });
    await expect
      .poll(() => countOf(`pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
      .toBe(1);
    const { rows } = await sale.query<{ at: Date }>('SELECT clock_timestamp() AS at');
    await sale.query('COMMIT');
    sale.release();
    await closing;
    const { closed } = await oneOf<{ closed: Date }>('SELECT closed_at AS closed FROM shift WHERE id = $1', [shiftId]);
    expect(closed.getTime()).toBeGreaterThanOrEqual(rows[0]?.at.getTime() ?? 0);
  });

  it('keeps its count and what was expected, and leaves its trace', async () => {
    const { actor, shiftId } = await makeCashier('T6');
    const denominations = { '500000': 1, '1000': 2 };
    const counted = { countedCash: 502_000n, expectedCash: 500_000n, gap: 2_000n, sumsAgree: true };
    expect(await closeShift({ actor, shiftId, denominations })).toEqual(counted);
    expect(await shiftOf(shiftId)).toMatchObject({
      ...{ state: 'closed', closed: true, denominations, counted: 502_000, expected: 500_000, accepted: false },
    });
    expect((await trailOf(shiftId)).at(-1)).toEqual({
      ...{ action: 'shift.closed', entity: 'shift', actorId: actor.id, branchId: actor.branchId },
      detail: { counted: '502000', expected: '500000', gap: '2000', sumsAgree: true },
    });
  });

  it('is one’s own, open and of one’s branch, counted in what its currency has', async () => {
    const { actor, shiftId } = await makeCashier('T7');
    const close = (who: typeof actor, denominations = {}) => closeShift({ actor: who, shiftId, denominations });
    await expect(close(await makeStaff('cashier'))).rejects.toEqual(refused('not-found', 'not_found'));
    await expect(close({ ...actor, branchId: null })).rejects.toEqual(refused('forbidden', 'no_branch'));
    const { id: elsewhere } = await oneOf<{ id: string }>(`SELECT id FROM branch WHERE code = 'HN'`);
    await expect(close({ ...actor, branchId: elsewhere })).rejects.toEqual(refused('not-found', 'not_found'));
    await expect(close(actor, { '500': 1, '250': 1 })).rejects.toEqual(
      refused('invalid', 'unknown_denomination', { value: '250', currency: 'VND' }),
    );
    expect(await shiftOf(shiftId)).toMatchObject({ state: 'open', closed: false });
    await close(actor);
    await expect(close(actor)).rejects.toEqual(refused('conflict', 'shift_not_open'));
  });
});

describe('a shift that is accepted', () => {
  it('says by whom', async () => {
    const { actor, shiftId } = await makeCashier('T8');
    const manager = await makeStaff('branch-manager');
    const accept = (who: typeof actor) => acceptShift({ actor: who, shiftId });
    await expect(accept(manager)).rejects.toEqual(refused('conflict', 'shift_not_closed'));
    await closeShift({ actor, shiftId, denominations: {} });
    await expect(accept(actor)).rejects.toEqual(refused('forbidden', 'accept_own_shift'));
    await expect(accept({ ...manager, branchId: null })).rejects.toEqual(refused('forbidden', 'no_branch'));
    await accept(manager);
    expect(await shiftOf(shiftId)).toMatchObject({ state: 'accepted', accepter: manager.id, accepted: true });
    await expect(accept(manager)).rejects.toEqual(refused('conflict', 'shift_not_closed'));
  });
});

describe('a file of tills', () => {
  const actor = systemActor('portal');
  const till = (row: number, branch: string, code: string, name = 'Quầy') => ({ row, value: { branch, code, name } });
  const load = (...rows: ReturnType<typeof till>[]) => loadTills({ actor, rows });
  const names = () =>
    rowsOf(
      `SELECT b.code || ' ' || t.code || ' ' || t.name AS till FROM till t JOIN branch b ON b.id = t.branch_id WHERE t.code LIKE 'X%' ORDER BY 1`,
    ).then((rows) => rows.map((row) => (row as { till: string }).till));

  it('adds tills and renames them, and says how many changed', async () => {
    expect(await load(till(2, 'Q1', 'X1', 'Một'), till(3, 'HN', 'X1', 'Hai'), till(4, 'Q1', 'X2', 'Ba'))).toBe(3);
    expect(await load(till(2, 'Q1', 'X1', 'Một'), till(3, 'HN', 'X1', 'Hai mới'))).toBe(1);
    expect(await names()).toEqual(['HN X1 Hai mới', 'Q1 X1 Một', 'Q1 X2 Ba']);
    const trail = await rowsOf(
      `SELECT entity, actor_id AS "actorId", entity_id AS "entityId", detail FROM audit_entry WHERE action = 'tills.loaded' ORDER BY at`,
    );
    expect(trail).toEqual(
      [
        { rows: 3, changed: 3 },
        { rows: 2, changed: 1 },
      ].map((detail) => ({ entity: 'till', actorId: 'portal', entityId: 'all', detail })),
    );
  });

  it('is refused whole, with every wrong cell in the order of its rows', async () => {
    const before = await names();
    const error = await load(
      till(2, 'Q1', 'x2'),
      till(3, 'NO', 'X1'),
      till(4, 'HN', 'X9'),
      till(5, 'HN', 'X9'),
      till(6, 'NO', 'X8'),
    ).catch((reason: unknown) => reason);
    expect((error as RowsRefused).problems).toEqual([
      { row: 2, column: 'code', code: 'other_case', params: { value: 'Q1|x2', known: 'Q1|X2' } },
      { row: 3, column: 'branch', code: 'unknown_branch', params: { value: 'NO' } },
      { row: 5, column: 'code', code: 'duplicate_code', params: { first: '4' } },
      { row: 6, column: 'branch', code: 'unknown_branch', params: { value: 'NO' } },
    ]);
    expect(await names()).toEqual(before);
  });
});
