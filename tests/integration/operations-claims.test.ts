import { beforeEach, describe, expect, it } from 'vitest';
import * as records from '@/server/modules/core/operations/repository';
import { inTransaction } from '@/server/platform/db';
import { ago, emptyAll, put } from './bare-rows';
import { rowsOf, withDatabase } from './database';

withDatabase();
beforeEach(emptyAll);

const run = (run_id: string, state: string, more: object = {}) => ({ run_id, state, ...more });
const runs = (...all: object[]) => put('background_run', ...(all as Record<string, unknown>[]));
const runIds = async (where: string) =>
  (await rowsOf<{ id: string }>(`SELECT run_id AS id FROM background_run WHERE ${where} ORDER BY 1`)).map(
    ({ id }) => id,
  );

describe('a run with its events', () => {
  it('has them in the order in which they came to it, and says how many are gone', async () => {
    const [first, second, gone] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()].sort();
    await put(
      'outbox_event',
      { id: first, name: 'a/b', data: { n: 1 } },
      { id: second, name: 'a/c', data: { n: 2 } },
      { name: 'x/y' },
    );
    const began = { event_name: 'a/b', started_at: ago(5) };
    await runs(
      run('R2', 'running', { ...began, event_ids: [first] }),
      run('R1', 'failed', { ...began, event_ids: [second, first, gone, 'no-uuid'], replayed_at: ago(3) }),
      run('R3', 'running', { event_ids: [], started_at: ago(7) }),
      run('other', 'failed', { event_name: 'a/b', event_ids: [first] }),
    );
    const events = [
      { id: second, name: 'a/c', data: { n: 2 } },
      { id: first, name: 'a/b', data: { n: 1 } },
    ];
    expect(await records.runsWithEvents(['R2', 'R3', 'R1', 'none'])).toEqual([
      { runId: 'R3', functionId: 'order', state: 'running', eventName: null, replayedAt: null, events: [], gone: 0 },
      {
        runId: 'R1',
        functionId: 'order',
        state: 'failed',
        eventName: 'a/b',
        replayedAt: expect.any(Date),
        events,
        gone: 2,
      },
      {
        runId: 'R2',
        functionId: 'order',
        state: 'running',
        eventName: 'a/b',
        replayedAt: null,
        events: [events[1]],
        gone: 0,
      },
    ]);
    await runs(run('bare', 'failed', { event_name: 'a/b', event_ids: [gone] }));
    expect(await records.runsWithEvents(['bare'])).toMatchObject([{ events: [], gone: 1 }]);
  });
});

it('runs that completed are taken ten minutes later, the newest first, of some hours or of all', async () => {
  const facts = { event_name: 'a/b', started_at: ago(20), ended_at: ago(10.5) };
  const done = (name: string, more: object = {}) => run(name, 'completed', { ...facts, ...more });
  await runs(
    done('a', { started_at: ago(70) }),
    done('c'),
    done('b'),
    done('lately', { ended_at: ago(9.5) }),
    done('of the clock', { event_name: null }),
    done('failed', { state: 'failed' }),
  );
  const found = async (hours: number | null, limit = 9) =>
    (await records.completedRuns(hours, limit)).map(({ runId }) => runId);
  expect(await found(null)).toEqual(['c', 'b', 'a']);
  expect(await found(1)).toEqual(['c', 'b']);
  expect(await found(null, 1)).toEqual(['c']);
  const [first] = await records.completedRuns(1, 1);
  expect(Math.round((Date.now() - (first?.endedAt.getTime() ?? 0)) / 30_000)).toBe(21);
});

it('failures of one cause that stand open are taken by their age, and counted', async () => {
  const facts = { error_code: 'no_answer', started_at: ago(9) };
  const failed = (name: string, more: object = {}) => run(name, 'failed', { ...facts, ...more });
  await runs(
    failed('b'),
    failed('a'),
    failed('z', { started_at: ago(20), event_name: 'a/b', event_ids: [crypto.randomUUID()] }),
    failed('replayed', { replayed_at: ago(1) }),
    failed('resolved', { resolved_at: ago(1) }),
    failed('of another function', { function_id: 'pos-order' }),
    failed('of another cause', { error_code: 'internal' }),
    failed('unnamed', { error_code: null }),
    run('running', 'running', { error_code: 'no_answer' }),
  );
  const found = async (cause: string, limit = 9) =>
    (await records.unresolvedRuns('order', cause, limit)).map(({ runId, gone }) => `${runId} ${gone}`);
  expect(await found('no_answer')).toEqual(['z 1', 'a 0', 'b 0']);
  expect(await found('no_answer', 2)).toEqual(['z 1', 'a 0']);
  expect(await found('unknown')).toEqual(['unnamed 0']);
  const counts = ['no_answer', 'unknown', 'internal', 'none'].map((cause) => records.countUnresolved('order', cause));
  expect(await Promise.all(counts)).toEqual([3, 1, 1, 0]);
});

