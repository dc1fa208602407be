import { beforeAll, describe, expect, it } from 'vitest';
import { listRateCardItems, listRateCards, priceChanges, rateCardDetail } from '@/server/modules/sales/pricing/queries';
import type { RateCardListRow } from '@/server/modules/sales/pricing/schema';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

let everywhere: StaffActor;
let here: StaffActor;

// Cards of customers to page through, and one card with three versions, a gap between the first two, and a draft.
const CARDS = `
  INSERT INTO customer (code, name) SELECT 'K' || lpad(n::text, 3, '0'), 'Công ty Đồng Hưng ' || n FROM generate_series(1, 57) n;
  INSERT INTO rate_card (code, scope, customer_id) SELECT 'Giá-' || code, 'customer', id FROM customer WHERE code LIKE 'K0%';
  INSERT INTO rate_card (code, scope, branch_id) SELECT 'Q1-CARD', 'branch', id FROM branch WHERE code = 'Q1';
  INSERT INTO rate_card (code, scope, customer_id) SELECT '2031-01', 'customer', id FROM customer WHERE code = 'VIPCO';
  INSERT INTO rate_card_version (rate_card_id, valid_from, valid_to) SELECT id, f::date, t::date FROM rate_card, (VALUES
    ('2031-01-01', '2031-02-01'), ('2031-02-10', '2031-03-01'), ('2031-03-01', null)) v (f, t) WHERE code = '2031-01';
  INSERT INTO rate_card_item (version_id, service_id, price)
    SELECT v.id, s.id, p.price FROM rate_card_version v JOIN (VALUES
      ('2031-01-01', 'CBC', 100), ('2031-01-01', 'GLU', 200), ('2031-01-01', 'PAP', 300), ('2031-01-01', 'OLD', 50),
      ('2031-02-10', 'CBC', 110), ('2031-02-10', 'GLU', 150), ('2031-02-10', 'PAP', 300), ('2031-02-10', 'CXR', 900),
      ('2031-03-01', 'CBC', 110)) p (day, code, price) ON p.day::date = v.valid_from JOIN service s ON s.code = p.code;
  UPDATE rate_card_version SET state = 'published', published_at = now(), published_by = (SELECT id FROM app_user LIMIT 1) WHERE state = 'draft';
  INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, '2031-06-01' FROM rate_card WHERE code = '2031-01';`;

beforeAll(async () => {
  await makeFixture();
  everywhere = await makeStaff('finance', null);
  here = await makeStaff('cashier', 'Q1');
  await rowsOf(CARDS);
});

const found = async (filter: Omit<Parameters<typeof listRateCards>[0], 'actor' | 'limit'>, actor = everywhere) =>
  (await listRateCards({ actor, limit: 200, ...filter })).rows;
const codes = (rows: RateCardListRow[]) => rows.map((row) => row.code);

const cardOf = async (code: string) => {
  const { id } = await oneOf<{ id: string }>('SELECT id FROM rate_card WHERE code = $1', [code]);
  return rateCardDetail({ actor: everywhere, id });
};

const versionFrom = async (day: string): Promise<string> =>
  (
    await oneOf<{ id: string }>(
      `SELECT v.id FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id WHERE c.code = '2031-01' AND v.valid_from = $1`,
      [day],
    )
  ).id;

