import { TIERS, type Tier } from '@/server/domain/tier';
import { db, emptySql, joinSql, type Sql, sql } from '@/server/platform/db';
import { decodeCursor, toPage } from '@/server/platform/paging';
import { likeliest } from '@/server/platform/search';
import { drainSeconds, perMinute } from './rules';
import type {
  Cause,
  FailureGroup,
  Lane,
  LanePace,
  ListRuns,
  RunPage,
  RunRow,
  RunStep,
  Subject,
  SubjectKind,
} from './schema';

/** What is stuck now, grouped by cause; an empty list is a quiet day. An event counts as waiting after ten seconds. */
export async function findCauses(): Promise<Cause[]> {
  return db().$queryRaw<Cause[]>(sql`
    SELECT 'events-waiting' AS kind, count(*)::int AS count, min(created_at) AS since, NULL::bigint AS money
    FROM outbox_event WHERE published_at IS NULL AND not_before <= now() + interval '1 hour' AND created_at < now() - interval '10 seconds'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'events-quarantined', count(*)::int, min(created_at), NULL
    FROM outbox_event WHERE published_at IS NULL AND not_before > now() + interval '1 hour' HAVING count(*) > 0
    UNION ALL
    SELECT kind, count, since, money FROM issue`);
}

/** Long enough to even out a chunk of rows, short enough to be about now. */
const PACE_MINUTES = 5;

export async function readLanes(): Promise<Lane[]> {
  const lanes = await db().$queryRaw<(Omit<Lane, 'drainSeconds'> & { rowsLately: number })[]>(sql`
    SELECT tier, waiting, rows_left AS "rowsLeft", rows_last_hour AS "rowsLastHour", rows_lately AS "rowsLately"
    FROM upload_lanes(${PACE_MINUTES}::int)`);
  return lanes.map(({ rowsLately, ...lane }) => ({
    ...lane,
    drainSeconds: drainSeconds(lane.rowsLeft, rowsLately, PACE_MINUTES * 60),
  }));
}

/** Rows that each lane wrote in each of the last 60 minutes, the oldest first. */
export async function readPace(): Promise<LanePace[]> {
  const written = await db().$queryRaw<{ tier: Tier; minutesAgo: number; rows: number }[]>(sql`
    SELECT tier, minutes_ago AS "minutesAgo", rows FROM upload_lane_minutes()`);
  return TIERS.map((tier) => ({ tier, rows: perMinute(written.filter((one) => one.tier === tier)) }));
}

/**
 * What recorded runs affect, a group a row: the people whose orders they are about, the money of orders, uploads and statements,
 * and the tiers. `runs` selects `grp`, `subject_kind`, `subject_ids` and `tier`; what two runs of a group are both about counts once.
 */
const impactSql = (runs: Sql): Sql => sql`
  about AS (
    SELECT DISTINCT r.grp, r.subject_kind AS kind, s.id::uuid AS id FROM (${runs}) r CROSS JOIN LATERAL unnest(r.subject_ids) AS s (id)
  ), affected AS (
    SELECT DISTINCT s.grp, x.thing, x.person, x.money, x.tier FROM about s
    CROSS JOIN LATERAL (SELECT * FROM impact WHERE impact.kind = s.kind AND impact.id = s.id) x
  ), affected_by AS (
    SELECT grp, count(DISTINCT person)::int AS patients, sum(money)::bigint AS money,
      coalesce(array_agg(DISTINCT tier) FILTER (WHERE tier IS NOT NULL), '{}') AS tiers
    FROM affected GROUP BY grp
  )`;

/** The failed runs whose work is still undone, by function and cause, the newest first. */
export async function findFailures(): Promise<FailureGroup[]> {
  return db().$queryRaw<FailureGroup[]>(sql`
    WITH failed AS (
      SELECT ARRAY[function_id, coalesce(error_code, 'unknown')] AS grp, run_id, subject_kind, subject_ids, started_at, ended_at
      FROM background_run WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL
    ), ${impactSql(sql`SELECT grp, subject_kind, subject_ids FROM failed`)}
    SELECT g.grp[1] AS "functionId", g.grp[2] AS "errorCode", g.runs, g.since, g.latest, coalesce(impact.patients, 0) AS patients,
      impact.money, coalesce(impact.tiers, '{}') AS tiers
    FROM (SELECT grp, count(*)::int AS runs, min(ended_at) AS since, max(ended_at) AS latest FROM failed GROUP BY grp) g
    LEFT JOIN affected_by impact USING (grp) ORDER BY g.latest DESC, g.grp`);
}

export type Impact = { patients: number; money: bigint | null };

