import { beforeEach, expect, it } from 'vitest';
import { backgroundServer } from '@/server/integrations/background/port';
import { claimForReplay } from '@/server/modules/core/operations/repository';
import { cancelRuns } from '@/server/modules/core/operations/use-cases/cancel-runs';
import { systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsOf, rowsPastGuards, withDatabase } from './database';

withDatabase();
const actor = systemActor('test');

const run = (id: string, state: string, replayed = 'NULL') =>
  rowsPastGuards(`INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, state, state_at, attempts, started_at, last_seen_at, ended_at, replay_of, replayed_at)
    VALUES ('${id}', 'order', '{}', '{}', '${state}', now(), 1, now(), now(), ${['running', 'paused'].includes(state) ? 'NULL' : 'now()'}, '{}', ${replayed})`);
beforeEach(async () => void (await rowsOf('DELETE FROM background_run')));

it('a run is taken for a repetition once, and not before it has ended', async () => {
  await run('failed', 'failed');
  await run('repeated', 'failed', 'now()');
  await run('running', 'running');
  await run('other', 'failed');
  const claim = () => inTransaction((tx) => claimForReplay(tx, ['failed', 'repeated', 'running']));
  expect([...(await claim())]).toEqual(['failed']);
  expect([...(await claim())]).toEqual([]);
  expect(await rowsOf(`SELECT run_id AS id FROM background_run WHERE replayed_at IS NULL ORDER BY 1`)).toEqual([
    { id: 'other' },
    { id: 'running' },
  ]);
});

it('a run that ended by itself before it was cancelled is settled as what it is, and counted as left', async () => {
  const endedAt = new Date('2026-11-01T00:00:00Z');
  backgroundServer.bind({
    findRun: async (id: string) => ({ status: id === 'done' ? 'Completed' : 'Cancelled', endedAt }),
    cancelRun: async () => {},
  } as never);
  for (const id of ['done', 'open']) await run(id, 'running');
  await run('failed', 'failed');
  expect(await cancelRuns({ actor, runIds: ['done', 'open', 'open', 'failed', 'none'], reason: 'không cần' })).toEqual({
    done: 1,
    left: 3,
  });
  expect(await rowsOf('SELECT run_id AS id, state FROM background_run ORDER BY 1')).toEqual([
    { id: 'done', state: 'completed' },
    { id: 'failed', state: 'failed' },
    { id: 'open', state: 'cancelled' },
  ]);
  expect(await rowsOf(`SELECT entity_id AS id, detail FROM audit_entry WHERE action = 'run.cancelled'`)).toEqual([
    { id: 'open', detail: { functionId: 'order', reason: 'không cần' } },
  ]);
});
