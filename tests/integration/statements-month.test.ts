import { beforeAll, describe, expect, it } from 'vitest';
import { monthOverview } from '@/server/modules/referral/statements/queries';
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

describe('orders that came too late for a month', () => {
  const requested = async (at: string) =>
    rowsPastGuards(`INSERT INTO statement_run (period_id, state, requested_at) VALUES ($1, 'done', $2)`, [
      await period('2026-07'),
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
    expect(await late()).toBe(0);
    await sold('2026-07-31T10:00:00Z', '2026-08-01T02:00:01Z'); // an upload of the day after
    await sold('2026-07-31T16:59:59Z', '2026-08-03T00:00:00Z'); // in the month's last second, in its own zone
    expect(await late()).toBe(2);
    await sold('2026-07-31T17:00:00Z', '2026-08-03T00:00:00Z'); // of the next month
    await sold('2026-07-15T00:00:00Z', '2026-08-03T00:00:00Z', null); // nobody's commission
    expect(await late()).toBe(2);
    await requested('2026-08-04T00:00:00Z');
    expect(await late()).toBe(0);
  });
});
