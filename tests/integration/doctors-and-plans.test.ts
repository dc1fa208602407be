import { beforeAll, describe, expect, it } from 'vitest';
import { planRow } from '@/server/modules/referral/commission/schema';
import { loadPlans } from '@/server/modules/referral/commission/use-cases/load-plans';
import { doctorDetail, listDoctors } from '@/server/modules/referral/doctors/queries';
import { doctorRow } from '@/server/modules/referral/doctors/schema';
import { loadDoctors } from '@/server/modules/referral/doctors/use-cases/load-doctors';
import { ownerPool, rowsOf, rowsPastGuards, withDatabase } from './database';
import { makeStatementFixture } from './statement-fixture';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();
beforeAll(async () => {
  await makeStatementFixture(['blood-1', 'blood-2', 'imaging-1']);
});

type Cells = Record<string, string>;
const PLAN = {
  ...{ plan: 'P', valid_from: '2026-01-01', valid_to: '', category: '*', service_code: '', kind: 'percent' },
  ...{ value: '10', band_from: '0', cap_per_line: '' },
};
const DOCTOR = { code: 'D', name: 'BS. Mai', phone: '', email: '', language: '', plan: '', tax_rate: '' };
/** Rows as a sheet gives them, from its second on. */
const placed = <Row>(rows: readonly Cells[], right: Cells, parse: (cells: unknown) => Row) =>
  rows.map((cells, at) => ({ row: at + 2, value: parse({ ...right, ...cells }) }));

const correlationId = () => crypto.randomUUID();
const trail = (correlation: string) =>
  rowsOf(`SELECT action, entity, entity_id AS id, detail FROM audit_entry WHERE correlation_id = $1 ORDER BY id`, [
    correlation,
  ]);

async function plans(...rows: Cells[]): Promise<{ added: number; trail: object[] }> {
  const actor = { ...(await makeStaff('administrator', null)), correlationId: correlationId() };
  const { added } = await loadPlans({ actor, rows: placed(rows, PLAN, (cells) => planRow.parse(cells)) });
  return { added, trail: await trail(actor.correlationId) };
}
async function doctors(...rows: Cells[]): Promise<{ changed: number; trail: object[] }> {
  const actor = { ...(await makeStaff('administrator', null)), correlationId: correlationId() };
  const { changed } = await loadDoctors({ actor, rows: placed(rows, DOCTOR, (cells) => doctorRow.parse(cells)) });
  return { changed, trail: await trail(actor.correlationId) };
}
const idOf = async (code: string) => (await oneOf<{ id: string }>('SELECT id FROM doctor WHERE code = $1', [code])).id;
const problem = (row: number, column: string, code: string, params: object) => ({ row, column, code, params });

describe('a sheet of plans', () => {
  it('adds what is new of its plans and rules, and says how many', async () => {
    const rules: Cells[] = [
      {},
      { band_from: '5', value: '12.5' },
      { service_code: 'blood-1', kind: 'fixed', value: '5000', cap_per_line: '4000' },
    ];
    const entry = (rows: number, added: number) => ({
      ...{ action: 'plans.loaded', entity: 'commission-plan', id: 'all', detail: { rows, added } },
    });
    expect(await plans(...rules)).toEqual({ added: 3, trail: [entry(3, 3)] });
    const more: Cells[] = [
      ...rules,
      { plan: 'Q', category: 'blood', valid_from: '2026-02-01', valid_to: '2026-03-01' },
      { plan: 'Q', value: '33' },
    ];
    expect(await plans(...more)).toEqual({ added: 2, trail: [entry(5, 2)] });
    const stored = await rowsOf(
      `SELECT p.code AS plan, r.valid_from::text AS from, r.valid_to::text AS to, r.category, s.code AS service, r.kind, trim_scale(value)::text AS value,
         band_from::int AS band, cap_per_line::int AS cap
       FROM commission_rule r JOIN commission_plan p ON p.id = r.plan_id LEFT JOIN service s ON s.id = r.service_id ORDER BY r.id`,
    );
    const rule = {
      plan: 'P',
      from: '2026-01-01',
      to: null,
      category: '*',
      service: null,
      kind: 'percent',
      value: '10',
      band: 0,
      cap: null,
    };
    expect(stored).toEqual([
      rule,
      { ...rule, band: 5, value: '12.5' },
      { ...rule, service: 'blood-1', kind: 'fixed', value: '5000', cap: 4000 },
      { ...rule, plan: 'Q', category: 'blood', from: '2026-02-01', to: '2026-03-01' },
      { ...rule, plan: 'Q', value: '33' },
    ]);
  });

  it('is refused whole, with every wrong cell in the order of its rows', async () => {
    const refused = plans({ plan: 'NEW' }, { plan: 'p', category: 'none' }, { value: '11' }, {});
    await expect(refused).rejects.toMatchObject({
      code: 'bad_rows',
      problems: [
        problem(3, 'category', 'unknown_category', { value: 'none' }),
        problem(3, 'plan', 'other_case', { value: 'p', known: 'P' }),
        problem(4, 'value', 'rule_differs', {}),
      ],
    });
    expect(await rowsOf(`SELECT 1 FROM commission_plan WHERE code IN ('NEW', 'p')`)).toEqual([]);
  });

  it('waits for another that is being written about one of its plans, and for no other', async () => {
    const client = await ownerPool().connect();
    const hold = (code: string) => client.query('SELECT FROM commission_plan WHERE code = $1 FOR UPDATE', [code]);
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%commission_plan%FOR UPDATE%' AND datname = current_database()`;
    let written = 0;
    const write = async (valid_from: string) => {
      const { added } = await plans({ valid_from });
      written += added;
    };
    let last: Promise<void> | undefined;
    await client.query('BEGIN');
    try {
      await hold('Q');
      const other = write('2027-01-01');
      await expect.poll(() => written, { timeout: 10_000 }).toBe(1);
      await other;
      await hold('P');
      last = write('2028-01-01');
      await expect.poll(async () => (await rowsOf(waits)).length, { timeout: 10_000 }).toBeGreaterThan(0);
      expect(written).toBe(1);
    } finally {
      await client.query('COMMIT');
      client.release();
    }
    await last;
    expect(written).toBe(2);
  });
});

