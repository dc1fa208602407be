import { beforeAll, describe, expect, it } from 'vitest';
import {
  latestRun,
  listPeriods,
  listStatements,
  monthOverview,
  statementDetail,
} from '@/server/modules/referral/statements/queries';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { addDoctor, addOrder, addPlan, makeStatementFixture, type StatementFixture } from './statement-fixture';

withDatabase();

let fixture: StatementFixture;
let plan: string;

async function period(month: string): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    `INSERT INTO statement_period (month, starts_at, ends_at)
     SELECT $1, begins AT TIME ZONE 'Asia/Ho_Chi_Minh', (begins + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'
     FROM (SELECT ($1 || '-01')::timestamp AS begins) b
     ON CONFLICT (month) DO UPDATE SET month = EXCLUDED.month RETURNING id`,
    [month],
  );
  return row?.id ?? '';
}

const statement = async (month: string, doctor: string, payable: number, state = 'draft', version = 1) =>
  rowsPastGuards(
    `INSERT INTO statement (period_id, doctor_id, commission, payable, state, version) SELECT $1, id, $3, $3, $4, $5 FROM doctor WHERE code = $2`,
    [await period(month), doctor, payable, state, version],
  );

/** A doctor with three months behind, each payable as given. */
async function doctorWithHistory(code: string, ...payables: number[]): Promise<void> {
  await addDoctor(code, plan);
  for (const [place, payable] of payables.entries()) await statement(`2026-0${place + 4}`, code, payable);
}

const lookedAt = async () =>
  (await monthOverview('2026-07')).attention.map(({ doctorCode, kind, payable, usual }) => {
    return { doctorCode, kind, payable, usual };
  });

beforeAll(async () => {
  fixture = await makeStatementFixture(['blood-1']);
  plan = await addPlan(fixture, 'FLAT', [{ from: '2026-01-01', value: '10' }]);
});

describe('what of a month needs a look', () => {
  it('is what stands far above the usual, and not what stands far below it', async () => {
    await doctorWithHistory('RISES', 1_000_000, 1_000_000, 1_000_000);
    await doctorWithHistory('FALLS', 9_000_000, 9_000_000, 9_000_000);
    await doctorWithHistory('STAYS', 2_000_000, 2_000_000, 2_000_000);
    await doctorWithHistory('IS-NEW', 100_000);
    await statement('2026-07', 'RISES', 3_000_001);
    await statement('2026-07', 'FALLS', 2_000_000);
    await statement('2026-07', 'STAYS', 6_000_000);
    await statement('2026-07', 'IS-NEW', 50_000_000);
    expect(await lookedAt()).toEqual([
      { doctorCode: 'RISES', kind: 'outlier', payable: 3_000_001n, usual: 1_000_000n },
    ]);
  });

  it('is what is below zero, lacks a plan or a way to be sent, in this order', async () => {
    await addDoctor('NO-PLAN', null);
    await addDoctor('NO-WAY', plan);
    await rowsOf(`UPDATE doctor SET phone = NULL, email = NULL WHERE code = 'NO-WAY'`);
    await addDoctor('OWES', plan);
    await statement('2026-07', 'NO-PLAN', 0);
    await statement('2026-07', 'NO-WAY', 500_000);
    await statement('2026-07', 'OWES', -1);
    expect((await lookedAt()).map(({ doctorCode, kind }) => [doctorCode, kind])).toEqual([
      ['OWES', 'negative'],
      ['NO-PLAN', 'no-plan'],
      ['NO-WAY', 'no-channel'],
      ['RISES', 'outlier'],
    ]);
    expect((await monthOverview('2026-07')).withoutChannel).toBe(1);
  });

  it('is nothing that another version has taken the place of, in figures and in the usual alike', async () => {
    const before = await monthOverview('2026-07');
    await addDoctor('CORRECTED', plan);
    await statement('2026-07', 'CORRECTED', -400_000, 'superseded', 1);
    await statement('2026-06', 'STAYS', 1, 'superseded', 2);
    const after = await monthOverview('2026-07');
    expect(after.attention).toEqual(before.attention);
    expect(after.totals).toEqual(before.totals);
    expect(after.states).toEqual({ ...before.states, superseded: before.states.superseded + 1 });
  });
});

