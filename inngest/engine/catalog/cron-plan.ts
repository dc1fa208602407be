import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { parseDuration } from '../protocol/durations';
import { type FunctionConfig, parseCron, type Trigger } from '../protocol/function-config';
import type { Queryable } from '../store/database';

/**
 * How late a tick fires: the same for everybody who asks, so that a trigger whose jitter was changed or taken away is planned
 * again from what it says now. From nothing up to what was asked for.
 */
function jitterMs(trigger: Trigger, seed: string): number {
  const longest = parseDuration(trigger.jitter ?? '') ?? 0;
  const drawn = createHash('sha256').update(seed).digest().readUInt32BE(0) / 2 ** 32;
  return Math.round(drawn * longest);
}

/** When a tick fires. */
function fireTime(trigger: Trigger, tickAt: Date, functionId: string): Date {
  return new Date(tickAt.getTime() + jitterMs(trigger, `${functionId} ${trigger.cron} ${tickAt.toISOString()}`));
}

/** The next tick after a moment, and when to fire it: the jitter of the trigger later. Undefined when there is none. */
export function nextTick(trigger: Trigger, after: Date, functionId = ''): { tickAt: Date; fireAt: Date } | undefined {
  const { pattern, timezone } = parseCron(trigger.cron ?? '');
  const tickAt = new Cron(pattern, { timezone, paused: true }).nextRun(after);
  return tickAt ? { tickAt, fireAt: fireTime(trigger, tickAt, functionId) } : undefined;
}

interface Planned {
  expression: string;
  tick_at: Date;
}

async function planCron(tx: Queryable, functionId: string, trigger: Trigger, plannedAt: Date | undefined) {
  const next = plannedAt
    ? { tickAt: plannedAt, fireAt: fireTime(trigger, plannedAt, functionId) }
    : nextTick(trigger, new Date(), functionId);
  if (!next) return;
  await tx.query(
    `INSERT INTO crons (function_id, expression, tick_at, fire_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (function_id, expression) DO UPDATE SET fire_at = EXCLUDED.fire_at WHERE crons.tick_at = EXCLUDED.tick_at`,
    [functionId, trigger.cron, next.tickAt, next.fireAt],
  );
}

/** Writes down the next tick of each cron of a function. Ticks already planned stay; when they fire goes by the trigger as it is now. */
export async function planCrons(tx: Queryable, functionId: string, config: FunctionConfig): Promise<void> {
  const triggers = config.triggers.filter((trigger) => trigger.cron);
  await tx.query('DELETE FROM crons WHERE function_id = $1 AND NOT (expression = ANY ($2))', [
    functionId,
    triggers.map((trigger) => trigger.cron),
  ]);
  const planned = await tx.query<Planned>('SELECT expression, tick_at FROM crons WHERE function_id = $1', [functionId]);
  for (const trigger of triggers) {
    const before = planned.find(({ expression }) => expression === trigger.cron);
    await planCron(tx, functionId, trigger, before?.tick_at);
  }
}
