import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { earnings, type Rule, type Sale } from '@/server/modules/referral/commission/rules';
import { businessDay } from '@/server/platform/clock';
import { pool } from '@/server/platform/db';
import { ownerPool, rowsPastGuards, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addOrders,
  addPlan,
  addRefund,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';

const FROM = '2026-09-30T17:00:00Z';
const TO = '2026-10-31T17:00:00Z';
const SERVICES = ['imaging-1', 'imaging-2', 'blood-1', 'blood-2', 'package-1'];
const CATEGORY = (code: string) => code.replace(/-\d+$/, '');

const money = fc.bigInt({ min: 0n, max: 6_000_000n });
const bands = fc
  .uniqueArray(fc.constantFrom(0n, 700_000n, 2_000_000n, 2_000_001n, 9_999_999n), { minLength: 1, maxLength: 4 })
  .map((froms) => [0n, ...froms.filter((from) => from > 0n)].sort((a, b) => (a < b ? -1 : 1)));
const percent = fc.integer({ min: 0, max: 400_000 }).map((n) => (n / 10_000).toFixed(4));
const set = fc.record({
  scope: fc.constantFrom(
    {},
    { category: 'imaging' },
    { category: 'blood' },
    { service: 'imaging-1' },
    { service: 'blood-2' },
  ),
  validity: fc.constantFrom(
    { from: '2026-01-01', to: null },
    { from: '2026-01-01', to: '2026-10-16' },
    { from: '2026-10-16', to: null },
    { from: '2026-10-05', to: '2026-10-20' },
    { from: '2026-11-01', to: null },
  ),
  fixed: fc.boolean(),
  bands,
  values: fc.array(percent, { minLength: 5, maxLength: 5 }),
  // What stands beside a service in the column of categories says nothing.
  beside: fc.array(fc.constantFrom('*', 'imaging', 'package'), { minLength: 5, maxLength: 5 }),
  cap: fc.option(fc.bigInt({ min: 0n, max: 300_000n }), { freq: 2 }),
});
const keyOf = (one: { scope: object; validity: { from: string } }) => JSON.stringify([one.scope, one.validity.from]);
// A set with an end overlaps no later one: the database refuses it.
type Timed = { scope: object; validity: { from: string; to: string | null } };
const clash = (a: Timed, b: Timed) => {
  const [first, second] = a.validity.from < b.validity.from ? [a, b] : [b, a];
  const { to } = first.validity;
  return JSON.stringify(a.scope) === JSON.stringify(b.scope) && to !== null && to > second.validity.from;
};
const withoutClashes = <One extends Timed>(sets: One[]) =>
  sets.filter((one, at) => !sets.slice(0, at).some((before) => clash(before, one)));
const plan = fc.uniqueArray(set, { selector: keyOf, minLength: 0, maxLength: 7 }).map((sets) =>
  withoutClashes(sets).flatMap(({ scope, validity, fixed, bands: froms, values, beside, cap }) =>
    (fixed ? [0n] : froms).map((band, at) => ({
      ...scope,
      ...('service' in scope && { category: beside[at] ?? '*' }),
      ...validity,
      kind: fixed ? ('fixed' as const) : ('percent' as const),
      value: fixed ? String(Math.round(Number(values[at] ?? '1') * 1000)) : (values[at] ?? '1'),
      band,
      cap,
    })),
  ),
);
const order = fc.record({
  // Few moments, so that many orders share one and the reference decides.
  minute: fc.integer({ min: 0, max: 1487 }).map((n) => n * 30),
  ref: fc.string({ unit: fc.constantFrom('a', 'B', 'é', '1', '-', 'đ', 'Z', '_'), minLength: 1, maxLength: 4 }),
  lines: fc.array(fc.record({ service: fc.constantFrom(...SERVICES), net: money }), { minLength: 1, maxLength: 4 }),
});

type Row = {
  order_line_id: string;
  kind: string;
  base: string;
  commission: string;
  parts: { ruleId: string; part: string }[];
};
const linesOf = async (doctor: string): Promise<Row[]> => {
  const text = 'SELECT * FROM commission_lines($1, $2, $3) ORDER BY place';
  return (await pool().query<Row>(text, [FROM, TO, [doctor]])).rows;
};

describe('commission in the database', () => {
  withDatabase();
  let fixture: StatementFixture;
  let made = 0;
  beforeAll(async () => {
    fixture = await makeStatementFixture(SERVICES);
  });

  async function rulesOf(planId: string): Promise<Rule[]> {
    const { rows } = await pool().query<Omit<Rule, 'bandFrom' | 'cap'> & { bandFrom: string; cap: string | null }>(
      `SELECT id, valid_from::text AS "validFrom", valid_to::text AS "validTo", category, service_id AS "serviceId", kind,
         trim_scale(value)::text AS value, band_from AS "bandFrom", cap_per_line AS cap FROM commission_rule WHERE plan_id = $1`,
      [planId],
    );
    return rows.map((row) => ({
      ...row,
      bandFrom: BigInt(row.bandFrom),
      cap: row.cap === null ? null : BigInt(row.cap),
    }));
  }

  it('equals the plain calculation for any business', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.array(order, { minLength: 1, maxLength: 14 }), async (rules, orders) => {
        made += 1;
        const planId = await addPlan(fixture, `P${made}`, rules);
        const doctor = await addDoctor(`D${made}`, planId);
        const given = orders.map(({ minute, ref, lines }, at) => ({
          doctor,
          settledAt: new Date(Date.parse(FROM) + minute * 60_000).toISOString(),
          ref: `${ref}|${made}-${at}`,
          lines,
        }));
        const added = await addOrders(fixture, given);
        const sales: Sale[] = given.flatMap(({ settledAt, ref, lines }, at) =>
          lines.map(({ service, net }, index) => ({
            id: added[at]?.lines[index] ?? '',
            settledAt: Date.parse(settledAt),
            day: businessDay(new Date(settledAt)),
            ref,
            position: index + 1,
            serviceId: fixture.items.get(service)?.service ?? '',
            category: CATEGORY(service),
            net,
          })),
        );
        const expected = earnings(sales, await rulesOf(planId));
        const found = await linesOf(doctor);
        expect(
          found.map(({ order_line_id: id, commission, parts }) => ({
            id,
            commission: BigInt(commission),
            parts: parts.map(({ ruleId, part }) => ({ ruleId, part: BigInt(part) })),
          })),
        ).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('takes the bands of a service for one set, whatever category stands beside each', async () => {
    const service = 'imaging-1';
    const rules = [
      { from: '2026-01-01', service, category: 'imaging', value: '10' },
      { from: '2026-01-01', service, category: '*', value: '20', band: 1_000_000n },
      { from: '2026-10-20', service, category: 'blood', value: '30' },
    ];
    const doctor = await addDoctor('BESIDE', await addPlan(fixture, 'BESIDE', rules));
    for (const settledAt of ['2026-10-02T03:00:00Z', '2026-10-19T03:00:00Z', '2026-10-20T03:00:00Z'])
      await addOrder(fixture, { doctor, settledAt, lines: [{ service, net: 1_000_000n }] });
    expect((await linesOf(doctor)).map(({ commission }) => commission)).toEqual(['100000', '200000', '300000']);
  });

  it('goes by the set that ends later, of two that began on one day before such were refused', async () => {
    const plan = await addPlan(fixture, 'ENDS', [{ from: '2026-01-01', value: '10' }]);
    for (const [to, value, band] of [
      [null, 11, 0],
      ['2026-12-01', 12, 1],
    ])
      await rowsPastGuards(
        `INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, kind, value, band_from) VALUES ($1, '2026-10-01', $2, '*', 'percent', $3, $4)`,
        [plan, to, value, band],
      );
    const doctor = await addDoctor('ENDS', plan);
    await addOrder(fixture, { doctor, settledAt: '2026-10-02T03:00:00Z', lines: [{ service: 'blood-1', net: 1000n }] });
    expect((await linesOf(doctor)).map(({ commission }) => commission)).toEqual(['110']);
  });

  it('counts settled orders of the month alone, and none that was voided', async () => {
    const doctor = await addDoctor('EDGE', await addPlan(fixture, 'EDGE', [{ from: '2026-01-01', value: '10' }]));
    const lines = [{ service: 'blood-1', net: 1_000_000n }];
    const settled = (settledAt: string | null) => addOrder(fixture, { doctor, settledAt, lines });
    await settled('2026-09-30T16:59:59.999Z');
    const first = await settled('2026-09-30T17:00:00Z');
    const last = await settled('2026-10-31T16:59:59.999Z');
    await settled('2026-10-31T17:00:00Z');
    await settled(null);
    const voided = await settled('2026-10-10T03:00:00Z');
    await ownerPool().query("UPDATE orders SET state = 'voided' WHERE id = $1", [voided.id]);
    expect((await linesOf(doctor)).map(({ order_line_id: id }) => id)).toEqual([...first.lines, ...last.lines]);
  });

  it('lets a refund take back exactly what its line gave, and moves no other line', async () => {
    const rules = [
      { from: '2026-01-01', value: '7.5', band: 0n, cap: 140_000n },
      { from: '2026-01-01', value: '12', band: 1_500_000n },
    ];
    const doctor = await addDoctor('BACK', await addPlan(fixture, 'BACK', rules));
    const a = await addOrder(fixture, {
      doctor,
      settledAt: '2026-10-02T03:00:00Z',
      lines: [{ service: 'blood-1', net: 1_333_333n }],
    });
    await addOrder(fixture, {
      doctor,
      settledAt: '2026-10-03T03:00:00Z',
      lines: [{ service: 'blood-1', net: 999_999n }],
    });
    const before = await linesOf(doctor);
    await addRefund(a.id, '2026-10-02T09:00:00Z', a.lines);
    const after = await linesOf(doctor);
    const [sale, refund, other] = after;
    expect(sale).toEqual(before[0]);
    expect(refund).toMatchObject({ kind: 'refund', base: '-1333333', commission: `-${sale?.commission}` });
    expect(refund?.parts).toEqual(sale?.parts);
    expect(other?.commission).toBe(before[1]?.commission);
  });

  it('calculates what a sale of an earlier, open month gave before it is taken back', async () => {
    const rules = [
      { from: '2026-01-01', value: '10', band: 0n },
      { from: '2026-01-01', value: '20', band: 1_000_000n },
    ];
    const doctor = await addDoctor('OLD', await addPlan(fixture, 'OLD', rules));
    const sold = (settledAt: string) =>
      addOrder(fixture, { doctor, settledAt, lines: [{ service: 'blood-1', net: 1_000_000n }] });
    await sold('2026-09-05T03:00:00Z');
    const second = await sold('2026-09-06T03:00:00Z');
    await addRefund(second.id, '2026-10-06T03:00:00Z', second.lines);
    expect(await linesOf(doctor)).toMatchObject([
      { kind: 'refund', base: '-1000000', commission: '-200000', carried: false },
    ]);
  });
});
