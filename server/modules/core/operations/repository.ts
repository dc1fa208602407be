import { db, oneRow, pool, sql, type Transaction } from '@/server/platform/db';
import { pruneOutbox } from '@/server/platform/outbox';
import type { RunEnd, RunNote, StepNote } from './rules';
import type { RunState } from './schema';

/** Seconds since a running instance's relay last gave a sign of life, or null where none ever did. */
export async function secondsSinceRelay(): Promise<number | null> {
  const rows = await db().$queryRaw<{ seconds: number }[]>(
    sql`SELECT extract(epoch FROM now() - at)::float8 AS seconds FROM instance_fact WHERE key = 'relay'`,
  );
  return rows[0]?.seconds ?? null;
}

/** Writes what runs said of themselves, in one round trip. */
export async function saveNotes(runs: readonly RunNote[], steps: readonly StepNote[]): Promise<void> {
  const runRows = runs.map((note) => ({
    run_id: note.runId,
    function_id: note.functionId,
    event_name: note.eventName,
    event_ids: note.eventIds,
    subject_kind: note.subjectKind,
    subject_ids: note.subjectIds,
    tier: note.tier,
    state: note.state,
    state_at: note.stateAt,
    error_code: note.errorCode,
    attempts: note.attempts,
    started_at: note.startedAt,
    last_seen_at: note.lastSeenAt,
    replay_of: note.replayOf,
  }));
  const stepRows = steps.map((note) => ({
    run_id: note.runId,
    step_id: note.stepId,
    name: note.name,
    state: note.state,
    attempts: note.attempts,
    started_at: note.startedAt,
    last_seen_at: note.lastSeenAt,
    ended_at: note.endedAt,
    error_code: note.errorCode,
  }));
  await pool().query({
    name: 'record_runs',
    text: 'SELECT record_runs($1::jsonb, $2::jsonb)',
    values: [JSON.stringify(runRows), JSON.stringify(stepRows)],
  });
}

/** The functions that are paused. */
export async function pausedFunctions(): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>('SELECT function_id AS id FROM function_pause');
  return new Set(rows.map(({ id }) => id));
}

/** Pauses a function; false where it is paused already. */
export async function addPause(
  tx: Transaction,
  pause: { functionId: string; by: string; reason: string },
): Promise<boolean> {
  const added = await tx.$executeRaw(sql`
    INSERT INTO function_pause (function_id, paused_by, reason) VALUES (${pause.functionId}, ${pause.by}::uuid, ${pause.reason})
    ON CONFLICT DO NOTHING`);
  return added === 1;
}

/** Ends a function's pause; answers how many seconds it lasted, or null where it was not paused. */
export async function removePause(tx: Transaction, functionId: string): Promise<number | null> {
  const rows = await tx.$queryRaw<{ seconds: number }[]>(sql`
    DELETE FROM function_pause WHERE function_id = ${functionId}
    RETURNING extract(epoch FROM now() - paused_at)::int AS seconds`);
  return rows[0]?.seconds ?? null;
}

/** A recorded run with the events that started it, as far as the outbox still has them. */
export type RunWithEvents = {
  runId: string;
  functionId: string;
  state: RunState;
  eventName: string | null;
  replayedAt: Date | null;
  events: { id: string; name: string; data: Record<string, unknown> }[];
  /** How many of its events are gone. */
  gone: number;
};

const withEvents = sql`r.run_id AS "runId", r.function_id AS "functionId", r.state, r.event_name AS "eventName", r.replayed_at AS "replayedAt",
  coalesce(e.events, '[]') AS events, (CASE WHEN r.event_name IS NULL THEN 0 ELSE cardinality(r.event_ids) - coalesce(e.found, 0) END)::int AS gone`;
// Cron and other servers' own events have ids that are not uuids; they are not rows of the outbox.
const theirEvents = sql`LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'data', o.data) ORDER BY i.place) AS events, count(*)::int AS found
  FROM unnest(r.event_ids) WITH ORDINALITY AS i (id, place)
  JOIN outbox_event o ON o.id = CASE WHEN pg_input_is_valid(i.id, 'uuid') THEN i.id::uuid END
) e ON true`;

