import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { decodeCursor, toPage } from '@/server/platform/paging';
import { drainSeconds } from './rules';
import type { Cause, FailureGroup, Lane, ListRuns, RunPage, RunRow, RunStep, Subject, SubjectKind } from './schema';

/** What is stuck now, grouped by cause; an empty list is a quiet day. An event counts as waiting after ten seconds. */
export async function findCauses(): Promise<Cause[]> {
  return db().$queryRaw<Cause[]>(sql`
    SELECT 'events-waiting' AS kind, count(*)::int AS count, min(created_at) AS since, NULL::bigint AS money
    FROM outbox_event WHERE published_at IS NULL AND not_before <= now() + interval '1 hour' AND created_at < now() - interval '10 seconds'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'events-set-aside', count(*)::int, min(created_at), NULL
    FROM outbox_event WHERE published_at IS NULL AND not_before > now() + interval '1 hour' HAVING count(*) > 0
    UNION ALL
    SELECT 'uploads-failed', count(*)::int, min(created_at), sum(net_total)::bigint
    FROM upload WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0
    UNION ALL
    SELECT 'statement-runs-failed', count(*)::int, min(requested_at), NULL
    FROM statement_run r WHERE state = 'failed'
      AND NOT EXISTS (SELECT FROM statement_run later WHERE later.period_id = r.period_id AND later.requested_at > r.requested_at)
    HAVING count(*) > 0
    UNION ALL
    SELECT 'messages-failed', count(*)::int, min(created_at), NULL
    FROM message WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0`);
}

/** Long enough to even out a chunk of rows, short enough to be about now. */
const PACE_MINUTES = 5;

export async function readLanes(): Promise<Lane[]> {
  const lanes = await db().$queryRaw<(Omit<Lane, 'drainSeconds'> & { rowsLately: number })[]>(sql`
    SELECT tier,
      (count(u.id) FILTER (WHERE u.state = 'committing'))::int AS waiting,
      coalesce(sum(u.valid - u.written) FILTER (WHERE u.state = 'committing'), 0)::int AS "rowsLeft",
      coalesce(sum(u.written) FILTER (WHERE u.finished_at > now() - interval '1 hour'), 0)::int AS "rowsLastHour",
      coalesce(max(l.rows), 0)::int AS "rowsLately"
    FROM (VALUES ('standard', 1), ('vip1', 2), ('svip1', 3), ('svip2', 4)) AS lane (tier, place)
    LEFT JOIN upload u USING (tier)
    LEFT JOIN (
      SELECT u.tier, count(*) AS rows FROM upload_outcome o JOIN upload u ON u.id = o.upload_id
      WHERE o.at > now() - make_interval(mins => ${PACE_MINUTES}::int) GROUP BY u.tier
    ) l USING (tier)
    GROUP BY tier, place ORDER BY place`);
  return lanes.map(({ rowsLately, ...lane }) => ({
    ...lane,
    drainSeconds: drainSeconds(lane.rowsLeft, rowsLately, PACE_MINUTES * 60),
  }));
}

/**
 * What recorded runs reach, a group a row: the people whose orders they are about, the money of orders, uploads and statements,
 * and the tiers. `runs` selects `grp`, `subject_kind`, `subject_ids` and `tier`; what two runs of a group are both about counts once.
 */
const reachOf = (runs: Sql): Sql => sql`
  subject AS (
    SELECT DISTINCT r.grp, r.subject_kind AS kind, s.id::uuid AS id FROM (${runs}) r CROSS JOIN LATERAL unnest(r.subject_ids) AS s (id)
  ), statement_of AS (
    SELECT s.grp, s.id FROM subject s WHERE s.kind = 'statement'
    UNION SELECT s.grp, t.id FROM subject s JOIN statement_run r ON r.id = s.id
      JOIN statement t ON t.period_id = r.period_id AND t.run_id = r.id AND t.state <> 'superseded' WHERE s.kind = 'statement-run'
    UNION SELECT s.grp, l.statement_id FROM subject s JOIN statement_link l ON l.id = s.id WHERE s.kind = 'statement-link'
    UNION SELECT s.grp, l.statement_id FROM subject s JOIN otp_challenge c ON c.id = s.id JOIN statement_link l ON l.id = c.link_id
      WHERE s.kind = 'otp-challenge'
  ), reached AS (
    SELECT s.grp, o.patient_id::text AS person, o.net_total AS money, o.tier FROM subject s JOIN orders o ON o.id = s.id WHERE s.kind = 'order'
    UNION ALL SELECT s.grp, NULL, u.net_total, u.tier FROM subject s JOIN upload u ON u.id = s.id WHERE s.kind = 'upload'
    UNION ALL SELECT DISTINCT s.grp, concat_ws('|', w.name_key, w.dob, w.sex, w.phone), NULL::bigint, NULL FROM subject s
      JOIN upload_row w ON w.upload_id = s.id AND w.valid WHERE s.kind = 'upload'
    UNION ALL SELECT s.grp, NULL, t.payable, NULL FROM statement_of s JOIN statement t ON t.id = s.id
  ), reach AS (
    SELECT grp, count(DISTINCT person)::int AS patients, sum(money)::bigint AS money,
      coalesce(array_agg(DISTINCT tier) FILTER (WHERE tier IS NOT NULL), '{}') AS tiers
    FROM reached GROUP BY grp
  )`;

