import { beforeAll, describe, expect, it } from 'vitest';
import { serviceRow } from '@/server/modules/sales/catalogue/schema';
import { loadServices } from '@/server/modules/sales/catalogue/use-cases/load-services';
import { customerRow } from '@/server/modules/sales/customers/schema';
import { loadCustomers } from '@/server/modules/sales/customers/use-cases/load-customers';
import { systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { countOf, makeFixture, rowsOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

const actor = systemActor('portal');
type Cells = Record<string, string>;
const right = {
  code: 'A',
  name_vi: 'Xét nghiệm',
  name_en: 'Test',
  kind: 'test',
  category: 'hematology',
  components: '',
  sex: 'any',
};
const services = (...rows: Cells[]) =>
  loadServices({
    actor,
    rows: rows.map((row, at) => ({
      row: at + 2,
      value: serviceRow.parse({ ...right, min_age: '', max_age: '', active: '', ...row }),
    })),
  }).then(({ changed }) => changed);
const customers = (...rows: Cells[]) =>
  loadCustomers({
    actor,
    rows: rows.map((row, at) => ({
      row: at + 2,
      value: customerRow.parse({ name: 'Công ty', tier: '', tax_code: '', email: '', phone: '', ...row }),
    })),
  }).then(({ changed }) => changed);
const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    ({ problems }: { problems: object[] }) => problems,
  );
const wrong = (row: number, column: string, code: string, params = {}) => ({ row, column, code, params });

const lastTrail = async (action: string) =>
  (
    await rowsOf(
      `SELECT entity, entity_id AS "entityId", actor_id AS "actorId", detail FROM audit_entry WHERE action = $1 ORDER BY at DESC, id DESC LIMIT 1`,
      [action],
    )
  )[0];
const partsOf = (code: string) =>
  rowsOf<{ part: string }>(
    `SELECT c.code || ' ' || k.position AS part FROM service_component k JOIN service p ON p.id = k.package_id JOIN service c ON c.id = k.component_id
     WHERE p.code = $1 ORDER BY k.position`,
    [code],
  ).then((rows) => rows.map(({ part }) => part));

describe('a file of services', () => {
  const changed = (rows: number, of: number, rearranged: number) => ({
    ...{ entity: 'service', entityId: 'all', actorId: 'portal' },
    detail: { rows, changed: of, rearranged },
  });

  it('adds what is new and says how many changed, and a repeat changes nothing', async () => {
    expect(await services({ code: 'N1' }, { code: 'N2', min_age: '18', max_age: '18', active: 'false' })).toBe(2);
    expect(await lastTrail('services.loaded')).toEqual(changed(2, 2, 0));
    expect(await services({ code: 'N1' }, { code: 'N2', min_age: '18', max_age: '18', active: 'false' })).toBe(0);
    expect(await lastTrail('services.loaded')).toEqual(changed(2, 0, 0));
    const kept = await rowsOf(
      `SELECT code, name_vi, name_en, kind, category, sex, min_age, max_age, active FROM service WHERE code LIKE 'N_' ORDER BY code`,
    );
    const one = { name_vi: 'Xét nghiệm', name_en: 'Test', kind: 'test', category: 'hematology', sex: 'any' };
    expect(kept).toEqual([
      { code: 'N1', ...one, min_age: null, max_age: null, active: true },
      { code: 'N2', ...one, min_age: 18, max_age: 18, active: false },
    ]);
  });

  it.each<[string, string, unknown]>([
    ['name_vi', 'Khác', 'Khác'],
    ['name_en', 'Other', 'Other'],
    ['kind', 'imaging', 'imaging'],
    ['category', 'other', 'other'],
    ['sex', 'male', 'male'],
    ['min_age', '3', 3],
    ['max_age', '70', 70],
    ['active', 'false', false],
  ])('changes a service by its %s alone', async (column, cell, value) => {
    await services({ code: 'C', kind: 'test' });
    expect(await services({ code: 'C' }, { code: 'N1' })).toBe(0);
    expect(await services({ code: 'C', [column]: cell }, { code: 'N1' })).toBe(1);
    expect(await rowsOf(`SELECT ${column} AS value FROM service WHERE code = 'C'`)).toEqual([{ value }]);
  });

  it('makes packages of exactly what is listed, in its order, and leaves others alone', async () => {
    const parts = (components: string) => ({ code: 'P1', kind: 'package', components });
    const other = { code: 'P2', kind: 'package', components: 'GLU' };
    expect(await services(parts('CBC|GLU|CXR'), other)).toBe(2);
    expect(await lastTrail('services.loaded')).toEqual(changed(2, 2, 2));
    expect(await partsOf('P1')).toEqual(['CBC 1', 'GLU 2', 'CXR 3']);
    expect(await services(parts('CBC|GLU|CXR'), other)).toBe(0);
    expect(await lastTrail('services.loaded')).toEqual(changed(2, 0, 0));
    expect(await services(parts('CXR|CBC|GLU'), other)).toBe(0);
    expect(await lastTrail('services.loaded')).toEqual(changed(2, 0, 1));
    expect(await partsOf('P1')).toEqual(['CXR 1', 'CBC 2', 'GLU 3']);
    await services(parts('PAP|CXR'));
    expect(await partsOf('P1')).toEqual(['PAP 1', 'CXR 2']);
    await services(parts('PAP'));
    expect(await lastTrail('services.loaded')).toEqual(changed(1, 0, 1));
    expect(await partsOf('P1')).toEqual(['PAP 1']);
    await services({ code: 'P1', kind: 'package' });
    expect(await partsOf('P1')).toEqual([]);
    expect(await partsOf('P2')).toEqual(['GLU 1']);
    expect(await partsOf('PACK')).toHaveLength(3);
    await services(parts('N9'), { code: 'N9' });
    expect(await partsOf('P1')).toEqual(['N9 1']);
  });

  it('of packages that hold each other is refused, whatever of it was there before', async () => {
    const pack = (code: string, components: string) => ({ code, kind: 'package', components });
    const around = [pack('R1', 'CBC|R2'), pack('R2', 'R3'), pack('R3', 'GLU|R1'), pack('R4', 'R1')];
    expect(await problemsOf(services(...around))).toEqual([
      ...[2, 3, 4].map((row) => wrong(row, 'components', 'holds_itself')),
    ]);
    await services(pack('R1', 'CBC'), pack('R2', 'R1'));
    expect(await problemsOf(services(pack('R1', 'R2')))).toEqual([wrong(2, 'components', 'holds_itself')]);
    expect(await partsOf('R1')).toEqual(['CBC 1']);
  });

  it('is refused whole, with each wrong cell in the order of its rows', async () => {
    const before = await countOf('service');
    const rows: Cells[] = [
      { code: 'W1', min_age: '18', max_age: '17' },
      { code: 'W2', components: 'CBC' },
      { code: 'W3', kind: 'package', components: 'CBC|W3' },
      { code: 'W4', kind: 'package', components: 'CBC|X1|X2|W1' },
      { code: 'W1', min_age: '5', max_age: '5' },
      { code: 'cbc' },
      { code: 'W5', category: 'Imaging' },
      { code: 'w2' },
      { code: 'W6', category: 'Fresh' },
      { code: 'W7', category: 'FRESH' },
      { code: 'W8', min_age: '20' },
      { code: 'W9', max_age: '20' },
    ];
    expect(await problemsOf(services(...rows))).toEqual([
      wrong(2, 'max_age', 'ages_crossed'),
      wrong(3, 'components', 'only_packages'),
      wrong(4, 'components', 'holds_itself'),
      wrong(5, 'components', 'unknown_service', { value: 'X1' }),
      wrong(6, 'code', 'duplicate_code', { first: '2' }),
      wrong(7, 'code', 'other_case', { value: 'cbc', known: 'CBC' }),
      wrong(8, 'category', 'other_case', { value: 'Imaging', known: 'imaging' }),
      wrong(9, 'code', 'other_case', { value: 'w2', known: 'W2' }),
      wrong(11, 'category', 'other_case', { value: 'FRESH', known: 'Fresh' }),
    ]);
    expect(await countOf('service')).toBe(before);
  });

  it('may write a category in another case where every service that has it is in the file', async () => {
    await services({ code: 'K1', category: 'Alone' }, { code: 'K2', category: 'Alone' });
    expect(await problemsOf(services({ code: 'K1', category: 'ALONE' }))).toEqual([
      wrong(2, 'category', 'other_case', { value: 'ALONE', known: 'Alone' }),
    ]);
    expect(await services({ code: 'K1', category: 'ALONE' }, { code: 'K2', category: 'ALONE' })).toBe(2);
  });
});

describe('a file of customers', () => {
  it('adds and changes, each column by itself, and says how many', async () => {
    const full = {
      code: 'K',
      name: 'Công ty K',
      tier: 'svip1',
      tax_code: '0301',
      email: 'k@x.vn',
      phone: '028 3811 2233',
    };
    expect(await customers(full, { code: 'L' })).toBe(2);
    expect(await customers(full, { code: 'L' })).toBe(0);
    const changes: Cells[] = [{ name: 'Khác' }, { tier: 'vip1' }, { tax_code: '' }, { email: 'm@x.vn' }, { phone: '' }];
    let now: Cells = full;
    for (const change of changes) {
      now = { ...now, ...change };
      expect(await customers(now, { code: 'L' })).toBe(1);
    }
    expect(
      await rowsOf(`SELECT code, name, tier, tax_code, email, phone FROM customer WHERE code IN ('K', 'L') ORDER BY 1`),
    ).toEqual([
      { code: 'K', name: 'Khác', tier: 'vip1', tax_code: null, email: 'm@x.vn', phone: null },
      { code: 'L', name: 'Công ty', tier: 'standard', tax_code: null, email: null, phone: null },
    ]);
    expect(await lastTrail('customers.loaded')).toEqual({
      ...{ entity: 'customer', entityId: 'all', actorId: 'portal' },
      detail: { rows: 2, changed: 1 },
    });
  });

  it('is refused whole, with each wrong cell', async () => {
    const before = await countOf('customer');
    expect(await problemsOf(customers({ code: 'vipco' }, { code: 'NEW' }, { code: 'NEW' }, { code: 'PLAIN' }))).toEqual(
      [
        wrong(2, 'code', 'other_case', { value: 'vipco', known: 'VIPCO' }),
        wrong(4, 'code', 'duplicate_code', { first: '3' }),
      ],
    );
    expect(await countOf('customer')).toBe(before);
  });
});
