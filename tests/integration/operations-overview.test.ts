import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePorts } from '@/server/composition';
import { backgroundServer } from '@/server/integrations/background/port';
import { recordRun } from '@/server/modules/core/operations/public/record-run';
import type { RunNote, StepNote } from '@/server/modules/core/operations/rules';
import { showOperations } from '@/server/modules/core/operations/use-cases/show-operations';
import { showRun } from '@/server/modules/core/operations/use-cases/show-run';
import { put } from './bare-rows';
import { ownerPool, rowsOf, rowsPastGuards, withDatabase } from './database';
import { asked, bindAnswers, effects, endedAt, event, run, runs } from './operations-answers';
import { countOf, makeStaff, oneOf } from './till-fixture';

withDatabase();
bindAnswers();
beforeEach(() => rowsPastGuards('DELETE FROM function_pace; DELETE FROM instance_fact; DELETE FROM background_step'));
afterEach(() => vi.useRealTimers());
afterAll(composePorts);

describe('the overview', () => {
  it('shows each function with its queue, its runs, its pace and its pause, and what the server says of itself', async () => {
    const { id: by } = await makeStaff('administrator', null);
    const queue = { functionId: 'order', queued: 600, oldestAt: endedAt };
    const said = {
      quarantined: [{ eventId: 'e', name: 'a/b', problem: 'no function' }],
      apps: [{ url: 'http://x', problem: null, syncedAt: endedAt }],
    };
    const server = { findRun: async () => null, cancelRun: async () => {} };
    backgroundServer.bind({ ...server, readQueue: async () => ({ functions: [queue], ...said }) });
    const states = ['running', 'running', 'retrying', 'paused', 'paused', 'paused', 'failed'];
    await runs(...states.map((state, n) => run(`R${n}`, state, { error_code: 'x' })));
    await rowsOf(`
      INSERT INTO function_pace (function_id, minute, completed) VALUES ('order', now() - interval '1 minute', 100), ('order', now() - interval '9 minutes', 7);
      INSERT INTO function_pause (function_id, paused_at, paused_by, reason) VALUES ('pos-order', '2026-11-01T00:00Z', '${by}', 'bận');
      INSERT INTO instance_fact (key, value, at) VALUES ('relay', '{}', '2026-11-01T00:00Z')`);
    const { causes, failures, lanes, ...overview } = await showOperations();
    expect([causes, failures.map(({ functionId, runs: count }) => [functionId, count])]).toEqual([[], [['order', 1]]]);
    expect(lanes.map(({ tier }) => tier).sort()).toEqual(['standard', 'svip1', 'svip2', 'vip1']);
    expect(overview).toEqual({
      ...{ server: { reachable: true, ...said }, relaySeenAt: endedAt, unreadProxy: false, currency: 'VND' },
      functions: [
        {
          ...{ functionId: 'order', paused: null, queued: 600, oldestQueuedAt: endedAt, drainSeconds: 1_800 },
          ...{ running: 2, retrying: 1, pausedRuns: 3, failed: 1, completedLastHour: 107 },
        },
        {
          ...{ functionId: 'pos-order', paused: { since: endedAt, by: 'Người dùng', reason: 'bận' }, queued: 0 },
          ...{ oldestQueuedAt: null, running: 0, retrying: 0, pausedRuns: 0, failed: 0, completedLastHour: 0 },
          drainSeconds: null,
        },
      ],
    });
    backgroundServer.bind({ ...server, readQueue: async () => 'unreported' });
    const unreported = await showOperations();
    expect(unreported.server).toEqual({ reachable: true, quarantined: null, apps: null });
    expect(unreported.functions.map(({ queued, drainSeconds }) => [queued, drainSeconds])).toEqual([
      [null, null],
      [null, null],
    ]);
    backgroundServer.bind({ ...server, readQueue: () => Promise.reject(new Error('gone')) });
    expect((await showOperations()).server).toEqual({ reachable: false, quarantined: null, apps: null });
  });

  it('shares one look at the failures for two seconds, or for twenty times as long as it took', async () => {
    const BEGIN = new Date('2097-01-01T00:00:00Z').getTime();
    let failed = 0;
    /** How many failures are shown at a moment; one more has happened since the last time. */
    const shown = async (at: number, ms = 0) => {
      vi.useFakeTimers({ toFake: ['Date'], now: BEGIN + at });
      await runs(run(`R${failed}`, 'failed', { error_code: `cause ${failed}` }));
      failed += 1;
      const overview = showOperations();
      vi.setSystemTime(BEGIN + at + ms);
      return (await overview).failures.length;
    };
    expect(await shown(0)).toBe(1);
    expect(await shown(1_999)).toBe(1);
    expect(await shown(2_000, 1_000)).toBe(3);
    expect(await shown(22_999)).toBe(3);
    expect(await shown(23_000)).toBe(5);
  });
});

