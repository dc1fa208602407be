import pg from 'pg';
import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, emptySql, joinSql, pool, sql } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { inOrder, type Ordering } from '@/server/platform/ordering';
import type { Page, Sort } from '@/server/platform/paging';
import { everythingFitting, fits } from '@/server/platform/search';
import type { Known, KnownService } from './rules';
import { progressOf } from './rules';
import type {
  RowError,
  RowErrorCode,
  RowWarningCode,
  SheetLine,
  UPLOAD_SORTS,
  UploadDetail,
  UploadProgress,
  UploadRow,
  UploadState,
} from './schema';

/** All that rows are checked against. `zone` is the organisation's. */
export async function loadKnown(zone: string): Promise<Known> {
  type Coded = { code: string; id: string };
  const [branches, customers, doctors, services, now] = await Promise.all([
    pool().query<Coded>('SELECT code, id FROM branch WHERE active'),
    pool().query<Coded>('SELECT code, id FROM customer WHERE active'),
    pool().query<Coded>('SELECT code, id FROM doctor WHERE active'),
    pool().query<KnownService & { code: string }>(
      'SELECT code, active, sex, min_age AS "minAge", max_age AS "maxAge" FROM service',
    ),
    pool().query<{ now: string }>(`SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD HH24:MI') AS now`, [zone]),
  ]);
  const byCode = ({ rows }: { rows: Coded[] }) => new Map(rows.map(({ code, id }) => [code, id]));
  return {
    branches: byCode(branches),
    customers: byCode(customers),
    doctors: byCode(doctors),
    services: new Map(services.rows.map(({ code, ...service }) => [code, service])),
    zone,
    now: now.rows[0]?.now ?? '',
  };
}

const COLUMNS = sql`u.id, u.file_name AS "fileName", u.bytes, u.tier, u.state, u.all_or_nothing AS "allOrNothing", u.rows, u.valid, u.invalid,
  u.lines, u.net_total AS "netTotal", u.currency, u.patients_new AS "patientsNew", u.written, u.created_at AS "createdAt",
  u.checked_at AS "checkedAt", u.committed_at AS "committedAt", u.finished_at AS "finishedAt", a.name AS "createdByName"`;

// Who is bound to a branch sees the uploads, and the rows, that are of that branch.
const seenBy = (branch: string | null) =>
  branch
    ? sql`AND EXISTS (SELECT FROM upload_row r WHERE r.upload_id = u.id AND r.branch_id = ${branch}::uuid)`
    : emptySql;

type UploadSort = (typeof UPLOAD_SORTS)[number];

const ORDERINGS: Record<UploadSort, Ordering> = {
  createdAt: { by: sql`u.created_at`, kind: 'instant' },
  fileName: { by: sql`u.file_name`, kind: 'text' },
  rows: { by: sql`coalesce(u.rows, -1)`, kind: 'amount' },
  netTotal: { by: sql`coalesce(u.net_total, -1)`, kind: 'amount' },
};

/** Uploads of orders, page by page; the newest first unless sorted otherwise. */
export async function listUploads(input: {
  actor: StaffActor;
  search?: string | undefined;
  state?: UploadState | undefined;
  sort?: Sort<UploadSort> | undefined;
  cursor?: string | null | undefined;
  only?: readonly string[] | undefined;
  limit: number;
}): Promise<Page<UploadRow>> {
  const { value, after, order, toPage } = inOrder(
    ORDERINGS,
    { by: sql`u.id`, kind: 'id' },
    { sort: input.sort ?? '-createdAt', cursor: input.cursor, only: input.only },
  );
  const conditions = [sql`u.kind = 'orders'`];
  if (input.search)
    conditions.push(
      fits(await everythingFitting('upload', input.search), { id: sql`u.id`, words: sql`u.search_words` }),
    );
  if (input.state) conditions.push(sql`u.state = ${input.state}`);
  const rows = await db().$queryRaw<(UploadRow & { sortValue: string })[]>(sql`
    SELECT ${COLUMNS}, ${value} FROM upload u LEFT JOIN app_user a ON a.id = u.created_by
    WHERE ${joinSql([...conditions, ...after], ' AND ')} ${seenBy(branchScope(input.actor))}
    ORDER BY ${order} LIMIT ${input.limit + 1}`);
  return toPage(rows, input.limit, (row) => row.id);
}

/**
 * Seconds until an upload would be written: all that its lane has yet to write (a lane writes one chunk at a time, see
 * `take_upload_turn`), by the rate of the lane's latest work; of a lane that has written nothing yet, by that of the others.
 */