describe('a sheet of doctors', () => {
  const full = { code: 'D1', phone: '0901234567', email: 'an@x.example', language: 'en', plan: 'P', tax_rate: '7.5' };
  const loaded = (rows: number, changed: number) => ({
    action: 'doctors.loaded',
    entity: 'doctor',
    id: 'all',
    detail: { rows, changed },
  });

  it('adds doctors, and moves nobody by that', async () => {
    expect(await doctors(full, { code: 'D2' })).toEqual({ changed: 2, trail: [loaded(2, 2)] });
    const stored = await rowsOf(
      `SELECT d.code, d.name, phone, email, language, c.code AS plan, trim_scale(tax_rate)::text AS tax, active FROM doctor d
       LEFT JOIN commission_plan c ON c.id = d.plan_id ORDER BY d.code`,
    );
    expect(stored).toEqual([
      {
        code: 'D1',
        name: 'BS. Mai',
        phone: '+84901234567',
        email: 'an@x.example',
        language: 'en',
        plan: 'P',
        tax: '7.5',
        active: true,
      },
      { code: 'D2', name: 'BS. Mai', phone: null, email: null, language: 'vi', plan: null, tax: '0', active: true },
    ]);
  });

  it.each<[Cells, boolean]>([
    [{ name: 'BS. Lan' }, false],
    [{ phone: '0907654321' }, true],
    [{ email: '' }, true],
    [{ language: 'vi' }, false],
    [{ plan: 'Q' }, false],
    [{ tax_rate: '8' }, false],
  ])('brings up to date what differs, and says who is reached in another way: %o', async (cells, moves) => {
    const moved = { action: 'doctor.moved', entity: 'doctor', id: await idOf('D1'), detail: {} };
    const change = (parts: Cells) => doctors({ ...full, ...parts }, { code: 'D2' });
    const expected = { changed: 1, trail: moves ? [moved, loaded(2, 1)] : [loaded(2, 1)] };
    expect(await change(cells)).toEqual(expected);
    expect(await change(cells)).toEqual({ changed: 0, trail: [loaded(2, 0)] });
    expect(await change({})).toEqual(expected);
  });

  it('is refused whole, with every wrong cell in the order of its rows', async () => {
    await rowsPastGuards(`INSERT INTO doctor (code, name) VALUES ('Old', 'x'), ('OLD', 'x')`);
    const refused = doctors(
      { code: 'N1', plan: 'NONE' },
      { code: 'd1', plan: 'P' },
      { code: 'N1' },
      { code: 'N1', plan: 'NO' },
      { code: 'n1' },
    );
    const plan = (row: number, value: string) => problem(row, 'plan', 'unknown_plan', { value });
    await expect(refused).rejects.toMatchObject({
      code: 'bad_rows',
      problems: [
        plan(2, 'NONE'),
        problem(3, 'code', 'other_case', { value: 'd1', known: 'D1' }),
        problem(4, 'code', 'duplicate_code', { first: '2' }),
        plan(5, 'NO'),
        problem(5, 'code', 'duplicate_code', { first: '2' }),
        problem(6, 'code', 'other_case', { value: 'n1', known: 'N1' }),
      ],
    });
    expect(await rowsOf(`SELECT 1 FROM doctor WHERE lower(code) = 'n1'`)).toEqual([]);
    await expect(doctors({ code: 'N1', plan: 'NONE' })).rejects.toMatchObject({ problems: [plan(2, 'NONE')] });
    // What stood there twice before codes were compared names the last, and is itself no twin.
    await expect(doctors({ code: 'old' })).rejects.toMatchObject({
      problems: [{ params: { value: 'old', known: 'Old' } }],
    });
    expect((await doctors({ code: 'Old', name: 'y' })).changed).toBe(1);
  });

  it('is found by every word of a name, and by none of several', async () => {
    await doctors({ code: 'X1', name: 'BS. Hồ Lan' }, { code: 'X2', name: 'BS. Hồ Kim' });
    const found = async (search: string, limit = 9) =>
      (await listDoctors({ search, limit })).rows.map(({ code }) => code);
    expect([await found('ho'), await found('lan ho'), await found('lan kim'), await found('ho', 1)]).toEqual([
      ['X1', 'X2'],
      ['X1'],
      [],
      ['X1'],
    ]);
    const { nextCursor } = await listDoctors({ search: 'ho', limit: 1 });
    expect((await listDoctors({ search: 'ho', limit: 1, cursor: nextCursor })).rows.map(({ code }) => code)).toEqual([
      'X2',
    ]);
  });
});