describe('an open run that is settled', () => {
  type End = Parameters<typeof records.settleRun>[2];
  const settle = (id: string, end: End) => inTransaction((tx) => records.settleRun(tx, id, end));
  const states = () =>
    rowsOf(
      `SELECT run_id AS id, state, error_code AS error, ended_at AS ended, state_at > now() - interval '10 seconds' AS now FROM background_run ORDER BY 1`,
    );

  it('ends as it was said, once; an error that is known stays, and one that completed has none', async () => {
    const endedAt = new Date('2026-11-01T00:00:00Z');
    await runs(
      run('completed', 'running', { error_code: 'x' }),
      run('failed', 'retrying', { error_code: 'known' }),
      run('cancelled', 'paused'),
      run('ended', 'failed', { ended_at: endedAt, error_code: 'known' }),
      run('other', 'running'),
    );
    expect(await settle('completed', { state: 'completed', errorCode: null, endedAt })).toBe(true);
    expect(await settle('failed', { state: 'failed', errorCode: 'said', endedAt })).toBe(true);
    expect(await settle('cancelled', { state: 'failed', errorCode: 'said', endedAt: null })).toBe(true);
    expect(await settle('ended', { state: 'completed', errorCode: null, endedAt: null })).toBe(false);
    expect(await settle('none', { state: 'completed', errorCode: null, endedAt: null })).toBe(false);
    expect(await states()).toEqual([
      { id: 'cancelled', state: 'failed', error: 'said', ended: expect.any(Date), now: true },
      { id: 'completed', state: 'completed', error: null, ended: endedAt, now: true },
      { id: 'ended', state: 'failed', error: 'known', ended: endedAt, now: false },
      { id: 'failed', state: 'failed', error: 'known', ended: endedAt, now: true },
      { id: 'other', state: 'running', error: null, ended: null, now: false },
    ]);
    expect(await runIds(`run_id = 'cancelled' AND ended_at > now() - interval '10 seconds'`)).toEqual(['cancelled']);
  });
});

it('runs that fell silent are asked about after a minute, each again after five, those first that never were', async () => {
  const silent = (name: string, state: string, more: object = {}) =>
    run(name, state, { last_seen_at: ago(1.5), ...more });
  await runs(
    silent('b', 'running', { last_seen_at: ago(2) }),
    silent('a', 'retrying'),
    silent('c', 'paused', { asked_at: ago(5.5) }),
    silent('heard', 'running', { last_seen_at: ago(0.8) }),
    silent('asked', 'running', { asked_at: ago(4.5) }),
    silent('ended', 'failed'),
  );
  expect((await records.claimSilentRuns(1)).map(({ runId }) => runId)).toEqual(['a']);
  const next = await records.claimSilentRuns(1);
  expect(next.map(({ runId }) => runId)).toEqual(['b']);
  expect(next[0]?.silentSeconds).toBeGreaterThan(115);
  expect(next[0]?.silentSeconds).toBeLessThan(150);
  expect((await records.claimSilentRuns(9)).map(({ runId }) => runId)).toEqual(['c']);
  expect(await records.claimSilentRuns(9)).toEqual([]);
  expect(await runIds(`asked_at > now() - interval '10 seconds'`)).toEqual(['a', 'b', 'c']);
});

it('failures that stand open are looked at in turn, and closed alone', async () => {
  await runs(
    run('b', 'failed'),
    run('a', 'failed'),
    run('c', 'failed', { asked_at: ago(9) }),
    run('replayed', 'failed', { replayed_at: ago(1) }),
    run('resolved', 'failed', { resolved_at: ago(1) }),
    run('done', 'completed'),
  );
  const turns = [];
  for (let n = 0; n < 4; n += 1) turns.push(...(await records.claimUnresolved(1)));
  expect(turns).toEqual(['a', 'b', 'c', 'a']);
  expect((await records.claimUnresolved(9)).sort()).toEqual(['a', 'b', 'c']);
  await records.markResolved(['a', 'done']);
  expect(await runIds('resolved_at IS NOT NULL')).toEqual(['a', 'resolved']);
  expect((await records.claimUnresolved(9)).sort()).toEqual(['b', 'c']);
});
