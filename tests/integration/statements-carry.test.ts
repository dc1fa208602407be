import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  addRefund,
  draftMonth,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';

withDatabase();

/** First moments of months in the organisation's zone. */
const [APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER] = [
  '2026-03-31T17:00:00Z',
  '2026-04-30T17:00:00Z',
  '2026-05-31T17:00:00Z',
  '2026-06-30T17:00:00Z',
  '2026-07-31T17:00:00Z',
  '2026-08-31T17:00:00Z',
  '2026-09-30T17:00:00Z',
] as const;
const secondBefore = (moment: string) => new Date(Date.parse(moment) - 1000).toISOString();

let fixture: StatementFixture;
const ids = new Map<string, string>();
const rules = new Map<string, string>();
const names = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';

type Sold = { doctor?: string | null; net: bigint; at: string; created?: string; service?: string; ref?: null };

/** An order of one line that is known by a name; `ref` null has none of its own. */
async function sell(
  name: string,
  { doctor = 'A', net, at, created = at, service = 'blood-1', ref }: Sold,
): Promise<void> {
  const who = doctor === null ? null : idOf(doctor);
  const { id, lines } = await addOrder(fixture, {
    doctor: who,
    settledAt: at,
    lines: [{ service, net }],
    ref: `Z-${name}`,
  });
  ids.set(name, id);
  names.set(lines[0] ?? '', name);
  ids.set(`${name} line`, lines[0] ?? '');
  await rowsPastGuards('UPDATE orders SET created_at = $2 WHERE id = $1', [id, created]);
  if (ref === null) await rowsPastGuards('UPDATE orders SET external_ref = NULL WHERE id = $1', [id]);
}
const refund = (name: string, at: string) => addRefund(idOf(name), at, [idOf(`${name} line`)]);

const month = async (name: string, from: string, to: string, state: string, ...runs: string[]) => {
  const [row] = await rowsPastGuards<{ id: string }>(
    `INSERT INTO statement_period (month, starts_at, ends_at, state) VALUES ($1, $2, $3, $4) RETURNING id`,
    [name, from, to, state],
  );
  ids.set(name, row?.id ?? '');
  for (const at of runs)
    await rowsPastGuards(`INSERT INTO statement_run (period_id, state, requested_at) VALUES ($1, 'done', $2)`, [
      row?.id,
      at,
    ]);
};

type Line = { of: string; at: string; base: number; commission: number; kind?: string; rule?: string };
/** A statement of a doctor with lines as they were kept in it. */
async function statement(of: string, doctor: string, state: string, hash: string | null, lines: Line[]): Promise<void> {
  const [row] = await rowsPastGuards<{ id: string }>(
    `INSERT INTO statement (period_id, doctor_id, state, content_hash, version) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [idOf(of), idOf(doctor), state, hash, state === 'superseded' ? 7 : 1],
  );
  for (const [at, line] of lines.entries())
    await rowsPastGuards(
      `INSERT INTO statement_line (statement_id, position, kind, order_id, order_line_id, settled_at, base, commission, parts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[
          row?.id,
          at + 1,
          line.kind ?? 'sale',
          idOf(line.of),
          idOf(`${line.of} line`),
          line.at,
          line.base,
          line.commission,
        ],
        JSON.stringify([{ ruleId: rules.get(line.rule ?? 'general'), part: 'sealed' }]),
      ],
    );
}

