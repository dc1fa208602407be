import { STATEMENT_STATES } from '@/server/domain/states';
import { monthBounds } from '@/server/platform/clock';
import { db, joinSql, oneRow, sql, type Transaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import { organisation } from '@/server/platform/organisation';
import type { Page } from '@/server/platform/paging';
import { everythingFitting, fits } from '@/server/platform/search';
import { contentHash, contentOf } from './rules';
import {
  type Attention,
  type ListStatements,
  type MonthOverview,
  type PeriodRow,
  type PublishedStatement,
  type RunProgress,
  type ShownStatement,
  type STATEMENT_SORTS,
  type StatementContent,
  type StatementDetail,
  type StatementFacts,
  type StatementRow,
  type StatementState,
  statementContent,
  type VerifiedSeal,
} from './schema';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Everything the contents of these statements are made of; lines in the order of their positions. */
export async function statementFacts(reader: Reader, ids: string[]): Promise<StatementFacts[]> {
  const heads = await reader.$queryRaw<Omit<StatementFacts, 'statementLines' | 'adjustmentLines'>[]>(sql`
    SELECT s.id, p.month, s.version, d.code AS "doctorCode", d.name AS "doctorName", c.code AS "planCode", s.orders, s.lines, s.base,
      s.commission, s.adjustments, s.carry_forward AS "carryForward", trim_scale(s.tax_rate)::text AS "taxRate", s.tax, s.payable, s.currency
    FROM statement s JOIN statement_period p ON p.id = s.period_id JOIN doctor d ON d.id = s.doctor_id
      LEFT JOIN commission_plan c ON c.id = d.plan_id
    WHERE s.id = ANY (${ids}::uuid[]) ORDER BY s.id`);
  const lines = await reader.$queryRaw<(StatementFacts['statementLines'][number] & { statementId: string })[]>(sql`
    SELECT l.statement_id AS "statementId", l.position, l.kind, l.settled_at AS "settledAt", l.base, l.commission, l.parts, l.carried,
      o.number AS "orderNumber", o.external_ref AS "externalRef", t.full_name AS "patientName",
      v.code AS "serviceCode", v.name_vi AS "serviceVi", v.name_en AS "serviceEn", v.category
    FROM statement_line l JOIN order_line i ON i.id = l.order_line_id JOIN orders o ON o.id = l.order_id
      JOIN patient t ON t.id = o.patient_id JOIN service v ON v.id = i.service_id
    WHERE l.statement_id = ANY (${ids}::uuid[]) ORDER BY l.position`);
  const adjustments = await reader.$queryRaw<
    (StatementFacts['adjustmentLines'][number] & { statementId: string })[]
  >(sql`
    SELECT statement_id AS "statementId", coalesce(approved_at, requested_at) AS at, reason, amount FROM adjustment
    WHERE statement_id = ANY (${ids}::uuid[]) ORDER BY at, id`);
  const linesOf = Map.groupBy(lines, (line) => line.statementId);
  const adjustmentsOf = Map.groupBy(adjustments, (one) => one.statementId);
  return heads.map((head) => ({
    ...head,
    statementLines: linesOf.get(head.id) ?? [],
    adjustmentLines: adjustmentsOf.get(head.id) ?? [],
  }));
}

export type SealedStatement = { id: string; hash: string; content: StatementContent };

/** The frozen content of a sealed statement, or null. */
export async function sealedStatement(id: string): Promise<SealedStatement | null> {
  const rows = await db().$queryRaw<{ hash: string; content: unknown }[]>(
    sql`SELECT content_hash AS hash, content FROM statement_snapshot WHERE statement_id = ${id}::uuid`,
  );
  const row = rows[0];
  return row ? { id, hash: row.hash, content: statementContent.parse(row.content) } : null;
}

/** Vietnamese first: the letters happen to have that order the other way round. */
const documentsOf = sql`ARRAY(
  SELECT DISTINCT f.language FROM document f WHERE f.kind = 'statement' AND f.owner_id = s.id ORDER BY f.language DESC)`;

/** The statement of a link that is in force, as its doctor sees it: from the frozen content alone. Throws `not_found`. */
export async function statementOfLink(
  linkId: string,
  verifyAddress: (hash: string) => string,
): Promise<PublishedStatement> {
  const rows = await db().$queryRaw<
    (Pick<PublishedStatement, 'id' | 'state' | 'documents'> & {
      publishedAt: Date | null;
      paidAt: Date | null;
      hash: string;
      content: unknown;
    })[]
  >(sql`
    SELECT s.id, s.state, s.published_at AS "publishedAt", s.paid_at AS "paidAt", n.content_hash AS hash, n.content,
      ${documentsOf} AS documents
    FROM statement_link k JOIN statement s ON s.id = k.statement_id JOIN statement_snapshot n ON n.statement_id = s.id
    WHERE k.id = ${linkId}::uuid AND k.revoked_at IS NULL AND k.expires_at > now() AND s.state IN ('published', 'paid')`);
  const row = rows[0];
  if (!row) throw notFound('statement');
  const content = statementContent.parse(row.content);
  return {
    ...content,
    id: row.id,
    state: row.state,
    documents: row.documents,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    paidAt: row.paidAt?.toISOString() ?? null,
    seal: { hash: row.hash, verifyUrl: verifyAddress(row.hash), sealedAt: content.issuedAt },
  };
}

/** One statement for the people who work on it. Throws `not_found`. */
export async function statementDetail(id: string): Promise<StatementDetail> {
  const rows = await db().$queryRaw<Omit<StatementDetail, 'content'>[]>(sql`
    SELECT s.id, p.month, s.state, s.content_hash AS hash, s.doctor_id AS "doctorId", s.reviewed_at AS "reviewedAt",
      s.approved_at AS "approvedAt", s.published_at AS "publishedAt", (d.phone IS NOT NULL OR d.email IS NOT NULL) AS "hasChannel",
      ${documentsOf} AS documents
    FROM statement s JOIN statement_period p ON p.id = s.period_id JOIN doctor d ON d.id = s.doctor_id WHERE s.id = ${id}::uuid`);
  const head = rows[0];
  if (!head) throw notFound('statement');
  const sealed = head.hash === null ? null : await sealedStatement(id);
  if (sealed) return { ...head, content: sealed.content };
  const [facts] = await statementFacts(db(), [id]);
  if (!facts) throw notFound('statement');
  return { ...head, content: contentOf(facts, await organisation(), new Date()) };
}

const figures = sql`s.orders, s.lines, s.base, s.commission, s.adjustments, s.carry_forward AS "carryForward", s.tax, s.payable`;

const ORDERINGS: Record<(typeof STATEMENT_SORTS)[number], Ordering> = {
  code: { by: sql`d.code`, kind: 'code' },
  doctor: { by: sql`search_key(d.name)`, kind: 'text' },
  orders: { by: sql`s.orders`, kind: 'amount' },
  base: { by: sql`s.base`, kind: 'amount' },
  payable: { by: sql`s.payable`, kind: 'amount' },
};

/** A month's statements, page by page, by doctor code unless sorted otherwise; `search` ignores accents. */
export async function listStatements(
  input: Partial<ListStatements> & Pick<ListStatements, 'month' | 'limit'>,
): Promise<Page<StatementRow>> {
  const asked = { ...input, sort: input.sort ?? 'code' };
  const { value, after, order, toPage } = inOrder(ORDERINGS, { by: sql`s.id`, kind: 'id' }, asked);
  const columns = { id: sql`s.doctor_id`, words: sql`d.search_words` };
  const found = input.search ? [fits(await everythingFitting('doctor', input.search), columns)] : [];
  const rows = await db().$queryRaw<(StatementRow & { sortValue: string })[]>(sql`
    SELECT s.id, d.code AS "doctorCode", d.name AS "doctorName", s.state, ${figures}, ${value},
      (d.phone IS NOT NULL OR d.email IS NOT NULL) AS "hasChannel",
      EXISTS (SELECT FROM statement_link k WHERE k.statement_id = s.id AND k.revoked_at IS NULL AND k.expires_at > now()) AS "hasLink"
    FROM statement s JOIN doctor d ON d.id = s.doctor_id
    WHERE s.period_id = (SELECT id FROM statement_period WHERE month = ${input.month}) AND s.state <> 'superseded'
      AND (${input.state ?? null}::text IS NULL OR s.state = ${input.state ?? null}) AND ${joinSql([sql`true`, ...found, ...after], ' AND ')}
    ORDER BY ${order} LIMIT ${input.limit + 1}`);
  return toPage(rows, input.limit, (row) => row.id);
}

/** What `/verify` shows of a hash: found among the seals or null; checked against the content and the ledger as they are. */
export async function verifiedSeal(hash: string): Promise<VerifiedSeal | null> {
  const rows = await db().$queryRaw<{ content: unknown; state: StatementState; ledgerAgrees: boolean }[]>(sql`
    SELECT n.content, s.state, s.content_hash = n.content_hash AND s.payable::text = n.content -> 'sums' ->> 'payable'
      AND s.commission::text = n.content -> 'sums' ->> 'commission' AND s.tax::text = n.content -> 'sums' ->> 'tax' AS "ledgerAgrees"
    FROM statement_snapshot n JOIN statement s ON s.id = n.statement_id WHERE n.content_hash = ${hash}`);
  const row = rows[0];
  if (!row) return null;
  const content = statementContent.parse(row.content);
  return {
    number: content.statement.number,
    month: content.statement.period,
    issuer: content.organisation.name,
    sealedAt: content.issuedAt,
    payable: content.sums.payable,
    currency: content.currency,
    state: row.state === 'superseded' ? 'superseded' : 'in-force',
    intact: row.ledgerAgrees && contentHash(content) === hash,
  };
}

/** The months that have a period, newest first, at most thirty-six. */
export async function listPeriods(): Promise<PeriodRow[]> {
  return db().$queryRaw<PeriodRow[]>(sql`
    SELECT p.month, p.state, count(s.id)::int AS statements, coalesce(sum(s.base), 0)::bigint AS base,
      coalesce(sum(s.commission + s.adjustments + s.carry_forward), 0)::bigint AS commission,
      coalesce(sum(s.tax), 0)::bigint AS tax, coalesce(sum(s.payable), 0)::bigint AS payable,
      count(*) FILTER (WHERE s.state IN ('published', 'paid'))::int AS published,
      EXISTS (SELECT FROM statement_run r WHERE r.period_id = p.id AND r.state IN ('requested', 'running')) AS running
    FROM (SELECT * FROM statement_period ORDER BY month DESC LIMIT 36) p
    LEFT JOIN statement s ON s.period_id = p.id AND s.state <> 'superseded'
    GROUP BY p.id, p.month, p.state ORDER BY p.month DESC`);
}

/** How the latest run of a month goes, or null where there was none. */
export async function latestRun(month: string): Promise<RunProgress | null> {
  const rows = await db().$queryRaw<RunProgress[]>(sql`
    SELECT r.id, r.state, r.doctors_total AS "doctorsTotal", r.doctors_done AS "doctorsDone", r.failure ->> 'code' AS failure,
      r.requested_at AS "requestedAt", r.finished_at AS "finishedAt"
    FROM statement_run r JOIN statement_period p ON p.id = r.period_id
    WHERE p.month = ${month} ORDER BY r.requested_at DESC, r.id DESC LIMIT 1`);
  return rows[0] ?? null;
}

type Sums = MonthOverview['totals'] & { states: Partial<Record<StatementState, number>>; withoutChannel: number };

async function monthSums(periodId: string): Promise<Sums> {
  const rows = await db().$queryRaw<Sums[]>(sql`
    SELECT count(*)::int AS statements, coalesce(sum(s.orders), 0)::int AS orders, coalesce(sum(s.lines), 0)::int AS lines,
      coalesce(sum(s.base), 0)::bigint AS base, coalesce(sum(s.commission), 0)::bigint AS commission,
      coalesce(sum(s.adjustments), 0)::bigint AS adjustments, coalesce(sum(s.carry_forward), 0)::bigint AS "carryForward",
      coalesce(sum(s.tax), 0)::bigint AS tax, coalesce(sum(s.payable), 0)::bigint AS payable,
      count(*) FILTER (WHERE d.phone IS NULL AND d.email IS NULL)::int AS "withoutChannel",
      coalesce((SELECT jsonb_object_agg(g.state, g.many) FROM (
        SELECT state, count(*) AS many FROM statement WHERE period_id = ${periodId}::uuid GROUP BY state) g), '{}') AS states
    FROM statement s JOIN doctor d ON d.id = s.doctor_id
    WHERE s.period_id = ${periodId}::uuid AND s.state <> 'superseded'`);
  return oneRow(rows);
}

/** The twenty statements that most deserve a look: no way to send it, no plan, below zero, or far from the usual. */
async function attention(periodId: string, startsAt: Date): Promise<Attention[]> {
  return db().$queryRaw<Attention[]>(sql`
    WITH usual AS (
      SELECT s.doctor_id, avg(s.payable)::bigint AS payable FROM statement s JOIN statement_period p ON p.id = s.period_id
      WHERE p.starts_at < ${startsAt} AND p.starts_at >= ${startsAt}::timestamptz - interval '95 days' AND s.state <> 'superseded'
      GROUP BY s.doctor_id HAVING count(*) >= 2
    ), looked AS (
      SELECT s.id AS "statementId", d.code AS "doctorCode", d.name AS "doctorName", s.payable, u.payable AS usual,
        CASE
          WHEN s.payable < 0 THEN 'negative'
          WHEN d.plan_id IS NULL THEN 'no-plan'
          WHEN d.phone IS NULL AND d.email IS NULL THEN 'no-channel'
          WHEN u.payable > 0 AND s.payable > 1000000 AND s.payable > 3 * u.payable THEN 'outlier'
        END AS kind
      FROM statement s JOIN doctor d ON d.id = s.doctor_id LEFT JOIN usual u ON u.doctor_id = s.doctor_id
      WHERE s.period_id = ${periodId}::uuid AND s.state <> 'superseded'
    )
    SELECT * FROM looked WHERE kind IS NOT NULL
    ORDER BY array_position(ARRAY['negative', 'no-plan', 'no-channel', 'outlier'], kind), abs(payable) DESC LIMIT 20`);
}

async function lateOrders(periodId: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>(sql`
    SELECT count(*)::int AS count FROM statement_period p
    JOIN orders o ON o.settled_at >= p.starts_at AND o.settled_at < p.ends_at AND o.state = 'open' AND o.doctor_id IS NOT NULL
    WHERE p.id = ${periodId}::uuid AND greatest(o.created_at, o.settled_at) > (
      SELECT max(r.requested_at) FROM statement_run r WHERE r.period_id = p.id AND r.state = 'done')`);
  return oneRow(rows).count;
}

/** A month as a page: how it stands, its sums, and what needs a look first. A month without a period has no sums yet. */
export async function monthOverview(month: string): Promise<MonthOverview> {
  const { currency, timeZone } = await organisation();
  const bounds = monthBounds(month, timeZone);
  const none = {
    statements: 0,
    orders: 0,
    lines: 0,
    base: 0n,
    commission: 0n,
    adjustments: 0n,
    carryForward: 0n,
    tax: 0n,
    payable: 0n,
  };
  const empty = { run: null, attention: [], withoutChannel: 0, lateOrders: 0, totals: none, sealedAt: null };
  const over = bounds.to <= new Date();
  const states = Object.fromEntries(STATEMENT_STATES.map((state) => [state, 0])) as Record<StatementState, number>;
  const period = await db().statementPeriod.findUnique({ where: { month } });
  if (!period) return { month, over, currency, state: 'none', states, ...empty };
  const [sums, run, first, late] = await Promise.all([
    monthSums(period.id),
    latestRun(month),
    attention(period.id, period.startsAt),
    lateOrders(period.id),
  ]);
  const { states: counted, withoutChannel, ...totals } = sums;
  return {
    month,
    over,
    currency,
    state: period.state === 'sealed' ? 'sealed' : 'open',
    sealedAt: period.sealedAt,
    run,
    totals,
    states: { ...states, ...counted },
    withoutChannel,
    lateOrders: late,
    attention: first,
  };
}

/** A month's statements in force by doctor code, in the order of code units. */
export async function shownStatements(month: string, doctor: string | null): Promise<ShownStatement[]> {
  return db().$queryRaw<ShownStatement[]>(sql`
    SELECT d.code AS doctor, ${figures}, s.state FROM statement s JOIN doctor d ON d.id = s.doctor_id
      JOIN statement_period p ON p.id = s.period_id
    WHERE p.month = ${month} AND s.state <> 'superseded' AND (${doctor}::text IS NULL OR d.code = ${doctor})
    ORDER BY d.code COLLATE "C"`);
}

/** The published statements of a month with their link in force, by doctor code; `rendered` once both PDFs are there. */
export async function publishedLinks(month: string) {
  return db().$queryRaw<{ doctor: string; statementId: string; linkId: string; rendered: boolean }[]>(sql`
    SELECT d.code AS doctor, s.id AS "statementId", k.id AS "linkId", cardinality(${documentsOf}) = 2 AS rendered
    FROM statement s JOIN doctor d ON d.id = s.doctor_id JOIN statement_period p ON p.id = s.period_id
    JOIN statement_link k ON k.statement_id = s.id AND k.revoked_at IS NULL AND k.expires_at > now()
    WHERE p.month = ${month} AND s.state IN ('published', 'paid') ORDER BY d.code COLLATE "C"`);
}
