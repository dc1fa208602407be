import type { Catalog } from '../catalog/catalog';
import { nextTick } from '../catalog/cron-plan';
import { newId } from '../protocol/ids';
import { acceptEvents } from '../queue/inbox';
import type { Database } from '../store/database';

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
 * Fires the ticks that are due and plans the next ones. Ticks missed while no engine ran collapse into one: the oldest
 * missed tick fires once, at once, and the plan goes on from now.
 */
export async function fireCrons(db: Database, catalog: Catalog, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx.query<DueCron>(
      `SELECT function_id, expression, tick_at, fire_at FROM crons WHERE fire_at <= clock_timestamp()
       ORDER BY fire_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    let fired = 0;
    for (const cron of due) {
      // A tick of a function that this process does not know yet, or no more, is left to the next sync.
      const trigger = catalog.get(cron.function_id)?.config.triggers.find((one) => one.cron === cron.expression);
      if (!trigger) continue;
      fired++;
      const next = nextTick(trigger, new Date());
      if (next) {
        await tx.query('UPDATE crons SET tick_at = $3, fire_at = $4 WHERE function_id = $1 AND expression = $2', [
          cron.function_id,
          cron.expression,
          next.tickAt,
          next.fireAt,
        ]);
      } else {
        await tx.query('DELETE FROM crons WHERE function_id = $1 AND expression = $2', [
          cron.function_id,
          cron.expression,
        ]);
      }
      const id = named(cron.tick_at);
      const data = { cron: cron.expression, fireAt: named(cron.fire_at), scheduledAt: id };
      const payload = { id, name: 'inngest/scheduled.timer', data, user: {}, ts: cron.fire_at.getTime() };
      await acceptEvents(tx, [{ id: newId(), payload, functionId: cron.function_id }]);
    }
    return fired;
  });
}