beforeAll(async () => {
  fixture = await makeStatementFixture(['blood-1', 'imaging-1']);
  const plan = await addPlan(fixture, 'BANDS', [
    { from: '2026-01-01', value: '10' },
    { from: '2026-01-01', value: '20', band: 1_000_000n },
    { from: '2026-01-01', value: '10', category: 'imaging' },
    { from: '2026-01-01', value: '50', category: 'imaging', band: 100_000n },
  ]);
  for (const [name, category] of [
    ['general', '*'],
    ['imaging', 'imaging'],
  ] as const) {
    const [row] = await rowsOf<{ id: string }>('SELECT id FROM commission_rule WHERE category = $1 AND band_from = 0', [
      category,
    ]);
    rules.set(name, row?.id ?? '');
  }
  for (const [code, of] of [
    ['A', plan],
    ['B', plan],
    ['C', null],
  ] as const)
    ids.set(code, await addDoctor(code, of));
  await month('2026-04', APRIL, MAY, 'sealed', '2026-04-30T00:00:00Z');
  await month('2026-05', MAY, JUNE, 'open', '2026-06-01T00:00:00Z');
  await month('2026-06', JUNE, JULY, 'sealed');
  await month('2026-07', JULY, AUGUST, 'sealed', '2026-08-05T00:00:00Z', '2026-07-20T00:00:00Z');
  await spring();
  await june();
  await july();
  await august();
});

/** April is sealed, but May is open: nothing of them is carried. What of May is refunded now is calculated as it stood then. */
async function spring(): Promise<void> {
  await sell('april', { net: 5_000_000n, at: '2026-04-20T02:00:00Z', created: '2026-08-01T00:00:00Z' });
  await sell('april, last', { net: 5_000_000n, at: secondBefore(MAY) });
  await sell('may 1', { net: 900_000n, at: MAY });
  await sell('may 2', { net: 300_000n, at: MAY, ref: null });
  await sell('may voided', { net: 5_000_000n, at: '2026-05-03T02:00:00Z' });
  for (const [n, net] of [100_000n, 10_000n, 20_000n, 30_000n].entries())
    await sell(`may ${n + 3}`, { net, at: `2026-05-1${n}T02:00:00Z` });
  await rowsPastGuards(`UPDATE orders SET state = 'voided' WHERE id = $1`, [idOf('may voided')]);
  await statement('2026-05', 'A', 'draft', null, [
    { of: 'may 3', at: '2026-05-10T02:00:00Z', base: 100_000, commission: 999 },
  ]);
  await refund('may 1', '2026-08-11T02:00:00Z');
  await refund('may 3', '2026-08-10T02:00:00Z');
  await refund('may voided', '2026-08-10T03:00:00Z');
  await refund('may 4', JUNE);
  await refund('may 5', secondBefore(JUNE));
  await refund('may 6', AUGUST);
}

/** June is sealed, and nobody asked for it: whatever is in no statement of it came late. */
async function june(): Promise<void> {
  await sell('kept 1', { net: 500_000n, at: JUNE });
  await sell('kept 2', { net: 400_000n, at: '2026-06-09T02:00:00Z' });
  await sell('late 1', { net: 200_000n, at: JUNE });
  await sell('late 2', { net: 100_000n, at: '2026-06-05T02:00:00Z' });
  await sell('late image 1', { net: 80_000n, at: '2026-06-20T02:00:00Z', service: 'imaging-1' });
  await sell('late image 2', { net: 60_000n, at: '2026-06-20T02:00:00Z', service: 'imaging-1', ref: null });
  await sell('late back', { net: 10_000n, at: '2026-06-25T02:00:00Z' });
  await sell('late of B', { doctor: 'B', net: 100_000n, at: '2026-06-06T02:00:00Z' });
  await sell('late voided', { net: 5_000_000n, at: '2026-06-02T02:00:00Z' });
  await sell('late of nobody', { doctor: null, net: 5_000_000n, at: '2026-06-02T02:00:00Z' });
  await rowsPastGuards(`UPDATE orders SET state = 'voided' WHERE id = $1`, [idOf('late voided')]);
  await statement('2026-06', 'A', 'approved', 'june A', [
    { of: 'kept 1', at: JUNE, base: 500_000, commission: 51_234 },
    { of: 'kept 2', at: '2026-06-09T02:00:00Z', base: 400_000, commission: 40_000 },
    { of: 'kept 2', at: '2026-06-10T02:00:00Z', base: -400_000, commission: -40_000, kind: 'refund' },
    { of: 'late back', at: '2026-06-10T02:00:00Z', base: -1, commission: -1, kind: 'refund' },
  ]);
  await statement('2026-06', 'A', 'superseded', 'june A before', [
    { of: 'late 2', at: '2026-06-05T02:00:00Z', base: 100_000, commission: 7 },
  ]);
  await statement('2026-06', 'B', 'approved', 'june B', [
    { of: 'april', at: '2026-06-03T02:00:00Z', base: 5_000_000, commission: 1 },
  ]);
  await refund('kept 1', '2026-08-13T02:00:00Z');
  await refund('kept 2', '2026-08-13T03:00:00Z');
  await refund('late 1', '2026-08-12T02:00:00Z');
  await refund('late of nobody', '2026-08-12T03:00:00Z');
}

