import { expect, it } from 'vitest';
import { findCauses } from '@/server/modules/core/operations/queries';
import { pruneRecords } from '@/server/modules/core/operations/use-cases/prune-records';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { countOf } from './till-fixture';

withDatabase();

/** Runs named by a letter and a number; begun and ended so many days ago. */
const runs = (name: string, count: number, state: string, begun: number, ended: number | null, more = 'NULL, NULL') =>
  rowsPastGuards(`INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, state, state_at, attempts, started_at, last_seen_at, ended_at, replay_of, replayed_at, resolved_at)
    SELECT '${name}' || n, 'order', '{}', '{}', '${state}', now(), 1, now() - interval '${begun} days', now(), ${ended === null ? 'NULL' : `now() - interval '${ended} days'`}, '{}', ${more} FROM generate_series(1, ${count}) n`);

it('what is old goes in as many rounds as it takes, and what is young, open or wanted stays', async () => {
  await runs('old', 10_100, 'completed', 31, 31);
  await runs('cancelled', 1, 'cancelled', 31, 31);
  await runs('repeated', 1, 'failed', 31, 31, 'now(), NULL');
  await runs('settled', 1, 'failed', 31, 31, 'NULL, now()');
  await runs('young', 1, 'completed', 29, 29);
  await runs('long', 1, 'completed', 31, 29);
  await runs('open', 1, 'running', 31, null);
  await runs('failed', 1, 'failed', 31, 31);
  await rowsOf(
    `INSERT INTO function_pace (function_id, minute, completed) VALUES ('order', now() - interval '25 hours', 1), ('order', now() - interval '23 hours', 2)`,
  );
  await pruneRecords();
  const left = await rowsOf<{ id: string }>('SELECT run_id AS id FROM background_run ORDER BY 1');
  expect(left.map(({ id }) => id)).toEqual(['failed1', 'long1', 'open1', 'young1']);
  expect(await rowsOf('SELECT completed FROM function_pace')).toEqual([{ completed: 2 }]);
  expect(await countOf('background_run')).toBe(4);
});

it('where nothing is stuck, no cause is shown', async () => {
  expect(await findCauses()).toEqual([]);
});