/** The failed runs whose work is still undone, by function and cause, the newest trouble first. */
export async function findFailures(): Promise<FailureGroup[]> {
  return db().$queryRaw<FailureGroup[]>(sql`
    WITH failed AS (
      SELECT ARRAY[function_id, coalesce(error_code, 'unknown')] AS grp, run_id, subject_kind, subject_ids, started_at, ended_at
      FROM background_run WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL
    ), ${reachOf(sql`SELECT grp, subject_kind, subject_ids FROM failed`)}
    SELECT g.grp[1] AS "functionId", g.grp[2] AS "errorCode", g.runs, g.since, g.latest, coalesce(reach.patients, 0) AS patients,
      reach.money, coalesce(reach.tiers, '{}') AS tiers
    FROM (SELECT grp, count(*)::int AS runs, min(ended_at) AS since, max(ended_at) AS latest FROM failed GROUP BY grp) g
    LEFT JOIN reach USING (grp) ORDER BY g.latest DESC, g.grp`);
}

export type Reach = { patients: number; money: bigint | null };

/** What some runs reach together. */
export async function reachOfRuns(runIds: readonly string[]): Promise<Reach> {
  const rows = await db().$queryRaw<Reach[]>(sql`
    WITH ${reachOf(sql`SELECT 1 AS grp, subject_kind, subject_ids FROM background_run WHERE run_id = ANY (${runIds as string[]})`)}
    SELECT patients, money FROM reach`);
  return rows[0] ?? { patients: 0, money: null };
}

/** How many runs of a function are in which state, how many completed lately, and whether it is paused. */
export type FunctionCount = {
  functionId: string;
  running: number;
  retrying: number;
  parked: number;
  failed: number;
  completedLastHour: number;
  completedLately: number;
  pausedAt: Date | null;
  pausedBy: string | null;
  pauseReason: string | null;
};

export async function countFunctions(): Promise<(FunctionCount & { paceSeconds: number })[]> {
  const rows = await db().$queryRaw<FunctionCount[]>(sql`
    WITH open AS (
      SELECT function_id, count(*) FILTER (WHERE state = 'running') AS running, count(*) FILTER (WHERE state = 'retrying') AS retrying,
        count(*) FILTER (WHERE state = 'paused') AS parked
      FROM background_run WHERE state IN ('running', 'retrying', 'paused') GROUP BY function_id
    ), failed AS (
      SELECT function_id, count(*) AS failed FROM background_run WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL GROUP BY function_id
    ), pace AS (
      SELECT function_id, sum(completed) AS hour,
        sum(completed) FILTER (WHERE minute > now() - make_interval(mins => ${PACE_MINUTES}::int)) AS lately
      FROM function_pace WHERE minute > now() - interval '1 hour' GROUP BY function_id
    ), pause AS (
      SELECT p.function_id, p.paused_at, p.reason, coalesce(u.name, '') AS by FROM function_pause p LEFT JOIN app_user u ON u.id = p.paused_by
    )
    SELECT function_id AS "functionId", coalesce(running, 0)::int AS running, coalesce(retrying, 0)::int AS retrying,
      coalesce(parked, 0)::int AS parked, coalesce(failed, 0)::int AS failed, coalesce(hour, 0)::int AS "completedLastHour",
      coalesce(lately, 0)::int AS "completedLately", paused_at AS "pausedAt", by AS "pausedBy", reason AS "pauseReason"
    FROM open FULL JOIN failed USING (function_id) FULL JOIN pace USING (function_id) FULL JOIN pause USING (function_id)`);
  return rows.map((row) => ({ ...row, paceSeconds: PACE_MINUTES * 60 }));
}