export async function runsWithEvents(runIds: readonly string[]): Promise<RunWithEvents[]> {
  return db().$queryRaw<RunWithEvents[]>(sql`
    SELECT ${withEvents} FROM background_run r ${theirEvents} WHERE r.run_id = ANY (${runIds as string[]}) ORDER BY r.started_at, r.run_id`);
}

/** Runs that completed ten minutes ago and more, the newest first, of the last hours or of all times. */
export async function completedRuns(hours: number | null, limit: number): Promise<{ runId: string; endedAt: Date }[]> {
  return db().$queryRaw<{ runId: string; endedAt: Date }[]>(sql`
    SELECT run_id AS "runId", ended_at AS "endedAt" FROM background_run
    WHERE state = 'completed' AND event_name IS NOT NULL AND ended_at < now() - interval '10 minutes'
      AND (${hours}::int IS NULL OR started_at > now() - make_interval(hours => ${hours}::int))
    ORDER BY started_at DESC, run_id DESC LIMIT ${limit}`);
}

/** The failed runs of one cause that were not repeated, oldest first. */
export async function unresolvedRuns(functionId: string, errorCode: string, limit: number): Promise<RunWithEvents[]> {
  return db().$queryRaw<RunWithEvents[]>(sql`
    SELECT ${withEvents} FROM (
      SELECT * FROM background_run
      WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL AND function_id = ${functionId} AND coalesce(error_code, 'unknown') = ${errorCode}
      ORDER BY started_at, run_id LIMIT ${limit}) r ${theirEvents} ORDER BY r.started_at, r.run_id`);
}

export async function countUnresolved(functionId: string, errorCode: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>(sql`
    SELECT count(*)::int AS count FROM background_run
    WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL AND function_id = ${functionId} AND coalesce(error_code, 'unknown') = ${errorCode}`);
  return oneRow(rows).count;
}

/** Marks ended runs as repeated; returns those that were not repeated before. */
export async function claimForReplay(tx: Transaction, runIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ runId: string }[]>(sql`
    UPDATE background_run SET replayed_at = now()
    WHERE run_id IN (
      SELECT run_id FROM background_run WHERE run_id = ANY (${runIds as string[]}) AND replayed_at IS NULL AND ended_at IS NOT NULL
      ORDER BY run_id FOR UPDATE)
    RETURNING run_id AS "runId"`);
  return new Set(rows.map(({ runId }) => runId));
}

/** What the server said of a run that is open in the records; false where the record had ended before. */
export async function settleRun(tx: Transaction, runId: string, end: RunEnd): Promise<boolean> {
  const settled = await tx.$executeRaw(sql`
    UPDATE background_run SET state = ${end.state}, state_at = now(), ended_at = coalesce(${end.endedAt}::timestamptz, now()),
      error_code = CASE WHEN ${end.state} = 'completed' THEN NULL ELSE coalesce(error_code, ${end.errorCode}) END
    WHERE run_id = ${runId} AND ended_at IS NULL`);
  return settled === 1;
}

export type SilentRun = { runId: string; silentSeconds: number };

/**
 * Takes some open runs that were silent for a minute, those first that were never asked about; the others are asked
 * about again after five minutes. Several processes take different ones.
 */
export async function claimSilentRuns(limit: number): Promise<SilentRun[]> {
  return db().$queryRaw<SilentRun[]>(sql`
    UPDATE background_run r SET asked_at = now()
    WHERE run_id IN (
      SELECT run_id FROM background_run
      WHERE state IN ('running', 'retrying', 'paused') AND last_seen_at < now() - interval '1 minute'
        AND (asked_at IS NULL OR asked_at < now() - interval '5 minutes')
      ORDER BY asked_at NULLS FIRST, run_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING run_id AS "runId", extract(epoch FROM now() - last_seen_at)::float8 AS "silentSeconds"`);
}

/** Takes some failed runs that stand open, those first that were not looked at for longest. */
export async function claimUnresolved(limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ runId: string }[]>(sql`
    UPDATE background_run SET asked_at = now()
    WHERE run_id IN (
      SELECT run_id FROM background_run WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL
      ORDER BY asked_at NULLS FIRST, run_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING run_id AS "runId"`);
  return rows.map(({ runId }) => runId);
}

