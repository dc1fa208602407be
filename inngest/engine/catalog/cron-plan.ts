import { Cron } from 'croner';
import { parseDuration } from '../protocol/durations';
import { type FunctionConfig, parseCron, type Trigger } from '../protocol/function-config';
import type { Queryable } from '../store/database';

/** The next tick after a moment, and when to fire it: the jitter of the trigger later. Undefined when there is none. */
export function nextTick(trigger: Trigger, after: Date): { tickAt: Date; fireAt: Date } | undefined {
  const { pattern, timezone } = parseCron(trigger.cron ?? '');
  const tickAt = new Cron(pattern, { timezone, paused: true }).nextRun(after);
  if (!tickAt) return undefined;
  const jitter = Math.random() * (parseDuration(trigger.jitter ?? '') ?? 0);
  return { tickAt, fireAt: new Date(tickAt.getTime() + jitter) };
}

/** Writes down the next tick of each cron of a function; ticks already planned stay as they are. */
export async function planCrons(tx: Queryable, functionId: string, config: FunctionConfig): Promise<void> {
  const triggers = config.triggers.filter((trigger) => trigger.cron);
  await tx.query('DELETE FROM crons WHERE function_id = $1 AND NOT (expression = ANY ($2))', [
    functionId,
    triggers.map((trigger) => trigger.cron),
  ]);
  for (const trigger of triggers) {
    const next = nextTick(trigger, new Date());
    if (!next) continue;
    await tx.query(
      'INSERT INTO crons (function_id, expression, tick_at, fire_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [functionId, trigger.cron, next.tickAt, next.fireAt],
    );
  }
}