async function expectedSeconds(id: string): Promise<number | null> {
  const rows = await db().$queryRaw<{ seconds: number | null }[]>(sql`
    WITH mine AS (SELECT * FROM upload WHERE id = ${id}::uuid),
    done AS (
      SELECT o.written, o.finished_at, extract(epoch FROM o.finished_at - o.committed_at) AS seconds, o.tier = mine.tier AS own
      FROM upload o, mine WHERE o.state = 'committed' AND o.written > 0 AND o.finished_at > o.committed_at
    ),
    latest AS (
      SELECT * FROM done WHERE own = EXISTS (SELECT FROM done WHERE own) ORDER BY finished_at DESC LIMIT 5
    ),
    rate AS (SELECT sum(written) / nullif(sum(seconds), 0) AS rows_a_second FROM latest),
    waiting AS (
      SELECT coalesce(sum(o.valid - o.written), 0) AS rows FROM upload o, mine
      WHERE o.state = 'committing' AND o.tier = mine.tier AND o.id <> mine.id
    )
    SELECT ((waiting.rows + mine.valid - mine.written) / rate.rows_a_second)::float AS seconds FROM mine, rate, waiting`);
  return rows[0]?.seconds ?? null;
}

/** One upload with its header, its errors by kind and when it would be written. Throws `not_found`. */
export async function uploadDetail({ actor, id }: { actor: StaffActor; id: string }): Promise<UploadDetail> {
  const found = await db().$queryRaw<Omit<UploadDetail, 'errorsByCode' | 'expectedSeconds' | 'warned'>[]>(sql`
    SELECT ${COLUMNS}, u.header, u.mapping, u.failure FROM upload u LEFT JOIN app_user a ON a.id = u.created_by
    WHERE u.id = ${id}::uuid AND u.kind = 'orders' ${seenBy(branchScope(actor))}`);
  const upload = found[0];
  if (!upload) throw notFound('upload');
  const [errorsByCode, seconds, warned] = await Promise.all([
    db().$queryRaw<{ code: RowErrorCode; cells: number; rows: number }[]>(sql`
      SELECT code, count(*)::int AS cells, count(DISTINCT row)::int AS rows FROM upload_error
      WHERE upload_id = ${id}::uuid GROUP BY code ORDER BY 2 DESC, 1`),
    expectedSeconds(id),
    db().$queryRaw<{ rows: number }[]>(sql`
      SELECT count(*)::int AS rows FROM upload_row WHERE upload_id = ${id}::uuid AND warning IS NOT NULL`),
  ]);
  return { ...upload, errorsByCode, expectedSeconds: seconds, warned: warned[0]?.rows ?? 0 };
}

/** What the cells of one page come to at most, in bytes: rows of hundreds of long cells make it a short one. */
const PAGE_BYTES = 2_000_000;

/** The sheet as it was read, row by row, with what is wrong and what became of it; rows behind `after`, fewer where they are long. */
export async function listSheet(input: {
  actor: StaffActor;
  id: string;
  after?: number | null | undefined;
  code?: RowErrorCode | undefined;
  onlyWrong: boolean;
  onlyWarned?: boolean | undefined;
  limit: number;
}): Promise<{ rows: SheetLine[]; nextCursor: number | null }> {
  const branch = branchScope(input.actor);
  const found = await db().$queryRaw<(SheetLine & { found: number })[]>(sql`
    WITH page AS MATERIALIZED (
      SELECT r.row, count(*) OVER ()::int AS found, sum(r.bytes) OVER (ORDER BY r.row) - r.bytes AS before
      FROM (
        SELECT r.row, octet_length(r.cells::text) AS bytes FROM upload_row r WHERE r.upload_id = ${input.id}::uuid AND r.row > ${input.after ?? 0}
          ${branch ? sql`AND r.branch_id = ${branch}::uuid` : emptySql}
          ${input.onlyWrong ? sql`AND NOT r.valid` : emptySql}
          ${input.onlyWarned ? sql`AND r.warning IS NOT NULL` : emptySql}
          ${input.code ? sql`AND EXISTS (SELECT FROM upload_error x WHERE x.upload_id = r.upload_id AND x.row = r.row AND x.code = ${input.code})` : emptySql}
        ORDER BY r.row LIMIT ${input.limit}
      ) r
    )
    SELECT r.row, r.cells, coalesce(r.valid, false) AS valid, r.warning, page.found, w.order_id AS "orderId", o.number AS "orderNumber", coalesce(e.errors, '[]') AS errors
    FROM page JOIN upload_row r ON r.upload_id = ${input.id}::uuid AND r.row = page.row
    LEFT JOIN upload_outcome w ON w.upload_id = r.upload_id AND w.row = r.row
    LEFT JOIN orders o ON o.id = w.order_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('column', e."column", 'code', e.code, 'params', e.params)) AS errors
      FROM upload_error e WHERE e.upload_id = r.upload_id AND e.row = r.row
    ) e ON true
    WHERE page.before < ${PAGE_BYTES}
    ORDER BY r.row`);
  const goesOn = found.length === input.limit || found.length < (found[0]?.found ?? 0);
  return { rows: found.map(({ found: _, ...row }) => row), nextCursor: goesOn ? (found.at(-1)?.row ?? null) : null };
}

