import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import { decodeCursor, type Page, type Sort, toPage } from '@/server/platform/paging';
import { everythingFitting, fits, fittingWords } from '@/server/platform/search';
import type {
  PriceChange,
  PriceChangeCounts,
  RATE_CARD_SORTS,
  RateCardDetail,
  RateCardFilter,
  RateCardItem,
  RateCardListRow,
  RateCardVersion,
} from './schema';

type Paging = { cursor?: string | null | undefined; limit: number };

// A role that is bound to a branch sees what may price its sales: every card but those of other branches.
function visibleTo(actor: StaffActor): Sql {
  const branch = branchScope(actor);
  return branch ? sql`(c.scope <> 'branch' OR c.branch_id = ${branch}::uuid)` : sql`true`;
}

const targets = sql`c.scope, c.tier, b.code AS "branchCode", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn",
  k.code AS "customerCode", k.name AS "customerName",
  CASE WHEN c.scope = 'tier' THEN (SELECT count(*)::int FROM customer u WHERE u.tier = c.tier AND u.active) END AS customers`;
const withTargets = sql`LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN customer k ON k.id = c.customer_id`;

const today = sql`(SELECT business_day(now()))`;
const stateToday = sql`CASE WHEN v.state = 'draft' THEN 'draft' WHEN v.valid_from > ${today} THEN 'upcoming'
  WHEN v.valid_to <= ${today} THEN 'ended' ELSE 'in-force' END`;
const validity = sql`v.valid_from::text AS "validFrom", v.valid_to::text AS "validTo"`;
const itemCount = sql`(SELECT count(*)::int FROM rate_card_item i WHERE i.version_id = v.id) AS "itemCount"`;

// What a card is found by: its code, and the customer, the branch or the tier that it is of.
const cardWords = sql`search_words(c.code || ' ' || coalesce(k.code || ' ' || k.name, b.code || ' ' || b.name_vi || ' ' || b.name_en, c.tier, ''))`;

async function hasCard(condition: Sql): Promise<boolean> {
  const [any] = await db().$queryRaw<{ found: boolean }[]>(
    sql`SELECT EXISTS (SELECT FROM rate_card c ${withTargets} WHERE ${condition}) AS found`,
  );
  return any?.found ?? false;
}

async function conditionsOf(actor: StaffActor, filter: RateCardFilter): Promise<Sql[]> {
  const seen = visibleTo(actor);
  return [
    seen,
    ...(filter.search
      ? [await fittingWords(filter.search, cardWords, (fitting) => hasCard(sql`${seen} AND ${fitting}`))]
      : []),
    ...(filter.scope ? [sql`c.scope = ${filter.scope}`] : []),
    ...(filter.on
      ? [
          sql`EXISTS (SELECT FROM rate_card_version v WHERE v.rate_card_id = c.id AND v.state = 'published'
            AND daterange(v.valid_from, v.valid_to) @> ${filter.on}::date)`,
        ]
      : []),
  ];
}

// The one version of a card that a list shows: see RateCardListRow.
const shownVersion = (day: Sql) => sql`
  SELECT v.id, ${validity}, ${stateToday} AS state, ${itemCount}
  FROM (
    SELECT *, CASE WHEN state = 'draft' THEN 3 WHEN valid_from > ${day} THEN 1 WHEN valid_to <= ${day} THEN 2 ELSE 0 END AS rank
    FROM rate_card_version WHERE rate_card_id = c.id
  ) v
  ORDER BY v.rank, CASE WHEN v.rank = 1 THEN v.valid_from END, v.valid_from DESC, v.id DESC LIMIT 1`;

const ORDERINGS: Record<(typeof RATE_CARD_SORTS)[number], Ordering> = { code: { by: sql`c.code`, kind: 'code' } };

/** Cards that the actor may see by code, page by page; the search takes code, customer, branch or tier, and ignores accents. */
export async function listRateCards({
  actor,
  sort = 'code',
  cursor,
  only,
  limit,
  ...filter
}: RateCardFilter &
  Paging & { actor: StaffActor; sort?: Sort<'code'> | undefined; only?: readonly string[] | undefined }): Promise<
  Page<RateCardListRow>
> {
  const { value, after, order, toPage } = inOrder(ORDERINGS, { by: sql`c.id`, kind: 'id' }, { sort, cursor, only });
  const conditions = [...(await conditionsOf(actor, filter)), ...after];
  const day = filter.on ? sql`${filter.on}::date` : today;
  const rows = await db().$queryRaw<(RateCardListRow & { sortValue: string })[]>(sql`
    SELECT c.*, ${value}, (SELECT count(*)::int FROM rate_card_version v WHERE v.rate_card_id = c.id) AS "versionCount", to_jsonb(shown) AS version
    FROM (
      SELECT c.id, c.code, c.currency::text AS currency, ${targets} FROM rate_card c ${withTargets}
      WHERE ${joinSql(conditions, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}
    ) c LEFT JOIN LATERAL (${shownVersion(day)}) shown ON true
    ORDER BY ${order}`);
  return toPage(rows, limit, (row) => row.id);
}

