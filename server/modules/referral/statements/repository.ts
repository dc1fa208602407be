import { db, oneRow, sql, type Transaction } from '@/server/platform/db';
import type { RunProgress, StatementState } from './schema';

export type Period = { id: string; month: string; startsAt: Date; endsAt: Date; state: 'open' | 'sealed' };

const periodColumns = sql`id, month, starts_at AS "startsAt", ends_at AS "endsAt", state`;

/** The period of a month, made when it is not there, and locked until the transaction ends. */
export async function openPeriod(tx: Transaction, month: string, bounds: { from: Date; to: Date }): Promise<Period> {
  await tx.$executeRaw(sql`
    INSERT INTO statement_period (month, starts_at, ends_at) VALUES (${month}, ${bounds.from}, ${bounds.to})
    ON CONFLICT (month) DO NOTHING`);
  const period = await lockPeriod(tx, { month });
  if (!period) throw new Error('a period vanished');
  return period;
}

/** Locks a period against runs and approvals that would pass each other. */
export async function lockPeriod(tx: Transaction, by: { month: string } | { id: string }): Promise<Period | null> {
  const where = 'id' in by ? sql`id = ${by.id}::uuid` : sql`month = ${by.month}`;
  const rows = await tx.$queryRaw<Period[]>(
    sql`SELECT ${periodColumns} FROM statement_period WHERE ${where} FOR UPDATE`,
  );
  return rows[0] ?? null;
}

/** As `lockPeriod`, for work that may run beside its own kind: the chunks of a run. */
export async function sharePeriod(tx: Transaction, id: string): Promise<Period | null> {
  const rows = await tx.$queryRaw<Period[]>(
    sql`SELECT ${periodColumns} FROM statement_period WHERE id = ${id}::uuid FOR SHARE`,
  );
  return rows[0] ?? null;
}

export async function addRun(tx: Transaction, periodId: string, requestedBy: string | null): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO statement_run (period_id, requested_by) VALUES (${periodId}::uuid, ${requestedBy}::uuid) RETURNING id`);
  return oneRow(rows).id;
}

/** The run that is under way for a period, or null. */
export async function activeRun(tx: Transaction, periodId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    sql`SELECT id FROM statement_run WHERE period_id = ${periodId}::uuid AND state IN ('requested', 'running')`,
  );
  return rows[0]?.id ?? null;
}

/** How a period's latest run stands and when it was asked for, or null where there was none. */
export async function lastRun(tx: Transaction, periodId: string): Promise<{ state: string; requestedAt: Date } | null> {
  const rows = await tx.$queryRaw<{ state: string; requestedAt: Date }[]>(sql`
    SELECT state, requested_at AS "requestedAt" FROM statement_run WHERE period_id = ${periodId}::uuid
    ORDER BY requested_at DESC, id DESC LIMIT 1`);
  return rows[0] ?? null;
}

/** Moves a requested run to running; false where it is not waiting to start any more. */
export async function startRun(tx: Transaction, runId: string, doctorsTotal: number): Promise<boolean> {
  const moved = await tx.$executeRaw(sql`
    UPDATE statement_run SET state = 'running', doctors_total = ${doctorsTotal} WHERE id = ${runId}::uuid AND state = 'requested'`);
  return moved === 1;
}

export async function doctorIds(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`SELECT id FROM doctor ORDER BY id`);
  return rows.map(({ id }) => id);
}

/** Counts a chunk's doctors; answers whether the run is complete with it, which exactly one chunk is answered. */
export async function countDone(tx: Transaction, runId: string, doctors: number): Promise<{ complete: boolean }> {
  const rows = await tx.$queryRaw<{ state: string }[]>(sql`
    UPDATE statement_run SET doctors_done = doctors_done + ${doctors},
      state = CASE WHEN doctors_done + ${doctors} >= doctors_total THEN 'done' ELSE state END,
      finished_at = CASE WHEN doctors_done + ${doctors} >= doctors_total THEN now() END
    WHERE id = ${runId}::uuid AND state = 'running' RETURNING state`);
  return { complete: rows[0]?.state === 'done' };
}

export async function runIsRunning(tx: Transaction, runId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(
    sql`SELECT id FROM statement_run WHERE id = ${runId}::uuid AND state = 'running'`,
  );
  return rows.length > 0;
}

/** Ends a run that can't go on; false where it ended before. */
export async function endRunFailed(tx: Transaction, runId: string, code: string): Promise<boolean> {
  const moved = await tx.$executeRaw(sql`
    UPDATE statement_run SET state = 'failed', failure = jsonb_build_object('code', ${code}::text), finished_at = now()
    WHERE id = ${runId}::uuid AND state IN ('requested', 'running')`);
  return moved === 1;
}

/** Puts a statement into a state from which the guard of the database lets it go there; false where it is elsewhere. */
export async function moveStatement(
  tx: Transaction,
  id: string,
  from: StatementState,
  to: StatementState,
  by: string | null,
): Promise<boolean> {
  const stamp =
    to === 'reviewed'
      ? sql`, reviewed_by = ${by}::uuid, reviewed_at = now()`
      : sql`, reviewed_by = NULL, reviewed_at = NULL`;
  const moved = await tx.$executeRaw(
    sql`UPDATE statement SET state = ${to} ${stamp} WHERE id = ${id}::uuid AND state = ${from}`,
  );
  return moved === 1;
}

export async function sealPeriod(tx: Transaction, periodId: string): Promise<boolean> {
  const moved = await tx.$executeRaw(sql`
    UPDATE statement_period p SET state = 'sealed', sealed_at = now()
    WHERE id = ${periodId}::uuid AND state = 'open'
      AND NOT EXISTS (SELECT FROM statement s WHERE s.period_id = p.id AND s.state IN ('draft', 'reviewed'))`);
  return moved === 1;
}

export async function addSnapshot(
  tx: Transaction,
  snapshot: { statementId: string; content: string; hash: string; approvedBy: string | null; at: Date },
): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO statement_snapshot (statement_id, content, content_hash)
    VALUES (${snapshot.statementId}::uuid, ${snapshot.content}::jsonb, ${snapshot.hash})`);
  await tx.$executeRaw(sql`
    UPDATE statement SET state = 'approved', content_hash = ${snapshot.hash}, approved_at = ${snapshot.at},
      approved_by = ${snapshot.approvedBy}::uuid
    WHERE id = ${snapshot.statementId}::uuid`);
}

