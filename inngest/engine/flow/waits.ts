import { matches } from '../protocol/expressions';
import { indexable } from '../protocol/indexable';
import { leavesOf } from '../protocol/member-paths';
import type { Queryable } from '../store/database';
import type { RoutedEvent } from './routed-event';

interface WaitRow {
  run_id: string;
  step_id: string;
  kind: 'event' | 'cancel';
  expression: string | null;
  trigger: unknown;
}

/** Waiting steps and cancel rules that this event may concern. Most are found by the value they insist on. */
async function candidates(tx: Queryable, event: RoutedEvent): Promise<WaitRow[]> {
  const leaves = leavesOf(event.payload);
  return tx.query<WaitRow>(
    `SELECT w.run_id, w.step_id, w.kind, w.expression, e.payload AS trigger
     FROM waits w JOIN runs r ON r.id = w.run_id LEFT JOIN events e ON e.id = r.event_id
     WHERE w.subject = $1 AND w.kind <> 'signal' AND ($2::text[] IS NULL OR w.match = ANY ($2))
       AND (w.expires_at IS NULL OR w.expires_at > now()) ORDER BY w.id`,
    [indexable(event.payload.name), leaves ? ['', ...leaves] : null],
  );
}

/** Names that somebody waits for, out of a set: spares the search for all the others. */
async function awaitedNames(tx: Queryable, names: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ subject: string }>(
    `SELECT n AS subject FROM unnest($1::text[]) AS n WHERE EXISTS (SELECT 1 FROM waits WHERE subject = n AND kind <> 'signal')`,
    [names],
  );
  return new Set(rows.map((row) => row.subject));
}

/** Resumes the steps that waited for these events and cancels the runs whose rules they meet. */
export async function resumeWaiters(tx: Queryable, events: RoutedEvent[]): Promise<void> {
  const open = events.filter((event) => event.functionId === null);
  if (open.length === 0) return;
  const awaited = await awaitedNames(tx, [...new Set(open.map((event) => indexable(event.payload.name)))]);
  for (const event of open) {
    if (!awaited.has(indexable(event.payload.name))) continue;
    for (const wait of await candidates(tx, event)) {
      if (!matches(wait.expression, { event: wait.trigger, async: event.payload })) continue;
      if (wait.kind === 'cancel') {
        await tx.query(`SELECT finish_run($1, 'Cancelled', NULL)`, [wait.run_id]);
      } else {
        await tx.query('SELECT complete_step($1, $2, $3)', [wait.run_id, wait.step_id, JSON.stringify(event.payload)]);
      }
    }
  }
}
