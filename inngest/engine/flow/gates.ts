import type { KnownFunction } from '../catalog/catalog';
import { parseDuration } from '../protocol/durations';
import { keyOf, limitingKey } from '../protocol/expressions';
import type { Queryable } from '../store/database';
import type { RoutedEvent } from './routed-event';

const DAY_MS = 86_400_000;

/**
 * Whether a rate limit lets this event through. It spaces starts out by period / limit; a tenth of the limit may come in a
 * burst. `idempotency` is the same with one start a day for each key, and takes the place of `rateLimit`. An event without the
 * key, or with one that is `false` or fails, is not limited.
 */
export async function passesRateLimit(tx: Queryable, fn: KnownFunction, event: RoutedEvent): Promise<boolean> {
  const { idempotency, rateLimit } = fn.config;
  const limit = idempotency ? 1 : rateLimit?.limit;
  if (!limit) return true;
  const expression = idempotency ?? rateLimit?.key;
  const key = expression ? limitingKey(expression, { event: event.payload }) : '';
  if (key === undefined) return true;
  const periodMs = idempotency ? DAY_MS : (parseDuration(rateLimit?.period ?? '') ?? 0);
  const rows = await tx.query<{ allowed: boolean }>(
    `SELECT allow_start($1, $2 * interval '1 millisecond', $3) AS allowed`,
    [`rate:${fn.id}:${key}`, periodMs / limit, 1 + Math.floor(limit / 10)],
  );
  return rows[0]?.allowed ?? false;
}

/** Postpones the start: the last event of a quiet period wins, by its own time, then by its arrival; an older one changes nothing. */
export async function debounce(tx: Queryable, fn: KnownFunction, event: RoutedEvent): Promise<void> {
  const rule = fn.config.debounce;
  if (!rule) return;
  const period = parseDuration(rule.period) ?? 0;
  const longest = rule.timeout ? (parseDuration(rule.timeout) ?? null) : null;
  const key = rule.key ? keyOf(rule.key, { event: event.payload }) : '';
  await tx.query(
    `INSERT INTO debounces AS d (key, function_id, event_id, event_ts, event_seq, fire_at, deadline)
     VALUES ($1, $2, $3, $6, $7, clock_timestamp() + $4 * interval '1 millisecond', clock_timestamp() + $5 * interval '1 millisecond')
     ON CONFLICT (key) DO UPDATE SET event_id = EXCLUDED.event_id, event_ts = EXCLUDED.event_ts, event_seq = EXCLUDED.event_seq,
       fire_at = least(EXCLUDED.fire_at, coalesce(d.deadline, EXCLUDED.fire_at))
     WHERE (d.event_ts, d.event_seq) < (EXCLUDED.event_ts, EXCLUDED.event_seq)`,
    [`${fn.id}:${key}`, fn.id, event.id, period, longest, event.payload.ts, event.seq],
  );
}

/**
 * The key under which only one run may live; false when another lives and the newcomer must go. In mode `cancel` the
 * other one goes. A key that is missing, `false` or fails makes no singleton.
 */
export async function singletonKey(
  tx: Queryable,
  fn: KnownFunction,
  event: RoutedEvent,
  runId: string,
): Promise<string | undefined | false> {
  const rule = fn.config.singleton;
  if (!rule) return undefined;
  const value = rule.key ? limitingKey(rule.key, { event: event.payload }) : '';
  if (value === undefined) return undefined;
  const key = `${fn.id}:${value}`;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`singleton ${key}`]);
  const holders = await tx.query<{ run_id: string }>('SELECT run_id FROM singletons WHERE key = $1', [key]);
  const holder = holders[0]?.run_id;
  if (holder && rule.mode !== 'cancel') return false;
  if (holder) await tx.query(`SELECT finish_run($1, 'Cancelled', NULL)`, [holder]);
  await tx.query(
    'INSERT INTO singletons (key, run_id) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET run_id = EXCLUDED.run_id',
    [key, runId],
  );
  return key;
}

/** What a singleton turned away may start later. */
export async function forgetEventId(tx: Queryable, functionId: string, key: string): Promise<void> {
  await tx.query('DELETE FROM idempotency WHERE function_id = $1 AND key = $2', [functionId, key]);
}

/** Of many (function, event id) pairs, those that did not start within the last 24 hours. */
export async function claimEventIds(tx: Queryable, pairs: { functionId: string; key: string }[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const rows = await tx.query<{ function_id: string; key: string }>(
    `INSERT INTO idempotency AS i (function_id, key, expires_at)
     SELECT DISTINCT f, k, now() + interval '24 hours' FROM unnest($1::uuid[], $2::text[]) AS x(f, k) ORDER BY 1, 2
     ON CONFLICT (function_id, key) DO UPDATE SET expires_at = EXCLUDED.expires_at WHERE i.expires_at < now()
     RETURNING function_id, key`,
    [pairs.map((pair) => pair.functionId), pairs.map((pair) => pair.key)],
  );
  return new Set(rows.map((row) => `${row.function_id} ${row.key}`));
}