describe('the usual of a doctor', () => {
  /** A month of its own, whose first moment is given: the usual goes by that. */
  const beganAt = async (month: string, sql: string) =>
    rowsPastGuards(
      `UPDATE statement_period SET starts_at = (SELECT starts_at FROM statement_period WHERE month = '2025-07') - ${sql} WHERE id = $1`,
      [await period(month)],
    );
  /** What a doctor was paid in the months named, and in July. */
  const paid = async (code: string, july: number, months: Record<string, number>) => {
    await addDoctor(code, plan);
    for (const [month, payable] of Object.entries(months)) await statement(month, code, payable);
    await statement('2025-07', code, july);
  };

  it('is the average of two months or more of those of the last 95 days, and three times that is not far above it', async () => {
    await period('2025-07');
    await beganAt('2025-04', `interval '95 days'`);
    await beganAt('2025-03', `interval '95 days 1 second'`);
    await paid('ONE', 9_000_000, { '2025-06': 400_000 });
    await paid('TWO', 1_300_000, { '2025-05': 400_000, '2025-06': 400_001 });
    await paid('TRIPLE', 1_200_000, { '2025-05': 400_000, '2025-06': 400_000 });
    await paid('SMALL', 1_000_000, { '2025-05': 300_000, '2025-06': 300_000 });
    await paid('JUST', 1_000_001, { '2025-05': 100_000, '2025-06': 500_000 });
    await paid('NIL', 9_000_000, { '2025-05': 0, '2025-06': 0 });
    await paid('UNIT', 2_000_000, { '2025-05': 1, '2025-06': 1 });
    await paid('EDGE', 9_000_001, { '2025-04': 400_000, '2025-06': 400_000 });
    await paid('BEFORE', 9_000_000, { '2025-03': 400_000, '2025-06': 400_000 });
    await paid('AFTER', 9_000_000, { '2025-06': 400_000, '2025-08': 400_000 });
    const { attention } = await monthOverview('2025-07');
    expect(attention.map(({ doctorCode, kind, usual }) => [doctorCode, kind, usual])).toEqual([
      ['EDGE', 'outlier', 400_000n],
      ['UNIT', 'outlier', 1n],
      ['TWO', 'outlier', 400_001n],
      ['JUST', 'outlier', 300_000n],
    ]);
  });

  it('is looked at for twenty at most, the greatest of a kind first', async () => {
    for (let n = 1; n <= 21; n += 1) {
      await addDoctor(`OWES-${n}`, plan);
      await statement('2025-10', `OWES-${n}`, -n);
    }
    const { attention } = await monthOverview('2025-10');
    expect(attention.map(({ payable }) => payable)).toEqual(Array.from({ length: 20 }, (_, n) => BigInt(n - 21)));
  });
});

