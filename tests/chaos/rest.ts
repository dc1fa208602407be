import { pause } from '../faults/deadlines';
import type { Instance } from './instance';

const LOOK_MS = 2_000;
const SAY_MS = 30_000;
/** Between two looks an event may be on its way. */
const QUIET_LOOKS = 4;

const OPEN = `SELECT what, count FROM (
  SELECT 'events' AS what, count(*)::int AS count FROM outbox_event WHERE published_at IS NULL
  UNION ALL SELECT 'uploads', count(*)::int FROM upload WHERE state IN ('checking', 'committing')
  UNION ALL SELECT 'months', count(*)::int FROM statement_run WHERE state IN ('requested', 'running')
  UNION ALL SELECT 'messages', count(*)::int FROM message WHERE state = 'queued'
) open WHERE count > 0`;

const ENGINE = `SELECT what, count FROM (
  SELECT 'accepted events' AS what, count(*)::int AS count FROM inngest_engine.inbox
  UNION ALL SELECT 'runs', count(*)::int FROM inngest_engine.runs WHERE ended_at IS NULL
) open WHERE count > 0`;

type Left = { what: string; count: number };

const look = async (instance: Instance): Promise<Left[]> => [
  ...(await instance.ask<Left>(OPEN)),
  ...(await instance.asSuperuser<Left>(ENGINE)),
];

const sumOf = (left: readonly Left[]) => left.reduce((sum, { count }) => sum + count, 0);

/** Waits until nothing is under way any more, for as long as it becomes something else; answers what is left when nothing moves. */
export async function comeToRest(instance: Instance, stillMs: number, say: (what: string) => void): Promise<Left[]> {
  let left: Left[] = [{ what: 'unknown', count: 1 }];
  let [movedAt, sayAt, before] = [Date.now(), Date.now() + SAY_MS, 0];
  for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() - movedAt < stillMs; ) {
    left = await look(instance).catch(() => [{ what: 'database away', count: 1 }]);
    quiet = left.length === 0 ? quiet + 1 : 0;
    if (sumOf(left) !== before) [movedAt, before] = [Date.now(), sumOf(left)];
    if (Date.now() > sayAt && left.length > 0) {
      say(`waiting for ${left.map(({ what, count }) => `${count} ${what}`).join(', ')}`);
      sayAt = Date.now() + SAY_MS;
    }
    await pause(LOOK_MS);
  }
  return left;
}