/** A sheet may have a million wrong cells: they are read by so many of its rows at a time. */
const ROWS_AT_ONCE = 100;

async function* inBatches<Row extends { row: number }>(text: string, given: unknown[]): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    const { rows } = await pool().query<Row>(text, [...given, after, ROWS_AT_ONCE]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.row;
  }
}

export type WrongCell = RowError & { value: string };
export type OddRow = { row: number; code: RowWarningCode };

/** Every wrong cell of an upload, by row and then as the sheet's columns stand, with the cell's text; some hundred rows at a time. */
export const wrongCells = (id: string, branch: string | null): AsyncGenerator<WrongCell[]> =>
  inBatches(
    `WITH wrong AS (
       SELECT DISTINCT e.row FROM upload_error e JOIN upload_row r ON r.upload_id = e.upload_id AND r.row = e.row
       WHERE e.upload_id = $1 AND e.row > $3 AND ($2::uuid IS NULL OR r.branch_id = $2) ORDER BY e.row LIMIT $4
     )
     SELECT e.row, e."column", e.code, e.params, coalesce(r.cells ->> (u.mapping ->> e."column")::int, '') AS value
     FROM wrong JOIN upload_error e ON e.upload_id = $1 AND e.row = wrong.row
     JOIN upload u ON u.id = $1 JOIN upload_row r ON r.upload_id = $1 AND r.row = e.row
     ORDER BY e.row, (u.mapping ->> e."column")::int NULLS LAST, e."column"`,
    [id, branch],
  );

/** Every row that is odd, right or not, with what is odd about it; some hundred at a time. */
export const oddRows = (id: string, branch: string | null): AsyncGenerator<OddRow[]> =>
  inBatches(
    `SELECT r.row, r.warning AS code FROM upload_row r
     WHERE r.upload_id = $1 AND r.warning IS NOT NULL AND ($2::uuid IS NULL OR r.branch_id = $2) AND r.row > $3
     ORDER BY r.row LIMIT $4`,
    [id, branch],
  );

/** How far an upload has come. Throws `not_found`. */
export async function uploadProgress({ actor, id }: { actor: StaffActor; id: string }): Promise<UploadProgress> {
  const rows = await db().$queryRaw<Parameters<typeof progressOf>[0][]>(sql`
    SELECT u.state, u.rows, u.valid, u.written,
      extract(epoch FROM coalesce(u.finished_at, now()) - u.committed_at)::float AS seconds
    FROM upload u WHERE u.id = ${id}::uuid AND u.kind = 'orders' ${seenBy(branchScope(actor))}`);
  if (!rows[0]) throw notFound('upload');
  return progressOf(rows[0]);
}

// One connection a process listens for all who watch; it is made when somebody does, and recreated when it breaks.
const watchers = new Map<string, Set<() => void>>();
const listener = { runs: false };

async function listen(): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: 'portal-progress' });
  const forget = () => {
    listener.runs = false;
    client.end().catch(() => {});
  };
  client.on('error', forget);
  client.on('end', forget);
  client.on('notification', ({ payload }) => {
    for (const wake of watchers.get(payload ?? '') ?? []) wake();
  });
  await client.connect();
  await client.query('LISTEN progress');
}

const POLL_MS = 2_000;

/** Resolves when an upload is reported to have changed, and anyway after two seconds. */
export async function nextChange(id: string, signal: AbortSignal): Promise<void> {
  if (!listener.runs) {
    listener.runs = true;
    listen().catch(() => {
      listener.runs = false;
    });
  }
  const mine = watchers.get(id) ?? new Set();
  watchers.set(id, mine);
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      mine.delete(done);
      if (mine.size === 0) watchers.delete(id);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, POLL_MS);
    mine.add(done);
    signal.addEventListener('abort', done);
  });
}

/** Uploads whose check is under way by their state, but whose process died: a running check holds the lock of its upload. */
export async function interruptedChecks(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    WITH quiet AS MATERIALIZED (
      SELECT id FROM upload WHERE kind = 'orders' AND state = 'checking' AND state_at < now() - interval '15 seconds'
    ) SELECT id FROM quiet WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 1000)) ORDER BY id`);
  return rows.map(({ id }) => id);
}

export async function lastRow(id: string): Promise<number> {
  const rows = await db().$queryRaw<{ last: number | null }[]>(sql`
    SELECT max(row) AS last FROM upload_row WHERE upload_id = ${id}::uuid`);
  return rows[0]?.last ?? 0;
}