/**
 * Takes some runs of the last day that failed or were cancelled five minutes ago and more, and were not reported to their subjects: by
 * then the run that reports them has failed as well. One is taken again after a minute.
 */
export async function claimUnreported(limit: number): Promise<{ runId: string; code: string }[]> {
  return db().$queryRaw<{ runId: string; code: string }[]>(sql`
    UPDATE background_run SET asked_at = now()
    WHERE run_id IN (
      SELECT run_id FROM background_run
      WHERE reported_at IS NULL AND state IN ('failed', 'cancelled') AND replayed_at IS NULL AND resolved_at IS NULL
        AND ended_at BETWEEN now() - interval '1 day' AND now() - interval '5 minutes'
        AND (asked_at IS NULL OR asked_at < now() - interval '1 minute')
      ORDER BY ended_at, run_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING run_id AS "runId", CASE state WHEN 'cancelled' THEN 'run_cancelled' ELSE coalesce(error_code, 'internal') END AS code`);
}

/** Keeps that these runs were reported to their subjects. */
export async function markReported(runIds: readonly string[]): Promise<void> {
  await db().$executeRaw(sql`
    UPDATE background_run SET reported_at = now() WHERE run_id = ANY (${runIds as string[]}) AND reported_at IS NULL`);
}

export async function isReported(runId: string): Promise<boolean> {
  const rows = await db().$queryRaw<{ reported: boolean }[]>(sql`
    SELECT reported_at IS NOT NULL AS reported FROM background_run WHERE run_id = ${runId}`);
  return rows[0]?.reported ?? false;
}

export async function markResolved(runIds: readonly string[]): Promise<void> {
  await db().$executeRaw(
    sql`UPDATE background_run SET resolved_at = now() WHERE run_id = ANY (${runIds as string[]}) AND state = 'failed'`,
  );
}

/** Functions that are not paused and whose runs are paused nevertheless, for longer than a resumption takes. */
export async function findStuckPauses(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT DISTINCT function_id AS id FROM background_run r
    WHERE state = 'paused' AND state_at < now() - interval '10 seconds'
      AND NOT EXISTS (SELECT FROM function_pause p WHERE p.function_id = r.function_id)`);
  return rows.map(({ id }) => id);
}

const PRUNED_AT_ONCE = 5_000;
/** Each takes a lock of its own, of which a transaction may have some hundreds. */
const CLOSED_AT_ONCE = 100;

/** Closes the order numbers of days two months back; answers how many. */
async function closeDayNumbers(): Promise<number> {
  const rows = await db().$queryRaw<{ closed: number }[]>(sql`
    SELECT close_day_numbers((now() - interval '60 days')::date, ${CLOSED_AT_ONCE}) AS closed`);
  return oneRow(rows).closed;
}

/**
 * Removes runs (with their steps) that ended and events that were delivered more than 30 days ago; failed runs that nobody has
 * repeated stay, and with them the events that a repetition needs. Answers how many rows of the longest table went.
 */
export async function pruneOnce(): Promise<number> {
  const needed = await db().$queryRaw<{ ids: string[] }[]>(sql`
    SELECT event_ids AS ids FROM background_run
    WHERE state <> 'completed' AND replayed_at IS NULL AND resolved_at IS NULL`);
  const counts = await Promise.all([
    db().$executeRaw(sql`
      DELETE FROM background_run WHERE run_id IN (
        SELECT run_id FROM background_run
        WHERE started_at < now() - interval '30 days' AND ended_at < now() - interval '30 days'
          AND (state <> 'failed' OR replayed_at IS NOT NULL OR resolved_at IS NOT NULL) LIMIT ${PRUNED_AT_ONCE})`),
    pruneOutbox(
      needed.flatMap(({ ids }) => ids),
      PRUNED_AT_ONCE,
    ),
    db().$executeRaw(sql`DELETE FROM function_pace WHERE minute < now() - interval '1 day'`),
    closeDayNumbers(),
  ]);
  return Math.max(...counts);
}