describe('a run', () => {
  it('is shown with its steps, its effects, whom it reaches and what the server says of it', async () => {
    const about = { event_ids: [await event(effects(['ledger', 'revenue-order:1', 2]))], attempts: 2, error_code: 'x' };
    await runs(
      run('R1', 'failed', about),
      run('R2', 'running'),
      run('R3', 'retrying', { event_ids: [], event_name: null }),
    );
    await put('background_step', {
      ...{ run_id: 'R1', step_id: 's', name: 'send', state: 'failed', attempts: 2, error_code: 'x' },
      ...{ started_at: endedAt, last_seen_at: endedAt, ended_at: endedAt },
    });
    asked.answers = { R1: { status: 'Failed', endedAt } };
    expect(await showRun({ runId: 'R1' })).toMatchObject({
      ...{ runId: 'R1', functionId: 'order', state: 'failed', errorCode: 'x', attempts: 2, patients: 0, money: null },
      ...{ currency: 'VND', serverStatus: 'Failed', canCancel: false, canReplay: true },
      steps: [{ stepId: 's', name: 'send', state: 'failed', attempts: 2, startedAt: endedAt, endedAt, errorCode: 'x' }],
      effects: [{ kind: 'ledger', key: 'revenue-order:1', doneAt: null, done: 0, coming: 2 }],
    });
    const open = { serverStatus: null, effects: [], steps: [], canCancel: true };
    expect(await showRun({ runId: 'R2' })).toMatchObject({ ...open, canReplay: false });
    expect(await showRun({ runId: 'R3' })).toMatchObject({ ...open, canReplay: true });
    await expect(showRun({ runId: 'none' })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('what runs say while the database is held up', () => {
  const note = (runId: string, state: RunNote['state'] = 'running', seconds = 0): RunNote => ({
    ...{ runId, functionId: 'order', eventName: null, eventIds: [], subjectKind: null, subjectIds: [], tier: null },
    ...{ replayOf: [], state, stateAt: new Date(endedAt.getTime() + seconds * 1_000), errorCode: null, attempts: 1 },
    ...{ startedAt: endedAt, lastSeenAt: endedAt },
  });
  const step = (runId: string, stepId: string, state: StepNote['state'] = 'running'): StepNote => ({
    ...{
      runId,
      stepId,
      name: 'send',
      state,
      attempts: 1,
      startedAt: endedAt,
      lastSeenAt: endedAt,
      endedAt: null,
      errorCode: null,
    },
  });
  const written = (where: string) =>
    vi.waitFor(async () => expect(await countOf(where)).toBeGreaterThan(0), { timeout: 20_000 });

  it('is written together a little later, each run and step once, as what they said last', async () => {
    await recordRun({ run: note('R1'), step: step('R1', 'a'), waits: false });
    await recordRun({ run: note('R1', 'completed', 1), step: step('R1', 'a', 'completed'), waits: false });
    await recordRun({ run: note('R2'), step: step('R2', 'a'), waits: false });
    await recordRun({ run: note('R2'), step: step('R2', 'b'), waits: false });
    await written('background_run');
    expect(await rowsOf('SELECT run_id, state FROM background_run ORDER BY 1')).toEqual([
      { run_id: 'R1', state: 'completed' },
      { run_id: 'R2', state: 'running' },
    ]);
    expect(await rowsOf('SELECT run_id, step_id, state FROM background_step ORDER BY 1, 2')).toEqual([
      { run_id: 'R1', step_id: 'a', state: 'completed' },
      { run_id: 'R2', step_id: 'a', state: 'running' },
      { run_id: 'R2', step_id: 'b', state: 'running' },
    ]);
    // What comes later is written by itself.
    await recordRun({ run: note('R3'), waits: false });
    await written(`background_run WHERE run_id = 'R3'`);
  });

  it('holds up no run, and is remembered of five thousand runs at most', async () => {
    const holder = await ownerPool().connect();
    await holder.query('BEGIN; LOCK TABLE background_run');
    await recordRun({ run: note('first'), waits: true });
    expect(await oneOf(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`)).toEqual({ n: 1 });
    for (let n = 0; n <= 5_000; n += 1) await recordRun({ run: note(`R${n}`), waits: false });
    await recordRun({ run: note('R0', 'completed', 1), waits: false });
    await holder.query('COMMIT');
    holder.release();
    await written(`background_run WHERE run_id = 'R4999'`);
    expect(await countOf('background_run')).toBe(5_001);
    expect(await rowsOf(`SELECT state FROM background_run WHERE run_id = 'R0'`)).toEqual([{ state: 'completed' }]);
    expect(await countOf(`background_run WHERE run_id = 'R5000'`)).toBe(0);
  });
});