export async function relaySeenAt(): Promise<Date | null> {
  const relay = await db().instanceFact.findUnique({ where: { key: 'relay' }, select: { at: true } });
  return relay?.at ?? null;
}

type FoundRun = Omit<RunRow, 'subject'> & { subjectKind: SubjectKind | null; subjectId: string | null } & {
  label: string | null;
  month: string | null;
  statementId: string | null;
};

// The first of what a run is about, by the name that people know.
const runColumns = sql`
  r.run_id AS "runId", r.function_id AS "functionId", r.event_name AS "eventName", r.subject_kind AS "subjectKind",
  r.subject_ids[1] AS "subjectId", cardinality(r.subject_ids) AS subjects, r.tier, r.state, r.error_code AS "errorCode",
  greatest(r.attempts, 1) AS attempts, r.started_at AS "startedAt", r.last_seen_at AS "lastSeenAt", r.ended_at AS "endedAt",
  r.replay_of[1] AS "replayOf",
  (SELECT n.run_id FROM background_run n WHERE n.replay_of <> '{}' AND n.replay_of @> ARRAY[r.run_id] ORDER BY n.started_at DESC LIMIT 1) AS "replayedBy",
  coalesce(o.number, u.file_name, p.month) AS label, p.month, t.id AS "statementId"
  FROM`;
const subjectJoins = sql`
  LEFT JOIN LATERAL (SELECT r.subject_ids[1]::uuid AS id) s ON true
  LEFT JOIN orders o ON r.subject_kind = 'order' AND o.id = s.id
  LEFT JOIN upload u ON r.subject_kind = 'upload' AND u.id = s.id
  LEFT JOIN statement_run m ON r.subject_kind = 'statement-run' AND m.id = s.id
  LEFT JOIN otp_challenge c ON r.subject_kind = 'otp-challenge' AND c.id = s.id
  LEFT JOIN statement_link k ON k.id = CASE r.subject_kind WHEN 'statement-link' THEN s.id ELSE c.link_id END
  LEFT JOIN statement t ON t.id = CASE r.subject_kind WHEN 'statement' THEN s.id ELSE k.statement_id END
  LEFT JOIN statement_period p ON p.id = coalesce(m.period_id, t.period_id)`;

function hrefOf({ subjectKind, subjectId, month, statementId }: FoundRun): string | null {
  if (subjectKind === 'order') return `/orders/${subjectId}`;
  if (subjectKind === 'upload') return `/uploads/${subjectId}`;
  if (!month) return null;
  return statementId ? `/statements/${month}/${statementId}` : `/statements/${month}`;
}

function asRow(found: FoundRun): RunRow {
  const { subjectKind, subjectId, label, month: _month, statementId: _statementId, ...run } = found;
  const subject: Subject | null =
    subjectKind && subjectId ? { kind: subjectKind, id: subjectId, label, href: hrefOf(found) } : null;
  return { ...run, subject };
}

/** A run by its id, or null. */
export async function findRun(runId: string): Promise<RunRow | null> {
  const rows = await db().$queryRaw<FoundRun[]>(
    sql`SELECT ${runColumns} background_run r ${subjectJoins} WHERE r.run_id = ${runId}`,
  );
  return rows[0] ? asRow(rows[0]) : null;
}

export async function stepsOf(runId: string): Promise<RunStep[]> {
  return db().$queryRaw<RunStep[]>(sql`
    SELECT step_id AS "stepId", name, state, attempts, started_at AS "startedAt", ended_at AS "endedAt", error_code AS "errorCode"
    FROM background_step WHERE run_id = ${runId} ORDER BY started_at, step_id`);
}