/** July was asked for on the 20th and again: late is what became known from a day before the first time on. */
async function july(): Promise<void> {
  await sell('kept 3', { net: 100_000n, at: JULY });
  await sell('known', { net: 950_000n, at: '2026-07-10T01:00:00Z', created: '2026-07-19T00:00:00.000Z' });
  await sell('written late', { net: 1_000_000n, at: '2026-07-10T02:00:00Z', created: '2026-07-22T00:00:00Z' });
  await sell('written in the margin', { net: 10_000n, at: '2026-07-11T02:00:00Z', created: '2026-07-19T00:00:01Z' });
  await sell('settled late', { net: 50_000n, at: '2026-07-25T02:00:00Z', created: '2026-07-01T00:00:00Z' });
  await sell('settled last', { net: 20_000n, at: secondBefore(AUGUST), created: '2026-08-03T00:00:00Z' });
  await sell('voided since', { net: 10_000n, at: '2026-07-05T02:00:00Z' });
  await rowsPastGuards(`UPDATE orders SET state = 'voided' WHERE id = $1`, [idOf('voided since')]);
  await statement('2026-07', 'A', 'published', 'july A', [
    { of: 'kept 3', at: JULY, base: 100_000, commission: 10_000 },
    { of: 'voided since', at: '2026-07-05T02:00:00Z', base: 10_000, commission: 1_111, rule: 'imaging' },
  ]);
  await refund('known', '2026-08-14T02:00:00Z');
  await refund('voided since', '2026-08-15T02:00:00Z');
}

async function august(): Promise<void> {
  await sell('own 1', { net: 500_000n, at: AUGUST });
  await sell('own 2', { net: 900_000n, at: '2026-08-05T02:00:00Z' });
  await sell('own 3', { net: 300_000n, at: '2026-08-05T02:00:00Z', ref: null });
  await sell('own back', { net: 40_000n, at: '2026-08-20T02:00:00Z' });
  await sell('own of B', { doctor: 'B', net: 600_000n, at: '2026-08-06T02:00:00Z' });
  await sell('own of C', { doctor: 'C', net: 600_000n, at: '2026-08-06T02:00:00Z' });
  await sell('next', { net: 5_000_000n, at: SEPTEMBER });
  await refund('own back', '2026-08-20T02:00:00Z');
  await refund('own 1', SEPTEMBER);
}

const linesOf = async (from: string, to: string, doctors: string[] | null) => {
  const found = await rowsOf<{ doctor: string; line: string; id: string }>(
    `SELECT d.code AS doctor, order_line_id AS id, concat_ws(' ', kind, base, commission, CASE WHEN carried THEN 'carried' END) AS line
     FROM commission_lines($1, $2, $3) l JOIN doctor d ON d.id = l.doctor_id ORDER BY d.code, place`,
    [from, to, doctors?.map(idOf) ?? null],
  );
  return found.map(({ doctor, id, line }) => `${doctor}: ${names.get(id)}: ${line}`);
};