describe('what finance sees of a doctor', () => {
  it('are the rules of the plan: those in force first, services before categories before all, the newest first, by band', async () => {
    await rowsOf(
      `WITH p AS (INSERT INTO commission_plan (code) VALUES ('SEEN') RETURNING id)
       INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, service_id, kind, value, band_from)
       SELECT p.id, business_day(now()) + f, business_day(now()) + t, c, (SELECT id FROM service WHERE code = s), 'percent', v, b
       FROM p, (VALUES (0, NULL, '*', NULL, 1, 5), (0, NULL, '*', NULL, 2, 0), (-9, NULL, '*', NULL, 3, 0), (-9, NULL, 'imaging', NULL, 4, 0),
         (-9, NULL, 'blood', NULL, 5, 0), (-9, NULL, '*', 'blood-2', 6, 9), (-9, NULL, 'blood', 'blood-1', 7, 0), (-9, NULL, 'imaging', 'blood-2', 8, 0),
         (-9, 0, '*', 'imaging-1', 9, 0), (-9, 1, 'package', NULL, 10, 0), (1, NULL, '*', 'blood-1', 11, 0)) x (f, t, c, s, v, b)`,
    );
    await doctors({ code: 'SEEN', plan: 'SEEN' }, { code: 'BARE' });
    const actor = await makeStaff('finance', null);
    const detail = await doctorDetail({ actor, id: await idOf('SEEN') });
    expect(detail.rules?.map(({ value, service, category, inForce }) => [value, service ?? category, inForce])).toEqual(
      [
        ['7', 'blood-1', true],
        ['8', 'blood-2', true],
        ['6', 'blood-2', true],
        ['5', 'blood', true],
        ['4', 'imaging', true],
        ['10', 'package', true],
        ['2', '*', true],
        ['1', '*', true],
        ['3', '*', true],
        ['11', 'blood-1', false],
        ['9', 'imaging-1', false],
      ],
    );
    expect(await doctorDetail({ actor, id: await idOf('BARE') })).toMatchObject({
      plan: null,
      rules: [],
      statements: [],
    });
  });

  it('are the statements in force of the last thirty-six months, the newest first', async () => {
    const [id, other] = [await idOf('SEEN'), await idOf('BARE')];
    await rowsPastGuards(
      `INSERT INTO statement_period (month, starts_at, ends_at) SELECT to_char('2020-01-01'::date + make_interval(months => n), 'YYYY-MM'), now(), now() FROM generate_series(0, 37) n`,
    );
    await rowsPastGuards(
      `INSERT INTO statement (period_id, doctor_id, commission, payable, version, state) SELECT p.id, $1, 1, 1, 1, CASE WHEN p.month = '2023-02' THEN 'superseded' ELSE 'draft' END FROM statement_period p`,
      [id],
    );
    await rowsPastGuards(
      `INSERT INTO statement (period_id, doctor_id) SELECT id, $1 FROM statement_period WHERE month = '2020-01'`,
      [other],
    );
    const of = async (doctor: string) =>
      (await doctorDetail({ actor: await makeStaff('finance', null), id: doctor })).statements ?? [];
    const months = (await of(id)).map(({ month }) => month);
    expect([months.length, months[0], months.at(-1), months.toSorted().reverse()]).toEqual([
      36,
      '2023-01',
      '2020-02',
      months,
    ]);
    expect(await of(other)).toMatchObject([{ month: '2020-01', state: 'draft' }]);
  });
});