/** Locks up to `limit` statements of a period in one of the states, in the order of their ids. */
export async function lockStatements(
  tx: Transaction,
  { periodId, states, only, limit }: { periodId: string; states: string[]; only: string[] | null; limit: number },
): Promise<{ id: string; doctorCode: string }[]> {
  return tx.$queryRaw<{ id: string; doctorCode: string }[]>(sql`
    SELECT s.id, d.code AS "doctorCode" FROM statement s JOIN doctor d ON d.id = s.doctor_id
    WHERE s.period_id = ${periodId}::uuid AND s.state = ANY (${states}) AND (${only}::uuid[] IS NULL OR s.id = ANY (${only}::uuid[]))
    ORDER BY s.id LIMIT ${limit} FOR UPDATE OF s`);
}

/**
 * The codes of the doctors whose statements in one of the states would be others now: plan, rules, tax rate, threshold or categories have
 * changed since they were drafted.
 */
export async function outdatedDrafts(
  tx: Transaction,
  { period, states, only }: { period: Period; states: StatementState[]; only: string[] | null },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT d.code FROM (
      SELECT created_at, array_agg(doctor_id) AS doctors, array_agg(basis) AS bases FROM statement
      WHERE period_id = ${period.id}::uuid AND state = ANY (${states}) AND basis IS NOT NULL
        AND (${only}::uuid[] IS NULL OR id = ANY (${only}::uuid[]))
      GROUP BY created_at
    ) made
    CROSS JOIN LATERAL unnest(made.doctors, made.bases) AS drafted (doctor_id, basis)
    JOIN LATERAL statement_basis(made.doctors, made.created_at, ${period.endsAt}) present ON present.doctor_id = drafted.doctor_id
    JOIN doctor d ON d.id = drafted.doctor_id
    WHERE present.basis <> drafted.basis ORDER BY d.code COLLATE "C"`);
  return rows.map(({ code }) => code);
}

export async function markPublished(tx: Transaction, ids: string[]): Promise<void> {
  await tx.$executeRaw(
    sql`UPDATE statement SET state = 'published', published_at = now() WHERE id = ANY (${ids}::uuid[]) AND state = 'approved'`,
  );
}

export type DraftScope = { runId: string; periodId: string; from: Date; to: Date; doctorIds: string[] };

/** Takes the drafts of these doctors away; sealed statements stay. Answers how many doctors keep a sealed one. */
export async function removeDrafts(tx: Transaction, { periodId, doctorIds }: DraftScope): Promise<{ kept: number }> {
  await tx.$executeRaw(sql`
    DELETE FROM statement
    WHERE period_id = ${periodId}::uuid AND doctor_id = ANY (${doctorIds}::uuid[]) AND state IN ('draft', 'reviewed')`);
  const rows = await tx.$queryRaw<{ kept: number }[]>(sql`
    SELECT count(*)::int AS kept FROM statement
    WHERE period_id = ${periodId}::uuid AND doctor_id = ANY (${doctorIds}::uuid[]) AND state <> 'superseded'`);
  return oneRow(rows);
}

/**
 * Writes the drafts of these doctors, one for each that has lines or adjustments in the period, as one statement of SQL.
 * `orders`, `lines`, `base` and `commission` are the month's own; carried lines are in `carry_forward` alone. Tax is
 * withheld from the sum of commission, adjustments and carry-forward once that reaches the organisation's threshold.
 */
export async function writeDrafts(tx: Transaction, scope: DraftScope): Promise<{ statements: number; lines: number }> {
  const rows = await tx.$queryRaw<{ statements: number; lines: number }[]>(sql`
    WITH asked AS (
      SELECT coalesce(array_agg(d.id), '{}') AS ids FROM doctor d
      WHERE d.id = ANY (${scope.doctorIds}::uuid[]) AND NOT EXISTS (
        SELECT FROM statement s WHERE s.period_id = ${scope.periodId}::uuid AND s.doctor_id = d.id AND s.state <> 'superseded')
    ), line AS MATERIALIZED (
      SELECT l.* FROM asked, commission_lines(${scope.from}, ${scope.to}, asked.ids) l
    ), adjusted AS MATERIALIZED (
      SELECT a.doctor_id, sum(a.amount)::bigint AS amount FROM adjustment a, asked
      WHERE a.doctor_id = ANY (asked.ids) AND a.state = 'approved' AND a.statement_id IS NULL GROUP BY a.doctor_id
    ), earned AS (
      SELECT doctor_id, count(DISTINCT order_id) FILTER (WHERE NOT carried)::int AS orders,
        count(*) FILTER (WHERE NOT carried)::int AS lines,
        (sum(base) FILTER (WHERE NOT carried))::bigint AS base,
        (sum(commission) FILTER (WHERE NOT carried))::bigint AS commission,
        (sum(commission) FILTER (WHERE carried))::bigint AS carry_forward
      FROM line GROUP BY doctor_id
    ), summed AS (
      SELECT coalesce(e.doctor_id, a.doctor_id) AS doctor_id, coalesce(e.orders, 0) AS orders, coalesce(e.lines, 0) AS lines,
        coalesce(e.base, 0) AS base, coalesce(e.commission, 0) AS commission, coalesce(a.amount, 0) AS adjustments,
        coalesce(e.carry_forward, 0) AS carry_forward
      FROM earned e FULL JOIN adjusted a ON a.doctor_id = e.doctor_id
    ), made AS (
      INSERT INTO statement (period_id, doctor_id, run_id, version, orders, lines, base, commission, adjustments, carry_forward,
        tax_rate, tax, payable, currency, basis)
      SELECT ${scope.periodId}::uuid, s.doctor_id, ${scope.runId}::uuid,
        1 + coalesce((SELECT max(version) FROM statement o WHERE o.period_id = ${scope.periodId}::uuid AND o.doctor_id = s.doctor_id), 0),
        s.orders, s.lines, s.base, s.commission, s.adjustments, s.carry_forward, d.tax_rate, t.tax,
        s.commission + s.adjustments + s.carry_forward - t.tax, g.currency, b.basis
      FROM summed s
      JOIN doctor d ON d.id = s.doctor_id
      JOIN statement_basis((SELECT ids FROM asked), now(), ${scope.to}) b ON b.doctor_id = s.doctor_id
      CROSS JOIN organisation g
      CROSS JOIN LATERAL (SELECT CASE WHEN s.commission + s.adjustments + s.carry_forward >= g.withholding_threshold
        THEN round((s.commission + s.adjustments + s.carry_forward) * d.tax_rate / 100)::bigint ELSE 0 END AS tax) t
      RETURNING id, doctor_id
    ), written AS (
      INSERT INTO statement_line (statement_id, position, kind, order_id, order_line_id, settled_at, base, commission, parts, carried,
        refund_line_id)
      SELECT m.id, l.place, l.kind, l.order_id, l.order_line_id, l.settled_at, l.base, l.commission, l.parts, l.carried, l.refund_line_id
      FROM line l JOIN made m ON m.doctor_id = l.doctor_id
      RETURNING id
    )
    SELECT (SELECT count(*) FROM made)::int AS statements, (SELECT count(*) FROM written)::int AS lines`);
  await tx.$executeRaw(sql`
    UPDATE adjustment a SET statement_id = s.id FROM statement s
    WHERE s.period_id = ${scope.periodId}::uuid AND s.doctor_id = ANY (${scope.doctorIds}::uuid[]) AND s.state = 'draft'
      AND a.doctor_id = s.doctor_id AND a.state = 'approved' AND a.statement_id IS NULL`);
  return oneRow(rows);
}

export async function statementState(id: string): Promise<StatementState | null> {
  const rows = await db().$queryRaw<{ state: StatementState }[]>(
    sql`SELECT state FROM statement WHERE id = ${id}::uuid`,
  );
  return rows[0]?.state ?? null;
}

/** How many statements of a month are approved or further. */
export async function approvedOrLater(month: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>(sql`
    SELECT count(*)::int AS count FROM statement s JOIN statement_period p ON p.id = s.period_id
    WHERE p.month = ${month} AND s.state IN ('approved', 'published', 'paid')`);
  return oneRow(rows).count;
}

export async function runState(runId: string): Promise<{ state: RunProgress['state']; month: string } | null> {
  const rows = await db().$queryRaw<{ state: RunProgress['state']; month: string }[]>(sql`
    SELECT r.state, p.month FROM statement_run r JOIN statement_period p ON p.id = r.period_id WHERE r.id = ${runId}::uuid`);
  return rows[0] ?? null;
}

export async function doctorExists(code: string): Promise<boolean> {
  return (await db().doctor.count({ where: { code } })) > 0;
}