/** What a searched text names: an order by its number, files by a part of their name. */
async function subjectsNamed(text: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT id::text AS id FROM orders WHERE number = upper(${text})
    UNION ALL (SELECT id::text FROM upload WHERE strpos(lower(file_name), lower(${text})) > 0 ORDER BY created_at DESC LIMIT 50)`);
  return rows.map(({ id }) => id);
}

async function conditionsOf({ functionId, state, open, tier, errorCode, search, cursor }: ListRuns): Promise<Sql[]> {
  const after = decodeCursor(cursor, ['instant', 'code']);
  return [
    functionId ? sql`r.function_id = ${functionId}` : emptySql,
    state ? sql`r.state = ${state}` : emptySql,
    open ? sql`r.state IN ('running', 'retrying', 'paused')` : emptySql,
    tier ? sql`r.tier = ${tier}` : emptySql,
    errorCode ? sql`coalesce(r.error_code, 'unknown') = ${errorCode}` : emptySql,
    search ? sql`(r.run_id = ${search} OR r.subject_ids && ${await subjectsNamed(search)}::text[])` : emptySql,
    after ? sql`(r.started_at, r.run_id) < (${after[0]}::timestamptz, ${after[1]})` : emptySql,
  ].filter((condition) => condition !== emptySql);
}

/** Runs, newest first, page by page. */
export async function listRuns(input: ListRuns): Promise<RunPage> {
  const conditions = await conditionsOf(input);
  const where = conditions.length > 0 ? sql`WHERE ${joinSql(conditions, ' AND ')}` : emptySql;
  // The cursor needs the moment to the microsecond, which a Date has not.
  const rows = await db().$queryRaw<(FoundRun & { key: string })[]>(sql`
    SELECT r.started_at::text AS key, ${runColumns} (
      SELECT * FROM background_run r ${where} ORDER BY r.started_at DESC, r.run_id DESC LIMIT ${input.limit + 1}) r
    ${subjectJoins} ORDER BY r.started_at DESC, r.run_id DESC`);
  const page = toPage(rows, input.limit, ({ key, runId }) => [key, runId]);
  return { ...page, rows: page.rows.map(({ key: _key, ...found }) => asRow(found)) };
}

export type Receipt = {
  key: string;
  doneAt: Date | null;
  /** False where nothing of it is wanted (any more): no test for the laboratory, drafts that a later run of the month has made. */
  applies: boolean;
  /** False where it is too late for it. */
  possible: boolean;
  /** How many orders of an upload are written and how many are not; null for effects that happen as a whole. */
  done: number | null;
  left: number | null;
};

/** What became of effects, each where its own use case looks before it does anything. */
export async function findReceipts(keys: readonly string[]): Promise<Receipt[]> {
  if (keys.length === 0) return [];
  return db().$queryRaw<Receipt[]>(sql`
    WITH asked AS (
      SELECT DISTINCT key, split_part(key, ':', 1) AS what,
        CASE WHEN pg_input_is_valid(split_part(key, ':', 2), 'uuid') THEN split_part(key, ':', 2)::uuid END AS id
      FROM unnest(${keys as string[]}::text[]) AS k (key)
    )
    SELECT a.key, u.written AS done, u.valid - u.written AS left,
      CASE a.what
        WHEN 'document' THEN (SELECT min(d.created_at) FROM document d
          WHERE d.owner_id = a.id AND d.kind = split_part(a.key, ':', 3) AND d.language = split_part(a.key, ':', 4))
        WHEN 'message' THEN (SELECT m.sent_at FROM message m WHERE m.dedupe_key = substr(a.key, 9) AND m.state = 'sent')
        WHEN 'otp' THEN c.sent_at
        WHEN 'upload' THEN u.finished_at
        WHEN 'accession' THEN (SELECT min(e.at) FROM audit_entry e
          WHERE e.entity = 'order' AND e.entity_id = a.id::text AND e.action = 'order.prepared')
        WHEN 'statement-run' THEN (SELECT min(e.at) FROM audit_entry e
          WHERE e.entity = 'statement-run' AND e.entity_id = a.id::text AND e.action = 'statement-run.started')
        ELSE (SELECT r.at FROM effect_receipt r WHERE r.effect_key = a.key)
      END AS "doneAt",
      CASE a.what
        WHEN 'lis-order' THEN EXISTS (SELECT FROM order_components(a.id) x WHERE x.kind IN ('test', 'home-kit'))
        WHEN 'link-event' THEN EXISTS (SELECT FROM link_event l
          WHERE l.id = a.id AND l.kind NOT IN ('otp-requested', 'verified', 'failed', 'revoked'))
        ELSE a.what NOT IN ('statement-run', 'statement-drafts') OR NOT EXISTS (SELECT FROM statement_run mine
          JOIN statement_run later ON later.period_id = mine.period_id AND later.requested_at > mine.requested_at AND later.state = 'done'
          WHERE mine.id = a.id)
      END AS applies,
      a.what <> 'otp' OR coalesce(c.expires_at > now(), false) AS possible
    FROM asked a
    LEFT JOIN upload u ON a.what = 'upload' AND u.id = a.id
    LEFT JOIN otp_challenge c ON a.what = 'otp' AND c.id = a.id`);
}