describe('the figures of a month', () => {
  it('are the sums of its statements in force, and who of their doctors can be reached', async () => {
    const reach = { BOTH: '+84911111111', PHONE: '+84922222222', MAIL: null, NONE: null };
    const figures = (n: number) => [n, 2 * n, 100 * n, 50 * n, 7 * n, 5 * n, 3 * n, 59 * n].join(', ');
    let n = 0;
    for (const [code, phone] of Object.entries(reach)) {
      n += 1;
      await addDoctor(`F-${code}`, plan);
      const mail = code === 'BOTH' || code === 'MAIL' ? 'a@b.example' : null;
      await rowsOf('UPDATE doctor SET phone = $2, email = $3 WHERE code = $1', [`F-${code}`, phone, mail]);
      await rowsPastGuards(
        `INSERT INTO statement (period_id, doctor_id, state, content_hash, orders, lines, base, commission, adjustments, carry_forward, tax, payable)
         SELECT $1, id, $3, CASE WHEN $3 IN ('paid', 'published') THEN code END, ${figures(n)} FROM doctor WHERE code = $2`,
        [await period('2025-12'), `F-${code}`, ['draft', 'reviewed', 'published', 'paid'][n - 1]],
      );
    }
    const month = await monthOverview('2025-12');
    expect(month.totals).toEqual({
      ...{ statements: 4, orders: 10, lines: 20, base: 1_000n, commission: 500n, adjustments: 70n, carryForward: 50n },
      ...{ tax: 30n, payable: 590n },
    });
    expect(month.withoutChannel).toBe(1);
    expect(month.states).toEqual({ draft: 1, reviewed: 1, approved: 0, published: 1, paid: 1, superseded: 0 });
    expect((await listPeriods()).find((one) => one.month === '2025-12')).toEqual({
      ...{ month: '2025-12', state: 'open', statements: 4, base: 1_000n, commission: 620n, tax: 30n, payable: 590n },
      ...{ published: 2, running: false },
    });
    const rows = (await listStatements({ month: '2025-12', limit: 9 })).rows;
    expect(rows.map(({ doctorCode, hasChannel }) => [doctorCode, hasChannel])).toEqual([
      ['F-BOTH', true],
      ['F-MAIL', true],
      ['F-NONE', false],
      ['F-PHONE', true],
    ]);
    const seen = async (code: string) =>
      (await statementDetail(rows.find((row) => row.doctorCode === code)?.id ?? '').catch(() => null))?.hasChannel;
    expect([await seen('F-BOTH'), await seen('F-MAIL')]).toEqual([true, true]);
  });

  it('are listed for the last thirty-six months, and a month is running while its run waits or goes on', async () => {
    const months = Array.from(
      { length: 38 },
      (_, n) => `${2020 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
    );
    for (const month of months) await period(month);
    const listed = (await listPeriods()).map(({ month }) => month);
    const all = (await rowsOf<{ month: string }>('SELECT month FROM statement_period ORDER BY month DESC')).map(
      ({ month }) => month,
    );
    expect(listed).toEqual(all.slice(0, 36));
    const run = async (state: string) =>
      rowsPastGuards(`INSERT INTO statement_run (period_id, state) VALUES ($1, $2)`, [await period('2025-12'), state]);
    const running = async () => (await listPeriods()).filter((one) => one.running).map(({ month }) => month);
    for (const [state, is] of [
      ['done', []],
      ['failed', []],
      ['requested', ['2025-12']],
    ] as const) {
      await run(state);
      expect(await running()).toEqual(is);
    }
    await rowsPastGuards(`UPDATE statement_run SET state = 'running' WHERE state = 'requested'`);
    expect(await running()).toEqual(['2025-12']);
  });

  it('say how the latest of its runs goes, the later made of two that were asked for at once', async () => {
    const month = '2025-11';
    const id = await period(month);
    expect(await latestRun(month)).toBeNull();
    const made = async (state: string, at: string) =>
      (
        await rowsPastGuards<{ id: string }>(
          `INSERT INTO statement_run (period_id, state, requested_at, failure) VALUES ($1, $2, $3, '{"code": "no_answer"}') RETURNING id`,
          [id, state, at],
        )
      )[0]?.id;
    const at = '2025-12-01T02:00:00Z';
    await made('done', at);
    const second = await made('failed', at);
    await made('done', '2025-12-01T01:59:59Z');
    expect(await latestRun(month)).toMatchObject({
      id: second,
      state: 'failed',
      failure: 'no_answer',
      requestedAt: new Date(at),
    });
  });
});

describe('orders that came too late for a month', () => {
  const requested = async (at: string, state = 'done', month = '2026-07') =>
    rowsPastGuards(`INSERT INTO statement_run (period_id, state, requested_at) VALUES ($1, $2, $3)`, [
      await period(month),
      state,
      at,
    ]);
  const sold = async (settledAt: string, createdAt: string, doctor: string | null = 'STAYS') => {
    const id = doctor && (await rowsOf<{ id: string }>('SELECT id FROM doctor WHERE code = $1', [doctor]))[0]?.id;
    const order = await addOrder(fixture, { doctor: id || null, settledAt, lines: [{ service: 'blood-1', net: 1n }] });
    await rowsPastGuards('UPDATE orders SET created_at = $2 WHERE id = $1', [order.id, createdAt]);
  };
  const late = async () => (await monthOverview('2026-07')).lateOrders;

  it('are those of the month that were written or settled behind its last calculation', async () => {
    await requested('2026-08-01T02:00:00Z');
    await sold('2026-07-31T10:00:00Z', '2026-07-31T10:00:00Z'); // in time
    await sold('2026-07-31T10:00:00Z', '2026-08-01T01:59:59Z'); // in time, by a second
    await sold('2026-07-31T10:00:00Z', '2026-08-01T02:00:00Z'); // at the very moment
    expect(await late()).toBe(0);
    await sold('2026-07-31T10:00:00Z', '2026-08-01T02:00:01Z'); // an upload of the day after
    await sold('2026-07-31T16:59:59Z', '2026-08-03T00:00:00Z'); // in the month's last second, in its own zone
    expect(await late()).toBe(2);
    await sold('2026-07-31T17:00:00Z', '2026-08-03T00:00:00Z'); // of the next month
    await sold('2026-07-15T00:00:00Z', '2026-08-03T00:00:00Z', null); // nobody's commission
    await sold('2026-06-30T16:59:59Z', '2026-08-03T00:00:00Z'); // of the month before
    await sold('2026-07-16T00:00:00Z', '2026-08-03T00:00:00Z');
    await rowsOf(`UPDATE orders SET state = 'voided' WHERE settled_at = '2026-07-16T00:00:00Z'`);
    await requested('2026-08-05T00:00:00Z', 'failed');
    await requested('2026-08-05T00:00:00Z', 'done', '2026-06');
    expect(await late()).toBe(2);
    await sold('2026-06-30T17:00:00Z', '2026-08-03T00:00:00Z'); // in the month's first moment
    expect(await late()).toBe(3);
    await requested('2026-08-04T00:00:00Z');
    expect(await late()).toBe(0);
  });
});