describe('the list', () => {
  it.each([1, 7, 20, 62])('pages by %d through every card once, in one order', async (limit) => {
    const { all } = await oneOf<{ all: string[] }>('SELECT array_agg(code ORDER BY code) AS "all" FROM rate_card');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listRateCards>> = await listRateCards({ actor: everywhere, cursor, limit });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      seen.push(...codes(page.rows));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it('stays complete while cards before the cursor are added', async () => {
    const first = await listRateCards({ actor: everywhere, search: 'dong hung', limit: 10 });
    await rowsOf(
      `INSERT INTO rate_card (code, scope, customer_id) SELECT 'A-NEW', 'customer', id FROM customer WHERE code = 'K001'`,
    );
    const rest = await listRateCards({ actor: everywhere, search: 'dong hung', cursor: first.nextCursor, limit: 200 });
    expect(new Set(codes([...first.rows, ...rest.rows])).size).toBe(57);
    expect(first.rows.length + rest.rows.length).toBe(57);
  });

  it.each([
    ['gia-k042', ['Giá-K042']],
    ['công ty đồng hưng 42', ['Giá-K042']],
    ['HUNG dong 42', ['Giá-K042']],
    ['hà nội', ['HN-CARD']],
    ['ha noi', ['HN-CARD']],
    ['hanoi', ['HN-CARD']],
    ['vip1', ['VIP']],
    ['2031-01', ['2031-01']],
    ['an phat', ['2031-01']],
    ['%', []],
    ['_', []],
  ])('finds by "%s"', async (search, expected) => {
    expect(codes(await found({ search }))).toEqual(expected);
  });

  it('narrows to a scope', async () => {
    expect(codes(await found({ scope: 'all' }))).toEqual(['BASE']);
    expect(codes(await found({ scope: 'branch' }))).toEqual(['HN-CARD', 'Q1-CARD']);
    expect(codes(await found({ scope: 'tier', search: 'ha noi' }))).toEqual([]);
  });

  it.each([
    ['2030-12-31', null],
    ['2031-01-01', '2031-01-01'],
    ['2031-01-31', '2031-01-01'],
    ['2031-02-01', null],
    ['2031-02-09', null],
    ['2031-02-10', '2031-02-10'],
    ['2031-02-28', '2031-02-10'],
    ['2031-03-01', '2031-03-01'],
    ['2031-06-01', '2031-03-01'],
    ['9999-12-31', '2031-03-01'],
  ])('on %s shows the version from %s: [from, to), drafts never', async (on, from) => {
    const [card] = await found({ on, search: '2031-01' });
    expect(card?.version?.validFrom ?? null).toBe(from);
  });

  it('says where the version of a row stands today, and of a card without one nothing', async () => {
    const [base] = await found({ search: 'BASE' });
    expect(base).toMatchObject({ versionCount: 2, version: { state: 'in-force', validTo: null, itemCount: 6 } });
    const [coming] = await found({ search: '2031-01' });
    expect(coming).toMatchObject({ versionCount: 4, version: { state: 'upcoming', validFrom: '2031-01-01' } });
    expect((await found({ search: 'Q1-CARD' }))[0]?.version).toBeNull();
  });

  it('on the day a version ends, the next one is in force and the first is not', async () => {
    const base = await cardOf('BASE');
    expect(base.versions.map((version) => version.state)).toEqual(['in-force', 'ended']);
    const turn = base.versions[0]?.validFrom ?? '';
    expect(base.versions[1]?.validTo).toBe(turn);
    expect((await found({ on: turn, search: 'BASE' }))[0]?.version?.id).toBe(base.versions[0]?.id);
    const { eve } = await oneOf<{ eve: string }>(`SELECT ($1::date - 1)::text AS eve`, [turn]);
    const [before] = await found({ on: eve, search: 'BASE' });
    expect(before?.version).toMatchObject({ id: base.versions[1]?.id, state: 'ended' });
  });
});

describe('a card', () => {
  it('has its target, versions newest first, who published them, and what came before each', async () => {
    const card = await cardOf('2031-01');
    expect(card).toMatchObject({
      scope: 'customer',
      customerCode: 'VIPCO',
      customerName: 'Công ty An Phát',
      tier: null,
    });
    expect(card).toMatchObject({ branchCode: null, currency: 'VND' });
    expect(
      card.versions.map(({ validFrom, validTo, state, previousFrom, itemCount }) => [
        validFrom,
        validTo,
        state,
        previousFrom,
        itemCount,
      ]),
    ).toEqual([
      ['2031-06-01', null, 'draft', '2031-03-01', 0],
      ['2031-03-01', null, 'upcoming', '2031-02-10', 1],
      ['2031-02-10', '2031-03-01', 'upcoming', '2031-01-01', 4],
      ['2031-01-01', '2031-02-01', 'upcoming', null, 4],
    ]);
    expect(card.versions[0]).toMatchObject({ publishedAt: null, publishedBy: null });
    expect(card.versions[1]).toMatchObject({ publishedAt: expect.any(Date), publishedBy: 'Người dùng' });
  });

  it('of another branch is not there for who is bound to one', async () => {
    const listed = codes(await found({}, here));
    expect(listed).toContain('Q1-CARD');
    expect(listed).not.toContain('HN-CARD');
    const other = await cardOf('HN-CARD');
    const missing = { code: 'not_found' };
    await expect(rateCardDetail({ actor: here, id: other.id })).rejects.toMatchObject(missing);
    const versionId = other.versions[0]?.id ?? '';
    await expect(listRateCardItems({ actor: here, versionId, limit: 10 })).rejects.toMatchObject(missing);
    await expect(priceChanges({ actor: here, versionId })).rejects.toMatchObject(missing);
    const unknown = crypto.randomUUID();
    await expect(priceChanges({ actor: everywhere, versionId: unknown })).rejects.toMatchObject(missing);
    expect((await listRateCardItems({ actor: everywhere, versionId, limit: 10 })).rows).toHaveLength(1);
  });
});

describe('the prices of a version', () => {
  it('stand beside those of the version before, with the difference', async () => {
    const versionId = await versionFrom('2031-02-10');
    const { rows } = await listRateCardItems({ actor: everywhere, versionId, limit: 50 });
    expect(rows.map(({ code, price, before, difference }) => [code, price, before, difference])).toEqual([
      ['CBC', 110n, 100n, 10n],
      ['CXR', 900n, null, null],
      ['GLU', 150n, 200n, -50n],
      ['PAP', 300n, 300n, 0n],
    ]);
    expect(await priceChanges({ actor: everywhere, versionId })).toEqual({
      all: 4,
      raised: 1,
      lowered: 1,
      added: 1,
      dropped: 1,
    });
  });

  it.each([
    ['raised', ['CBC']],
    ['lowered', ['GLU']],
    ['added', ['CXR']],
    ['dropped', ['OLD']],
  ] as const)('narrow to what was %s', async (change, expected) => {
    const versionId = await versionFrom('2031-02-10');
    const { rows } = await listRateCardItems({ actor: everywhere, versionId, change, limit: 50 });
    expect(rows.map((row) => row.code)).toEqual(expected);
  });

  it('of a first version have nothing before them', async () => {
    const versionId = await versionFrom('2031-01-01');
    const { rows } = await listRateCardItems({ actor: everywhere, versionId, limit: 50 });
    expect(rows.map((row) => row.before)).toEqual([null, null, null, null]);
    const counts = { all: 4, raised: 0, lowered: 0, added: 0, dropped: 0 };
    expect(await priceChanges({ actor: everywhere, versionId })).toEqual(counts);
  });

  it.each([
    ['đường', ['GLU']],
    ['DUONG huyet', ['GLU']],
    ['glucose', ['GLU']],
    ['xray chest', ['CXR']],
    ['x-quang', ['CXR']],
    ['c', ['CBC', 'CXR', 'PAP']],
  ])('are found by "%s"', async (search, expected) => {
    const versionId = await versionFrom('2031-02-10');
    const { rows } = await listRateCardItems({ actor: everywhere, versionId, search, limit: 50 });
    expect(rows.map((row) => row.code)).toEqual(expected);
  });

  it('page one by one through all, once', async () => {
    const versionId = await versionFrom('2031-02-10');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listRateCardItems>> = await listRateCardItems({
        actor: everywhere,
        versionId,
        cursor,
        limit: 1,
      });
      seen.push(...page.rows.map((row) => row.code));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['CBC', 'CXR', 'GLU', 'PAP']);
  });
});
