import type { Catalog } from '../catalog/catalog';
import { nextTick } from '../catalog/cron-plan';
import type { Trigger } from '../protocol/function-config';
import { newId } from '../protocol/ids';
import { acceptEvents } from '../queue/inbox';
import type { Database, Queryable } from '../store/database';

interface DueCron {
  function_id: string;
  expression: string;
  tick_at: Date;
  fire_at: Date;
}

/** A moment as ticks are named: without fractions of a second. */
function named(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Notes that a tick starts its function, once: the moment is the key, as on the official server. Of two crons of a function that
 * meet in a minute, and of two engines that look at once, the first one starts it.
 */
async function isFirstOfTick(tx: Queryable, functionId: string, tick: string): Promise<boolean> {
  const rows = await tx.query<{ key: string }>(
    `INSERT INTO idempotency (function_id, key, expires_at) VALUES ($1, $2, now() + interval '24 hours')
     ON CONFLICT DO NOTHING RETURNING key`,
    [functionId, `cron ${tick}`],
  );
  return rows.length > 0;
}

async function planNext(tx: Queryable, cron: DueCron, trigger: Trigger): Promise<void> {
  const next = nextTick(trigger, new Date(), cron.function_id);
  const place = [cron.function_id, cron.expression];
  if (!next) await tx.query('DELETE FROM crons WHERE function_id = $1 AND expression = $2', place);
  else
    await tx.query('UPDATE crons SET tick_at = $3, fire_at = $4 WHERE function_id = $1 AND expression = $2', [
      ...place,
      next.tickAt,
      next.fireAt,
    ]);
}

async function startTick(tx: Queryable, cron: DueCron): Promise<void> {
  const id = named(cron.tick_at);
  if (!(await isFirstOfTick(tx, cron.function_id, id))) return;
  const data = { cron: cron.expression, fireAt: named(cron.fire_at), scheduledAt: id };
  const payload = { id, name: 'inngest/scheduled.timer', data, user: {}, ts: cron.fire_at.getTime() };
  await acceptEvents(tx, [{ id: newId(), payload, functionId: cron.function_id }]);
}

/**
 * Fires the ticks that are due and plans the next ones. Ticks missed while no engine ran, or while the app did not name the
 * function, collapse into one: the oldest missed tick fires once, at once, and the plan goes on from now.
 */
export async function fireCrons(db: Database, catalog: Catalog, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    // A tick of a function that this process does not know yet, or no more, is left to the next sync.
    const due = await tx.query<DueCron>(
      `SELECT function_id, expression, tick_at, fire_at FROM crons
       WHERE fire_at <= clock_timestamp() AND function_id = ANY ($2)
       ORDER BY fire_at, function_id, expression LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit, catalog.ids()],
    );
    let fired = 0;
    for (const cron of due) {
      const trigger = catalog.get(cron.function_id)?.config.triggers.find((one) => one.cron === cron.expression);
      if (!trigger) continue;
      fired++;
      await planNext(tx, cron, trigger);
      await startTick(tx, cron);
    }
    return fired;
  });
}