const OF_A = [
  'A: late 1: sale 200000 30000 carried',
  'A: may 4: refund -10000 -2000 carried',
  'A: late 2: sale 100000 20000 carried',
  'A: late image 2: sale 60000 6000 carried',
  'A: late image 1: sale 80000 24000 carried',
  'A: late back: sale 10000 2000 carried',
  'A: written late: sale 1000000 110000 carried',
  'A: written in the margin: sale 10000 2000 carried',
  'A: settled late: sale 50000 10000 carried',
  'A: settled last: sale 20000 4000 carried',
  'A: may 6: refund -30000 -6000',
  'A: own 1: sale 500000 50000',
  'A: own 3: sale 300000 30000',
  'A: own 2: sale 900000 160000',
  'A: may 3: refund -100000 -20000',
  'A: may 1: refund -900000 -110000',
  'A: late 1: refund -200000 -30000',
  'A: kept 1: refund -500000 -51234',
  'A: known: refund -950000 -100000',
  'A: voided since: refund -10000 -1111',
  'A: own back: sale 40000 8000',
  'A: own back: refund -40000 -8000',
];
const OF_B = ['B: late of B: sale 100000 20000 carried', 'B: own of B: sale 600000 60000'];
const OF_C = ['C: own of C: sale 600000 0'];

describe('what came late', () => {
  it('is carried from the unbroken run of sealed months before', async () => {
    const starts = async (...moments: string[]) =>
      Promise.all(
        moments.map(async (at) =>
          (await rowsOf<{ at: Date }>('SELECT carry_start($1) AS at', [at]))[0]?.at.toISOString(),
        ),
      );
    const at = (moment: string) => new Date(moment).toISOString();
    expect(await starts(AUGUST, JULY, JUNE, MAY, APRIL, SEPTEMBER, OCTOBER)).toEqual(
      [JUNE, JUNE, JUNE, APRIL, APRIL, SEPTEMBER, OCTOBER].map(at),
    );
  });

  it('and what was taken back is stated once, each with what it gives, whichever doctors are asked for', async () => {
    expect(await linesOf(AUGUST, SEPTEMBER, ['A'])).toEqual(OF_A);
    expect(await linesOf(AUGUST, SEPTEMBER, ['B'])).toEqual(OF_B);
    expect(await linesOf(AUGUST, SEPTEMBER, null)).toEqual([...OF_A, ...OF_B, ...OF_C]);
    expect(await linesOf(AUGUST, SEPTEMBER, ['C', 'B'])).toEqual([...OF_B, ...OF_C]);
  });

  it('says by which rules, and a refund by those of its sale', async () => {
    const parts = async (name: string) =>
      (
        await rowsOf<{ parts: Record<string, unknown>[] }>(
          'SELECT parts FROM commission_lines($1, $2, NULL) WHERE order_line_id = $3 ORDER BY place',
          [AUGUST, SEPTEMBER, idOf(`${name} line`)],
        )
      ).map(({ parts: own }) => own.map(({ value, from, part, cap }) => [value, from, part, cap]));
    const crossed = [
      ['10', '0', '100000', null],
      ['20', '1000000', '100000', null],
    ];
    expect(await parts('late 1')).toEqual([crossed, crossed]);
    expect(await parts('kept 1')).toEqual([[[undefined, undefined, 'sealed', undefined]]]);
    expect(await parts('own of C')).toEqual([[]]);
  });

  it('stands in the statements of the month apart from its own', async () => {
    await draftMonth('2026-08');
    const drafts = await rowsOf(
      `SELECT d.code, s.orders, s.lines, s.base::int, s.commission::int, s.carry_forward::int AS carried FROM statement s
       JOIN doctor d ON d.id = s.doctor_id JOIN statement_period p ON p.id = s.period_id WHERE p.month = '2026-08' ORDER BY d.code`,
    );
    expect(drafts).toEqual([
      { code: 'A', orders: 11, lines: 12, base: -990_000, commission: -78_345, carried: 206_000 },
      { code: 'B', orders: 1, lines: 1, base: 600_000, commission: 60_000, carried: 20_000 },
      { code: 'C', orders: 1, lines: 1, base: 600_000, commission: 0, carried: 0 },
    ]);
    const [kept] =
      await rowsOf(`SELECT count(*)::int AS n, count(*) FILTER (WHERE carried)::int AS carried FROM statement_line l
      JOIN statement s ON s.id = l.statement_id JOIN statement_period p ON p.id = s.period_id WHERE p.month = '2026-08'`);
    expect(kept).toEqual({ n: OF_A.length + OF_B.length + OF_C.length, carried: 11 });
  });
});
