import { beforeAll, describe, expect, it } from 'vitest';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { monthOverview } from '@/server/modules/referral/statements/queries';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { openStatement } from '@/server/modules/referral/statements/use-cases/open-statement';
import { showStatements } from '@/server/modules/referral/statements/use-cases/show-statements';
import { systemActor } from '@/server/platform/actor';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import {
  addDoctor,
  addOrders,
  addPlan,
  addRefund,
  beginRun,
  draftMonth,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';
import { makeStaff } from './till-fixture';

withDatabase();
const actor = systemActor('test');
let fixture: StatementFixture;
let plan: string;
const doctors = new Map<string, string>();
const idOf = (code: string) => doctors.get(code) ?? '';

beforeAll(async () => {
  fixture = await makeStatementFixture(['blood-1', 'imaging-1']);
  plan = await addPlan(fixture, 'FLAT', [
    { from: '2026-01-01', value: '10' },
    { from: '2026-01-01', value: '20', category: 'imaging' },
  ]);
  const taxes: [string, number][] = [
    ['BELOW', 10],
    ['BONUS', 10],
    ['BUSY', 7.5],
    ['NOTHING', 10],
    ['ON-IT', 10],
    ['PLAIN', 0],
  ];
  for (const [code, tax] of taxes) doctors.set(code, await addDoctor(code, plan, tax));
});

const sell = (code: string, settledAt: string, ...lines: [string, bigint][]) =>
  addOrders(fixture, [{ doctor: idOf(code), settledAt, lines: lines.map(([service, net]) => ({ service, net })) }]);

type Given = { amount: number; state?: string; requested?: string; approved?: string | null; reason?: string };
const adjust = (
  code: string,
  { amount, state = 'approved', requested = '2026-02-01', approved = null, reason = 'x' }: Given,
) =>
  rowsPastGuards(
    `INSERT INTO adjustment (doctor_id, amount, reason, state, requested_at, approved_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [idOf(code), amount, reason, state, requested, approved],
  );

const shown = async (month: string) =>
  (await showStatements({ actor, month, doctor: null })).map(
    ({ doctor, orders, lines, base, commission, adjustments, carryForward, tax, payable }) =>
      `${doctor}: ${orders} ${lines} ${[base, commission, adjustments, carryForward, tax, payable].join(' ')}`,
  );
const statementOf = async (month: string, code: string) =>
  (
    await rowsOf<{ id: string; version: number; state: string }>(
      `SELECT s.id, s.version, s.state FROM statement s JOIN statement_period p ON p.id = s.period_id
       WHERE p.month = $1 AND s.doctor_id = $2 AND s.state <> 'superseded'`,
      [month, idOf(code)],
    )
  )[0];
const trail = (runId: string, action: string) =>
  rowsOf<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE entity = 'statement-run' AND entity_id = $1 AND action = $2 ORDER BY id`,
    [runId, action],
  ).then((rows) => rows.map(({ detail }) => detail));
const generated = (runId: string) =>
  rowsOf(`SELECT data FROM outbox_event WHERE name = 'statement/generated' AND data ->> 'runId' = $1`, [runId]);

describe('the drafts of a month', () => {
  it('hold what was sold and what was approved for each doctor, taxed from the threshold on', async () => {
    await sell('BELOW', '2026-02-10T02:00:00Z', ['blood-1', 19_999_990n]);
    await sell('ON-IT', '2026-02-10T02:00:00Z', ['blood-1', 19_000_000n]);
    await sell('BUSY', '2026-02-11T02:00:00Z', ['blood-1', 20_000_000n], ['imaging-1', 35n]);
    const [second] = await sell('BUSY', '2026-02-12T02:00:00Z', ['blood-1', 500_000n]);
    await addRefund(second?.id ?? '', '2026-02-13T02:00:00Z', second?.lines ?? []);
    await sell('PLAIN', '2026-02-14T02:00:00Z', ['imaging-1', 30_000_000n]);
    await adjust('ON-IT', {
      amount: 130_000,
      requested: '2026-02-01T00:00Z',
      approved: '2026-02-20T00:00Z',
      reason: 'b',
    });
    await adjust('ON-IT', { amount: -30_000, requested: '2026-02-10T00:00Z', reason: 'a' });
    await adjust('BONUS', { amount: 70_000 });
    for (const state of ['requested', 'refused']) await adjust('BUSY', { amount: 9_000_000, state });
    const runId = await draftMonth('2026-02');
    expect(await shown('2026-02')).toEqual([
      'BELOW: 1 1 19999990 1999999 0 0 0 1999999',
      'BONUS: 0 0 0 0 70000 0 0 70000',
      // 2,000,007 and 50,000 back and forth; 7.5 % of that is 150,000.525.
      'BUSY: 2 4 20000035 2000007 0 0 150001 1850006',
      'ON-IT: 1 1 19000000 1900000 100000 0 200000 1800000',
      'PLAIN: 1 1 30000000 6000000 0 0 0 6000000',
    ]);
    expect(await trail(runId, 'statement.drafted')).toEqual([
      { month: '2026-02', chunk: 0, statements: 5, lines: 7, kept: 0 },
    ]);
    expect(await generated(runId)).toHaveLength(1);
    const month = await monthOverview('2026-02');
    expect(month.totals).toEqual({
      ...{ statements: 5, orders: 5, lines: 7, base: 89_000_025n, commission: 11_900_006n, adjustments: 170_000n },
      ...{ carryForward: 0n, tax: 350_001n, payable: 11_720_005n },
    });
  });

  it('name what was approved, by the moment of that or else of being asked for', async () => {
    const { content } = await openStatement({
      actor: await makeStaff('finance', null),
      id: (await statementOf('2026-02', 'ON-IT'))?.id ?? '',
    });
    expect(content.adjustments).toEqual([
      { day: '2026-02-10', reason: 'a', amount: '-30000' },
      { day: '2026-02-20', reason: 'b', amount: '130000' },
    ]);
  });

  it('keep the lines in their order, each with what it gave', async () => {
    const lines = await rowsOf(
      `SELECT position, kind, base::int, commission::int, carried, settled_at AS at FROM statement_line WHERE statement_id = $1 ORDER BY position`,
      [(await statementOf('2026-02', 'BUSY'))?.id],
    );
    const line = (position: number, kind: string, base: number, commission: number, day: number) => ({
      ...{ position, kind, base, commission, carried: false, at: new Date(Date.UTC(2026, 1, day, 2)) },
    });
    expect(lines).toEqual([
      line(1, 'sale', 20_000_000, 2_000_000, 11),
      line(2, 'sale', 35, 7, 11),
      line(3, 'sale', 500_000, 50_000, 12),
      line(4, 'refund', -500_000, -50_000, 13),
    ]);
  });

  it('are made again with what was approved meanwhile, except those that are sealed', async () => {
    const sealed = (await statementOf('2026-02', 'PLAIN'))?.id ?? '';
    const old = (await statementOf('2026-02', 'BONUS'))?.id;
    expect(await approveStatements({ actor, month: '2026-02', only: [sealed] })).toEqual({
      approved: 1,
      sealed: false,
    });
    await adjust('BONUS', { amount: 5_000 });
    await sell('PLAIN', '2026-02-15T02:00:00Z', ['imaging-1', 1_000_000n]);
    const runId = await draftMonth('2026-02');
    expect(await trail(runId, 'statement.drafted')).toEqual([
      { month: '2026-02', chunk: 0, statements: 4, lines: 6, kept: 1 },
    ]);
    const after = await statementOf('2026-02', 'BONUS');
    expect(after?.id).not.toBe(old);
    expect((await statementOf('2026-02', 'PLAIN'))?.id).toBe(sealed);
    expect((await shown('2026-02')).filter((line) => /^(BONUS|PLAIN)/.test(line))).toEqual([
      'BONUS: 0 0 0 0 75000 0 0 75000',
      'PLAIN: 1 1 30000000 6000000 0 0 0 6000000',
    ]);
    expect(
      await rowsOf('SELECT DISTINCT statement_id AS id FROM adjustment WHERE doctor_id = $1', [idOf('BONUS')]),
    ).toEqual([{ id: after?.id }]);
    expect(await rowsOf(`SELECT state FROM adjustment WHERE statement_id IS NULL ORDER BY state`)).toEqual([
      { state: 'refused' },
      { state: 'requested' },
    ]);
  });

  it('take an adjustment once: the next month has none of it, and a later version follows the last', async () => {
    await sell('BONUS', '2026-03-10T02:00:00Z', ['blood-1', 1_000_000n]);
    await sell('BUSY', '2026-03-10T02:00:00Z', ['blood-1', 1_000_000n]);
    await rowsPastGuards(
      `INSERT INTO statement_period (month, starts_at, ends_at) VALUES ('2026-03', '2026-02-28T17:00Z', '2026-03-31T17:00Z')`,
    );
    await rowsPastGuards(
      `INSERT INTO statement (period_id, doctor_id, state, version) SELECT p.id, $1, 'superseded', v FROM statement_period p, (VALUES (1), (3)) x (v) WHERE month = '2026-03'`,
      [idOf('BUSY')],
    );
    await draftMonth('2026-03');
    expect(await shown('2026-03')).toEqual([
      'BONUS: 1 1 1000000 100000 0 0 0 100000',
      'BUSY: 1 1 1000000 100000 0 0 0 100000',
    ]);
    expect([(await statementOf('2026-03', 'BONUS'))?.version, (await statementOf('2026-03', 'BUSY'))?.version]).toEqual(
      [1, 4],
    );
  });
});

describe('a chunk of a run', () => {
  it('counts its doctors once, and the last of them ends the run', async () => {
    const { runId, periodId, chunks } = await beginRun('2026-04');
    const all = chunks.flatMap(({ doctorIds }) => doctorIds);
    expect(all).toEqual([...doctors.values()].sort());
    const part = (chunk: number, doctorIds: string[]) => draftStatements({ actor, runId, periodId, chunk, doctorIds });
    await sell('BUSY', '2026-04-10T02:00:00Z', ['blood-1', 1_000_000n]);
    const busy = [idOf('BUSY')];
    const run = async () =>
      (
        await rowsOf(
          `SELECT state, doctors_done AS done, finished_at IS NOT NULL AS ended FROM statement_run WHERE id = $1`,
          [runId],
        )
      )[0];
    const nothing = { statements: 0, lines: 0, kept: 0 };
    expect(await part(1, busy)).toEqual({ statements: 1, lines: 1, kept: 0 });
    expect(await part(1, busy)).toEqual(nothing);
    expect(await run()).toEqual({ state: 'running', done: 1, ended: false });
    expect(await generated(runId)).toEqual([]);
    expect(
      await part(
        2,
        all.filter((id) => !busy.includes(id)),
      ),
    ).toEqual(nothing);
    expect(await run()).toEqual({ state: 'done', done: 6, ended: true });
    expect(await generated(runId)).toEqual([{ data: { runId, periodId } }]);
    expect(await part(3, busy)).toEqual(nothing);
    expect(await rowsOf('SELECT 1 FROM effect_receipt WHERE ref = $1', [runId])).toHaveLength(2);
    expect(await trail(runId, 'statement.drafted')).toHaveLength(2);
  });

  it('does nothing for a month that is sealed meanwhile, and is no chunk where there is no such month', async () => {
    const { runId, periodId, chunks } = await beginRun('2026-05');
    await sell('BUSY', '2026-05-10T02:00:00Z', ['blood-1', 1_000_000n]);
    const [first] = chunks;
    const draft = (of: string) =>
      draftStatements({ actor, runId, periodId: of, chunk: 0, doctorIds: first?.doctorIds ?? [] });
    await rowsPastGuards(`UPDATE statement_period SET state = 'sealed' WHERE id = $1`, [periodId]);
    expect(await draft(periodId)).toEqual({ statements: 0, lines: 0, kept: 0 });
    expect(await shown('2026-05')).toEqual([]);
    await expect(draft(crypto.randomUUID())).rejects.toMatchObject({ kind: 'not-found', code: 'not_found' });
    await rowsPastGuards(`UPDATE statement_period SET state = 'open' WHERE id = $1`, [periodId]);
    expect(await draft(periodId)).toMatchObject({ statements: 1 });
  });
});