// The version before: the published one of the same card that began last before this one.
const previous = sql`(SELECT p.id, p.valid_from FROM rate_card_version p
  WHERE p.rate_card_id = v.rate_card_id AND p.state = 'published' AND p.valid_from < v.valid_from
  ORDER BY p.valid_from DESC LIMIT 1)`;

/** One card with all its versions, newest first. Throws `not_found`, also for the card of a branch that the actor does not see. */
export async function rateCardDetail({ actor, id }: { actor: StaffActor; id: string }): Promise<RateCardDetail> {
  const cards = await db().$queryRaw<Omit<RateCardDetail, 'versions'>[]>(sql`
    SELECT c.id, c.code, c.currency::text AS currency, ${targets} FROM rate_card c ${withTargets}
    WHERE c.id = ${id}::uuid AND ${visibleTo(actor)}`);
  const card = cards[0];
  if (!card) throw notFound('rate card');
  const versions = await db().$queryRaw<RateCardVersion[]>(sql`
    SELECT v.id, ${validity}, ${stateToday} AS state, ${itemCount}, v.published_at AS "publishedAt", u.name AS "publishedBy",
      p.valid_from::text AS "previousFrom"
    FROM rate_card_version v LEFT JOIN app_user u ON u.id = v.published_by LEFT JOIN LATERAL ${previous} p ON true
    WHERE v.rate_card_id = ${id}::uuid ORDER BY v.valid_from DESC, v.id DESC`);
  return { ...card, versions };
}

const CHANGES: Record<PriceChange | 'all', Sql> = {
  all: sql`x.price IS NOT NULL`,
  raised: sql`x.price > x.before`,
  lowered: sql`x.price < x.before`,
  added: sql`x.price IS NOT NULL AND x.before IS NULL AND x.compared`,
  dropped: sql`x.price IS NULL`,
};

type OfVersion = { actor: StaffActor; versionId: string };

// Each service of a version and of the one before, once. A first version has nothing to compare with: it adds nothing.
async function comparison({ actor, versionId }: OfVersion): Promise<Sql> {
  const found = await db().$queryRaw<{ before: string | null }[]>(sql`
    SELECT p.id AS before FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id LEFT JOIN LATERAL ${previous} p ON true
    WHERE v.id = ${versionId}::uuid AND ${visibleTo(actor)}`);
  const version = found[0];
  if (!version) throw notFound('rate card version');
  return sql`(
    SELECT service_id, h.price, b.price AS before, ${version.before !== null}::boolean AS compared
    FROM (SELECT service_id, price FROM rate_card_item WHERE version_id = ${versionId}::uuid) h
    FULL JOIN (SELECT service_id, price FROM rate_card_item WHERE version_id = ${version.before}::uuid) b USING (service_id)
  ) x`;
}

/**
 * Prices of a version by service code, page by page, each with its price in the version before; the search takes code and
 * either name, and ignores accents. `change` narrows to one kind, and alone brings what was dropped. Throws `not_found`.
 */
export async function listRateCardItems({
  search,
  change,
  cursor,
  limit,
  ...of
}: OfVersion & Paging & { search?: string | undefined; change?: PriceChange | undefined }): Promise<
  Page<RateCardItem>
> {
  const compared = await comparison(of);
  const after = decodeCursor(cursor, ['code'])?.[0];
  const found = search
    ? fits(await everythingFitting('service', search), { id: sql`s.id`, words: sql`s.search_words` })
    : sql`true`;
  const rows = await db().$queryRaw<RateCardItem[]>(sql`
    SELECT s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", x.price, x.before, x.price - x.before AS difference
    FROM ${compared} JOIN service s ON s.id = x.service_id
    WHERE ${CHANGES[change ?? 'all']} AND ${found}
      ${after === undefined ? emptySql : sql`AND s.code > ${after}`}
    ORDER BY s.code LIMIT ${limit + 1}`);
  return toPage(rows, limit, (row) => [row.code]);
}

/** How many services a version prices, and how many changed against the version before. Throws `not_found`. */
export async function priceChanges(of: OfVersion): Promise<PriceChangeCounts> {
  const rows = await db().$queryRaw<PriceChangeCounts[]>(sql`
    SELECT count(*) FILTER (WHERE ${CHANGES.all})::int AS "all", count(*) FILTER (WHERE ${CHANGES.raised})::int AS raised,
      count(*) FILTER (WHERE ${CHANGES.lowered})::int AS lowered, count(*) FILTER (WHERE ${CHANGES.added})::int AS added,
      count(*) FILTER (WHERE ${CHANGES.dropped})::int AS dropped
    FROM ${await comparison(of)}`);
  return rows[0] ?? { all: 0, raised: 0, lowered: 0, added: 0, dropped: 0 };
}
