import { beforeEach, expect, it } from 'vitest';
import { reportOnce } from '@/server/modules/core/operations/public/report-once';
import { isReported } from '@/server/modules/core/operations/repository';
import { reportFailures } from '@/server/modules/core/operations/use-cases/report-failures';
import { oneRow } from '@/server/platform/db/one-row';
import { rowsOf, rowsPastGuards, withDatabase } from './database';

withDatabase();

const failures = async () =>
  (await rowsOf<{ state: string; code: string | null }>(`SELECT state, failure ->> 'code' AS code FROM upload`)).map(
    ({ state, code }) => `${state} ${code}`,
  );

/** An upload that is being written by its state, and the failed run that was writing it. */
async function stuck(run: string, more: { endedMinutesAgo?: number; columns?: Record<string, string> } = {}) {
  const { id } = oneRow(
    await rowsPastGuards<{ id: string }>(`
      INSERT INTO upload (kind, file_name, storage_key, bytes, sha256, state, committed_at)
      VALUES ('orders', '${run}.csv', '${run}', 1, repeat('0', 64), 'committing', now()) RETURNING id`),
  );
  const event = oneRow(
    await rowsPastGuards<{ id: string }>(`
      INSERT INTO outbox_event (name, data, published_at)
      VALUES ('order-upload/committed', '{"uploadId": "${id}", "tier": "standard"}', now()) RETURNING id`),
  );
  const columns = { replayed_at: 'NULL', resolved_at: 'NULL', reported_at: 'NULL', ...more.columns };
  await rowsPastGuards(`
    INSERT INTO background_run (run_id, function_id, event_name, event_ids, subject_ids, state, state_at, error_code, attempts, started_at,
      last_seen_at, ended_at, replay_of, ${Object.keys(columns).join(', ')})
    VALUES ('${run}', 'orders-bulk-upload', 'order-upload/committed', '{${event.id}}', '{${id}}', 'failed', now(), 'database_unavailable', 5,
      now() - interval '1 hour', now(), now() - interval '${more.endedMinutesAgo ?? 6} minutes', '{}', ${Object.values(columns).join(', ')})`);
}

beforeEach(async () => void (await rowsPastGuards('DELETE FROM background_run; DELETE FROM upload')));

it('an upload whose run failed, and whose failure could not be reported either, is not “being written” for ever', async () => {
  await stuck('abandoned');
  expect(await isReported('abandoned')).toBe(false);
  expect(await reportFailures()).toBe(1);
  expect(await failures()).toEqual(['failed database_unavailable']);
  expect(await isReported('abandoned')).toBe(true);
  expect(await reportFailures()).toBe(0);
});

it.each([
  ['has just ended, and may report itself', { endedMinutesAgo: 4 }],
  ['ended days ago', { endedMinutesAgo: 1_441 }],
  ['was reported', { columns: { reported_at: 'now()' } }],
  ['is being repeated', { columns: { replayed_at: 'now()' } }],
  ['was settled in another way', { columns: { resolved_at: 'now()' } }],
])('a failed run that %s is left alone', async (_, more) => {
  await stuck('other', more);
  expect(await reportFailures()).toBe(0);
  expect(await failures()).toEqual(['committing null']);
});

it('one whose event nobody can read any more keeps no other waiting, and is not looked at for ever', async () => {
  await stuck('unreadable', { endedMinutesAgo: 7 });
  await rowsPastGuards(`UPDATE outbox_event SET data = '{"uploadId": "no id"}'`);
  await stuck('second');
  expect(await reportFailures()).toBe(2);
  expect((await failures()).sort()).toEqual(['committing null', 'failed database_unavailable']);
  expect(await reportFailures()).toBe(0);
});

it('what was reported is not reported again by a late run: its subject may have been resumed', async () => {
  await stuck('late');
  const reports: string[] = [];
  const report = async () => void reports.push('late');
  await reportOnce('late', report);
  await reportOnce('late', report);
  expect(reports).toEqual(['late']);
});
