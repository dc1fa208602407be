import { beforeEach, describe, expect, it } from 'vitest';
import { usesCurrency } from '@/server/modules/core/identity/repository';
import { organisationRow } from '@/server/modules/core/identity/schema';
import { loadBranches } from '@/server/modules/core/identity/use-cases/load-branches';
import { loadOrganisation } from '@/server/modules/core/identity/use-cases/load-organisation';
import { systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { oneOf } from './till-fixture';

withDatabase();
beforeEach(() => rowsPastGuards('DELETE FROM branch; DELETE FROM audit_entry'));

const actor = systemActor('operator');
const placed = <Row>(rows: readonly Row[]) => rows.map((value, at) => ({ row: at + 2, value }));
const trail = () =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', actor_kind, actor_id, action, entity, entity_id, detail::text) AS line FROM audit_entry ORDER BY at, id`,
  ).then((rows) => rows.map(({ line }) => line));

describe('a list of branches', () => {
  it('says how many it really changed, on record, and is refused where two codes are one to people', async () => {
    const branch = (code: string, name: string) => ({ code, name_vi: name, name_en: name });
    await rowsOf(
      `INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'Quận 1', 'District 1'), ('HN', 'Hà Nội', 'Hanoi')`,
    );
    const rows = [
      branch('Q1', 'Quận Một'),
      branch('DN', 'Đà Nẵng'),
      { code: 'HN', name_vi: 'Hà Nội', name_en: 'Hanoi' },
    ];
    expect(await loadBranches({ actor, rows: placed(rows) })).toBe(2);
    expect(await rowsOf('SELECT code, name_vi, name_en FROM branch ORDER BY code')).toEqual([
      { code: 'DN', name_vi: 'Đà Nẵng', name_en: 'Đà Nẵng' },
      { code: 'HN', name_vi: 'Hà Nội', name_en: 'Hanoi' },
      { code: 'Q1', name_vi: 'Quận Một', name_en: 'Quận Một' },
    ]);
    expect(await trail()).toEqual(['system operator branches.loaded branch all {"rows": 3, "changed": 2}']);
    const wrong = [branch('hn', 'x'), branch('A1', 'x'), branch('A1', 'y')];
    await expect(loadBranches({ actor, rows: placed(wrong) })).rejects.toMatchObject({
      code: 'bad_rows',
      problems: [
        { row: 2, column: 'code', code: 'other_case', params: { value: 'hn', known: 'HN' } },
        { row: 4, column: 'code', code: 'duplicate_code' },
      ],
    });
    expect(await rowsOf('SELECT FROM branch')).toHaveLength(3);
  });
});

describe('the organisation', () => {
  const row = (parts: object = {}) =>
    organisationRow.parse({
      name_vi: 'Sapoche',
      name_en: 'Sapoche Labs',
      address: '1 Lê Lợi',
      phone: '1900',
      tax_code: '030',
      ...parts,
    });
  const load = (named: string[], ...rows: object[]) =>
    loadOrganisation({ actor, rows: placed(rows.map(row)), named: new Set(named) });

  it('has each of its facts set by the column that names it, and by no other', async () => {
    await rowsPastGuards('DELETE FROM organisation');
    await load([]);
    expect(await rowsOf('SELECT FROM organisation')).toEqual([]);
    const facts = () =>
      oneOf<Record<string, unknown>>(`SELECT to_jsonb(o) - 'updated_at' - 'id' AS facts FROM organisation o`);
    await load([], {});
    const first = {
      ...{
        name_vi: 'Sapoche',
        name_en: 'Sapoche Labs',
        address: '1 Lê Lợi',
        phone: '1900',
        tax_code: '030',
        currency: 'VND',
      },
      ...{
        time_zone: 'Asia/Ho_Chi_Minh',
        default_language: 'vi',
        withholding_threshold: 2_000_000,
        refund_limit: 500_000,
        cashier_discount_limit: 10,
      },
    };
    expect(await facts()).toEqual({ facts: first });
    const others = {
      ...{
        name_vi: 'Khác',
        name_en: 'Other',
        address: '2',
        phone: '2',
        tax_code: '2',
        currency: 'USD',
        time_zone: 'Asia/Tokyo',
      },
      ...{ default_language: 'en', withholding_threshold: '3', refund_limit: '9', cashier_discount_limit: '7.5' },
    };
    let expected: Record<string, unknown> = first;
    for (const [column, value] of Object.entries(others)) {
      await load([column], others);
      expected = {
        ...expected,
        [column]:
          Number.isNaN(Number(value)) || ['address', 'phone', 'tax_code'].includes(column) ? value : Number(value),
      };
      expect(await facts(), column).toEqual({ facts: expected });
    }
    expect(await trail()).toEqual(Array(12).fill('system operator organisation.loaded organisation 1 {}'));
    expect(await rowsOf(`SELECT updated_at > now() - interval '1 minute' AS now FROM organisation`)).toEqual([
      { now: true },
    ]);
  });

  it('is one, and keeps the currency of its prices and its orders', async () => {
    await expect(load(['name_vi'], {}, {})).rejects.toMatchObject({
      problems: [{ row: 3, column: 'name_vi', code: 'one_row_only', params: {} }],
    });
    const uses = (currency: string) => inTransaction((tx) => usesCurrency(tx, currency));
    expect([await uses('VND'), await uses('USD')]).toEqual([true, true]);
    await rowsPastGuards(`INSERT INTO rate_card (code, scope, currency) VALUES ('BASE', 'all', 'VND')`);
    expect([await uses('VND'), await uses('USD')]).toEqual([true, false]);
    const inUse = { problems: [{ row: 2, column: 'currency', code: 'currency_in_use', params: {} }] };
    await expect(load(['currency'], { currency: 'USD' })).rejects.toMatchObject(inUse);
    await load(['name_vi'], { currency: 'USD' });
    await load(['currency'], { currency: 'VND' });
    await rowsPastGuards('DELETE FROM rate_card');
    await put('orders', { currency: 'USD' });
    expect([await uses('VND'), await uses('USD')]).toEqual([false, true]);
  });

  it('keeps its zone once there are orders or periods: between two months of different zones some hours would be in neither', async () => {
    const zone = () => rowsOf<{ zone: string }>('SELECT time_zone AS zone FROM organisation');
    const inUse = { problems: [{ row: 2, column: 'time_zone', code: 'zone_in_use', params: {} }] };
    await load(['time_zone'], { time_zone: 'Asia/Tokyo' });
    await put('orders', {});
    await expect(load(['time_zone'], { time_zone: 'Asia/Bangkok' })).rejects.toMatchObject(inUse);
    await load(['time_zone'], { time_zone: 'Asia/Tokyo' });
    await load(['name_vi'], { time_zone: 'Asia/Bangkok' });
    await rowsPastGuards('DELETE FROM orders');
    await put('statement_period', { month: '2026-10', starts_at: '2026-09-30T15:00Z', ends_at: '2026-10-31T15:00Z' });
    await expect(load(['time_zone'], { time_zone: 'Asia/Bangkok' })).rejects.toMatchObject(inUse);
    await expect(rowsOf(`UPDATE organisation SET time_zone = 'UTC'`)).rejects.toMatchObject({ code: '23514' });
    expect(await zone()).toEqual([{ zone: 'Asia/Tokyo' }]);
  });
});