/** The impact of some runs together. */
export async function impactOfRuns(runIds: readonly string[]): Promise<Impact> {
  const rows = await db().$queryRaw<Impact[]>(sql`
    WITH ${impactSql(sql`SELECT 1 AS grp, subject_kind, subject_ids FROM background_run WHERE run_id = ANY (${runIds as string[]})`)}
    SELECT patients, money FROM affected_by`);
  return rows[0] ?? { patients: 0, money: null };
}

/** How many runs of a function are in which state, how many completed lately, and whether it is paused. */
export type FunctionCount = {
  functionId: string;
  running: number;
  retrying: number;
  pausedRuns: number;
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
        count(*) FILTER (WHERE state = 'paused') AS paused_runs
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
      coalesce(paused_runs, 0)::int AS "pausedRuns", coalesce(failed, 0)::int AS failed, coalesce(hour, 0)::int AS "completedLastHour",
      coalesce(lately, 0)::int AS "completedLately", paused_at AS "pausedAt", by AS "pausedBy", reason AS "pauseReason"
    FROM open FULL JOIN failed USING (function_id) FULL JOIN pace USING (function_id) FULL JOIN pause USING (function_id)`);
  return rows.map((row) => ({ ...row, paceSeconds: PACE_MINUTES * 60 }));
}

export async function relaySeenAt(): Promise<Date | null> {
  const relay = await db().instanceFact.findUnique({ where: { key: 'relay' }, select: { at: true } });
  return relay?.at ?? null;
}

type FoundRun = Omit<RunRow, 'subject'> & {
  subjectKind: SubjectKind | null;
  subjectId: string | null;
  label: string | null;
  address: string | null;
};

// The first of what a run is about, by the name that people know.
const runColumns = sql`
  r.run_id AS "runId", r.function_id AS "functionId", r.event_name AS "eventName", r.subject_kind AS "subjectKind",
  r.subject_ids[1] AS "subjectId", cardinality(r.subject_ids) AS subjects, r.tier, r.state, r.error_code AS "errorCode",
  greatest(r.attempts, 1) AS attempts, r.started_at AS "startedAt", r.last_seen_at AS "lastSeenAt", r.ended_at AS "endedAt",
  r.replay_of[1] AS "replayOf",
  (SELECT n.run_id FROM background_run n WHERE n.replay_of <> '{}' AND n.replay_of @> ARRAY[r.run_id] ORDER BY n.started_at DESC LIMIT 1) AS "replayedBy",
  s.label, s.address
  FROM`;
// The limit keeps it a look-up for each row: joined as a whole, all orders there are would be walked through.
const subjectJoins = sql`
  LEFT JOIN LATERAL (SELECT * FROM subject WHERE subject.kind = r.subject_kind AND subject.id = r.subject_ids[1]::uuid LIMIT 1) s ON true`;

function asRow(found: FoundRun): RunRow {
  const { subjectKind, subjectId, label, address, ...run } = found;
  const subject: Subject | null =
    subjectKind && subjectId ? { kind: subjectKind, id: subjectId, label, href: address } : null;
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

/** As many files of a name as are looked at for their runs. */
const FILES = 50;

/** What a searched text names: an order by its number, files by the words of their name, as everywhere else. */
async function subjectsNamed(text: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT id::text AS id FROM subject WHERE kind = 'order' AND label = upper(${text})`);
  return [...rows.map(({ id }) => id), ...(await likeliest('upload', text, FILES))];
}

async function conditionsOf({
  functionId,
  state,
  open,
  tier,
  errorCode,
  search,
  cursor,
  only,
}: ListRuns): Promise<Sql[]> {
  const after = decodeCursor(cursor, ['instant', 'code']);
  return [
    functionId ? sql`r.function_id = ${functionId}` : emptySql,
    state ? sql`r.state = ${state}` : emptySql,
    open ? sql`r.state IN ('running', 'retrying', 'paused')` : emptySql,
    tier ? sql`r.tier = ${tier}` : emptySql,
    errorCode ? sql`coalesce(r.error_code, 'unknown') = ${errorCode}` : emptySql,
    search ? sql`(r.run_id = ${search} OR r.subject_ids && ${await subjectsNamed(search)}::text[])` : emptySql,
    only ? sql`r.run_id = ANY (${only})` : emptySql,
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

export type EffectState = {
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
export async function findEffectStates(keys: readonly string[]): Promise<EffectState[]> {
  if (keys.length === 0) return [];
  return db().$queryRaw<EffectState[]>(sql`
    SELECT a.key, e.done, e.left_over AS left, e.done_at AS "doneAt", coalesce(e.applies, true) AS applies, coalesce(e.possible, true) AS possible
    FROM (SELECT DISTINCT k AS key FROM unnest(${keys as string[]}::text[]) AS k) a LEFT JOIN LATERAL effect_state(a.key) e ON true`);
}
