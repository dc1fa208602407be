import { beforeAll, describe, expect, it } from 'vitest';
import { previewRateCards } from '@/server/modules/sales/pricing/public/preview-rate-cards';
import { publishRateCards } from '@/server/modules/sales/pricing/public/publish-rate-cards';
import { addPublishedVersion, saveCard } from '@/server/modules/sales/pricing/repository';
import type { VersionGiven } from '@/server/modules/sales/pricing/schema';
import { inTransaction } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import { makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();
beforeAll(async () => {
  await makeFixture();
  await rowsOf(`INSERT INTO customer (code, name) VALUES ('THIRD', 'Công ty Ba')`);
});

type Cells = Record<string, string>;
const right = {
  ...{ rate_card: 'NEW', scope: 'all', currency: 'VND', service_code: 'CBC', price: '5000' },
  ...{ valid_from: '2031-01-01', valid_to: '' },
};
const cellsOf = (rows: Cells[]) => rows.map((row, at) => ({ row: at + 2, cells: { ...right, ...row } }));
const preview = (...rows: Cells[]) => previewRateCards({ rows: cellsOf(rows) });
async function publish(...rows: Cells[]): Promise<number> {
  const { fitting } = await preview(...rows);
  return (await publishRateCards({ actor: await makeStaff('finance', null), rows: fitting })).versions;
}
const wrong = (row: number, column: string, code: string, params = {}) => ({ row, column, code, params });
const difference = (parts: object) => ({
  ...{ rateCard: 'NEW', scope: 'all', validFrom: '2031-01-01', validTo: null, outcome: 'new' },
  ...{ added: 0, changed: 0, same: 0, missing: 0, items: [] },
  ...parts,
});

describe('what a sheet of rate cards changes', () => {
  it('is said against the prices that its own scope has in force on its first day', async () => {
    const { errors, warnings, differences, fitting } = await preview(
      { price: '120.333' },
      { service_code: 'GLU', price: '46000' },
      { service_code: 'NOPRICE', price: '7000' },
      { rate_card: 'HANOI', scope: 'branch:HN', price: '111111' },
      { rate_card: 'HANOI', scope: 'branch:HN', service_code: 'PAP', price: '0' },
      { rate_card: 'SAIGON', scope: 'branch:Q1' },
      { rate_card: 'TIER', scope: 'tier:vip1', price: '1' },
      { rate_card: 'FIRM', scope: 'customer:THIRD' },
    );
    expect(errors).toEqual([]);
    expect(warnings).toEqual([wrong(6, 'price', 'zero_price'), wrong(8, 'price', 'small_price', { value: '1' })]);
    expect(differences).toEqual([
      difference({
        ...{ added: 1, changed: 1, same: 1, missing: 4 },
        items: [
          { service: 'GLU', from: '45000', to: '46000' },
          { service: 'NOPRICE', from: null, to: '7000' },
        ],
      }),
      difference({
        rateCard: 'HANOI',
        scope: 'branch:HN',
        added: 1,
        same: 1,
        items: [{ service: 'PAP', from: null, to: '0' }],
      }),
      difference({
        rateCard: 'SAIGON',
        scope: 'branch:Q1',
        added: 1,
        items: [{ service: 'CBC', from: null, to: '5000' }],
      }),
      difference({
        rateCard: 'TIER',
        scope: 'tier:vip1',
        changed: 1,
        items: [{ service: 'CBC', from: '99999', to: '1' }],
      }),
      difference({
        rateCard: 'FIRM',
        scope: 'customer:THIRD',
        added: 1,
        items: [{ service: 'CBC', from: null, to: '5000' }],
      }),
    ]);
    expect(fitting).toHaveLength(8);
  });

  it('is compared with the version in force on that day, not with one before or after it', async () => {
    const { eve, turn } = await oneOf<{ eve: string; turn: string }>(
      `SELECT (business_day(now()) - 11)::text AS eve, (business_day(now()) - 10)::text AS turn`,
    );
    const from = async (valid_from: string) =>
      (await preview({ valid_from, service_code: 'GLU', valid_to: '2032-01-01' })).differences[0]?.items;
    expect(await from(eve)).toEqual([{ service: 'GLU', from: '44000', to: '5000' }]);
    expect(await from(turn)).toEqual([{ service: 'GLU', from: '45000', to: '5000' }]);
    expect(await from('2001-01-01')).toEqual([{ service: 'GLU', from: null, to: '5000' }]);
  });
});

describe('versions that are published', () => {
  it('are written with their card, their days, their prices and who published them, once', async () => {
    const rows: Cells[] = [
      { rate_card: 'P', scope: 'customer:VIPCO', valid_from: '2033-01-01', valid_to: '2033-06-01' },
      {
        rate_card: 'P',
        scope: 'customer:VIPCO',
        valid_from: '2033-01-01',
        valid_to: '2033-06-01',
        service_code: 'GLU',
        price: '7',
      },
      { rate_card: 'P', scope: 'customer:VIPCO', valid_from: '2033-06-01', valid_to: '', price: '6000' },
      { rate_card: 'T', scope: 'tier:svip1', valid_from: '2033-01-01' },
      { rate_card: 'B', scope: 'branch:HN', valid_from: '2033-01-01' },
    ];
    expect(await publish(...rows)).toBe(4);
    const kept = await rowsOf(
      `SELECT c.code, c.scope, c.tier, b.code AS branch, k.code AS customer, c.currency, v.valid_from::text AS "from", v.valid_to::text AS "to", v.state,
         v.published_at IS NOT NULL AS published, u.name AS by,
         (SELECT jsonb_object_agg(s.code, i.price) FROM rate_card_item i JOIN service s ON s.id = i.service_id WHERE i.version_id = v.id) AS prices
       FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN customer k ON k.id = c.customer_id
       LEFT JOIN app_user u ON u.id = v.published_by WHERE v.valid_from >= '2033-01-01' ORDER BY c.code, v.valid_from`,
    );
    const version = {
      currency: 'VND',
      tier: null,
      branch: null,
      customer: null,
      to: null,
      state: 'published',
      published: true,
      by: 'Người dùng',
    };
    expect(kept).toEqual([
      { ...version, code: 'B', scope: 'branch', branch: 'HN', from: '2033-01-01', prices: { CBC: 5_000 } },
      {
        ...version,
        code: 'P',
        scope: 'customer',
        customer: 'VIPCO',
        from: '2033-01-01',
        to: '2033-06-01',
        prices: { CBC: 5_000, GLU: 7 },
      },
      { ...version, code: 'P', scope: 'customer', customer: 'VIPCO', from: '2033-06-01', prices: { CBC: 6_000 } },
      { ...version, code: 'T', scope: 'tier', tier: 'svip1', from: '2033-01-01', prices: { CBC: 5_000 } },
    ]);
    const trail = await rowsOf(
      `SELECT entity, detail FROM audit_entry WHERE action = 'rate-card.published' ORDER BY at, id`,
    );
    expect(trail).toEqual(
      [
        { card: 'P', items: 2 },
        { card: 'P', items: 1 },
        { card: 'T', items: 1 },
        { card: 'B', items: 1 },
      ].map((detail) => ({ entity: 'rate-card-version', detail })),
    );
    expect(await publish(...rows)).toBe(0);
    const again = await preview(...rows);
    expect(again.errors).toEqual([]);
    expect(again.differences.map(({ outcome, same }) => [outcome, same])).toEqual([
      ...[
        ['unchanged', 2],
        ['unchanged', 1],
        ['unchanged', 1],
        ['unchanged', 1],
      ],
    ]);
    const later = { rate_card: 'T', scope: 'tier:svip1', valid_from: '2034-01-01', valid_to: '2034-02-01' };
    const refused = await publish(...rows, later).catch((error: { problems: object[] }) => error.problems);
    expect(refused).toEqual([wrong(7, 'valid_from', 'overlap_in_sheet', { first: '5' })]);
  });

  it('never change: what a sheet says otherwise of one is named where it stands', async () => {
    const rows: Cells[] = [
      { rate_card: 'X', scope: 'tier:svip2', valid_to: '2031-06-01' },
      { rate_card: 'X', scope: 'tier:svip2', valid_to: '2031-06-01', service_code: 'GLU' },
    ];
    expect(await publish(...rows)).toBe(1);
    const errors = async (...of: Cells[]) => (await preview(...of)).errors;
    const [first = {}, second = {}] = rows;
    expect(await errors({ ...first, price: '5001' }, second)).toEqual([wrong(2, 'price', 'rate_card_differs')]);
    expect(await errors(first, second, { ...first, service_code: 'PAP' })).toEqual([
      wrong(4, 'service_code', 'rate_card_differs'),
    ]);
    expect(await errors(second)).toEqual([wrong(2, 'rate_card', 'rate_card_differs')]);
    expect(await errors({ ...first, valid_to: '2031-07-01' }, { ...second, valid_to: '2031-07-01' })).toEqual([
      wrong(2, 'valid_to', 'rate_card_differs'),
    ]);
    expect(await errors({ ...first, scope: 'tier:vip1' }, { ...second, scope: 'tier:vip1' })).toEqual([
      wrong(2, 'rate_card', 'rate_card_scope_differs'),
    ]);
    expect(await errors({ ...first, valid_from: '2031-05-31' })).toEqual([wrong(2, 'valid_from', 'rate_card_overlap')]);
    expect(await errors({ ...first, valid_from: '2031-06-01', valid_to: '' })).toEqual([]);
    expect(await errors({ ...first, valid_from: '2030-06-01', valid_to: '2031-01-02' })).toEqual([
      wrong(2, 'valid_from', 'rate_card_overlap'),
    ]);
    expect(await errors({ ...first, valid_from: '2030-06-01', valid_to: '2031-01-01' })).toEqual([]);
  });
});

describe('a sheet is refused', () => {
  it('by each row that makes no sense, and of a version with such a row nothing is said to be new', async () => {
    const { errors, differences } = await preview(
      { service_code: 'NONE' },
      { service_code: 'GLU' },
      { service_code: 'GLU', price: '6000' },
      { rate_card: 'B1', scope: 'branch:NO' },
      { rate_card: 'K1', scope: 'customer:NO' },
      { rate_card: 'FINE', scope: 'tier:svip1', service_code: 'PAP' },
      { rate_card: 'LATE', valid_to: '2031-01-01' },
    );
    expect(errors).toEqual([
      wrong(2, 'service_code', 'unknown_service', { value: 'NONE' }),
      wrong(4, 'service_code', 'duplicate_service', { first: '3' }),
      wrong(5, 'scope', 'unknown_scope', { value: 'branch:NO' }),
      wrong(6, 'scope', 'unknown_scope', { value: 'customer:NO' }),
      wrong(8, 'valid_to', 'ends_before_start'),
    ]);
    expect(differences.map(({ rateCard, outcome }) => `${rateCard} ${outcome}`)).toEqual([
      ...['NEW refused', 'B1 refused', 'K1 refused', 'FINE new'],
    ]);
  });

  it('where a card of the same scope gives another price from the same day, and that row is right itself', async () => {
    expect(
      await publish(
        { rate_card: 'ONE', scope: 'branch:Q1' },
        { rate_card: 'ONE', scope: 'branch:Q1', service_code: 'GLU' },
      ),
    ).toBe(1);
    const two = (cells: Cells) => ({ rate_card: 'TWO', scope: 'branch:Q1', price: '6000', ...cells });
    const errors = async (...rows: Cells[]) => (await preview(...rows)).errors;
    const rival = wrong(2, 'price', 'rival_card', { card: 'ONE' });
    expect(await errors(two({}))).toEqual([rival]);
    expect(await errors(two({}), two({ service_code: 'GLU', price: '5000' }), two({ service_code: 'PAP' }))).toEqual([
      rival,
    ]);
    const others: Cells[] = [{ scope: 'branch:HN' }, { valid_from: '2031-01-02' }, { price: '5000' }, { scope: 'all' }];
    for (const cells of others) expect(await errors(two(cells))).toEqual([]);
    expect(await errors(two({ currency: 'USD' }))).toEqual([
      wrong(2, 'currency', 'other_currency', { value: 'USD', own: 'VND' }),
    ]);
  });

  it('where somebody else published at the same moment: a card under another scope, a version of the same days, a service twice', async () => {
    const given = (parts: Partial<VersionGiven> = {}): VersionGiven => ({
      ...{ rate_card: 'RACE', scope: 'tier:vip1', currency: 'VND', valid_from: '2035-01-01', valid_to: null },
      items: [{ service_code: 'CBC', price: '5' }],
      ...parts,
    });
    const save = (of: VersionGiven) =>
      inTransaction(async (tx) => addPublishedVersion(tx, await saveCard(tx, of), of, null)).then(
        () => null,
        ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
      );
    expect(await save(given())).toBeNull();
    const card = { card: 'RACE' };
    for (const scope of ['tier:svip1', 'all', 'branch:HN', 'customer:PLAIN'])
      expect(await save(given({ scope, valid_from: '2036-01-01' }))).toEqual([
        'conflict',
        'rate_card_scope_differs',
        card,
      ]);
    for (const scope of ['branch:NO', 'customer:NO'])
      expect(await save(given({ scope }))).toEqual(['invalid', 'unknown_scope', { ...card, scope }]);
    expect(await save(given({ valid_from: '2036-01-01' }))).toEqual([
      ...['conflict', 'rate_card_overlap'],
      { ...card, from: '2036-01-01' },
    ]);
    const twice = [
      { service_code: 'CBC', price: '5' },
      { service_code: 'CBC', price: '6' },
    ];
    expect(await save(given({ rate_card: 'DOUBLE', items: twice }))).toEqual([
      ...['invalid', 'duplicate_service'],
      { card: 'DOUBLE', from: '2035-01-01' },
    ]);
  });
});

it('prices are in the organisation’s currency, whatever it is, and a hundred cents are not odd', async () => {
  await rowsPastGuards(`UPDATE organisation SET currency = 'USD'`);
  const row = { scope: 'tier:vip1', valid_from: '2038-01-01', price: '999' };
  const { errors, warnings } = await preview(row, { ...row, service_code: 'GLU', currency: 'USD' });
  expect(errors).toEqual([wrong(2, 'currency', 'other_currency', { value: 'VND', own: 'USD' })]);
  expect(warnings).toEqual([]);
});

it('where nothing is said of the organisation, prices are dong', async () => {
  await rowsPastGuards('DELETE FROM organisation');
  const row = { scope: 'tier:vip1', valid_from: '2039-01-01' };
  const { errors, warnings } = await preview(
    { ...row, price: '999' },
    { ...row, service_code: 'GLU', currency: 'USD' },
  );
  expect(errors).toEqual([wrong(3, 'currency', 'other_currency', { value: 'USD', own: 'VND' })]);
  expect(warnings).toEqual([wrong(2, 'price', 'small_price', { value: '999' })]);
});
