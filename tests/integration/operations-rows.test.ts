import { beforeEach, describe, expect, it } from 'vitest';
import { findCauses } from '@/server/modules/core/operations/queries';
import * as records from '@/server/modules/core/operations/repository';
import type { RunNote, StepNote } from '@/server/modules/core/operations/rules';
import { pruneRecords } from '@/server/modules/core/operations/use-cases/prune-records';
import { requireInstance } from '@/server/modules/core/operations/use-cases/require-instance';
import { inTransaction } from '@/server/platform/db';
import { ago, emptyAll, idOf, put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();
beforeEach(async () => {
  await emptyAll();
  await rowsPastGuards(
    'DELETE FROM function_pause; DELETE FROM function_pace; DELETE FROM instance_fact; DELETE FROM background_step',
  );
});

const run = (run_id: string, state: string, more: object = {}) => ({ run_id, state, ...more });
const runs = (...all: object[]) => put('background_run', ...(all as Record<string, unknown>[]));
const ids = async (table: string, id: string) =>
  (await rowsOf<{ id: string }>(`SELECT ${id} AS id FROM ${table} ORDER BY 1`)).map((row) => row.id);

it('an instance is there while its relay gave a sign of life in the last fifteen seconds', async () => {
  const missing = { kind: 'unavailable', code: 'not_running' };
  await rowsOf(`INSERT INTO instance_fact (key, value, at) VALUES ('other', '{}', now())`);
  expect(await records.secondsSinceRelay()).toBeNull();
  await expect(requireInstance()).rejects.toMatchObject(missing);
  await rowsOf(`INSERT INTO instance_fact (key, value, at) VALUES ('relay', '{}', now() - interval '13 seconds')`);
  expect(Math.floor((await records.secondsSinceRelay()) ?? 0)).toBe(13);
  await requireInstance();
  await rowsOf(`UPDATE instance_fact SET at = now() - interval '15.2 seconds' WHERE key = 'relay'`);
  await expect(requireInstance()).rejects.toMatchObject(missing);
});

describe('what runs say of themselves', () => {
  const note = (parts: Partial<RunNote> = {}): RunNote => ({
    ...{ runId: 'R1', functionId: 'order', eventName: 'order/created', eventIds: ['e1', 'e2'], subjectKind: 'order' },
    ...{ subjectIds: [], tier: 'vip1', replayOf: ['R0'], state: 'retrying', stateAt: ago(5), errorCode: 'lis_refused' },
    ...{ attempts: 2, startedAt: ago(6), lastSeenAt: ago(4) },
    ...parts,
  });
  const step = (parts: Partial<StepNote> = {}): StepNote => ({
    ...{ runId: 'R1', stepId: 's1', name: 'send', state: 'failed', attempts: 3 },
    ...{ startedAt: ago(6), lastSeenAt: ago(4), endedAt: ago(4), errorCode: 'lis_refused' },
    ...parts,
  });
  const kept = (id = 'R1') => oneOf<Record<string, unknown>>('SELECT * FROM background_run WHERE run_id = $1', [id]);

  it('is kept word for word, many runs and steps at once', async () => {
    const [first, second] = [
      note(),
      note({ runId: 'R2', functionId: 'pos-order', state: 'completed', errorCode: null, tier: null }),
    ];
    const steps = [step(), step({ stepId: 's2', state: 'running', endedAt: null, errorCode: null })];
    await records.saveNotes([second, first], steps);
    expect(await kept()).toEqual({
      ...{
        run_id: 'R1',
        function_id: 'order',
        event_name: 'order/created',
        event_ids: ['e1', 'e2'],
        subject_kind: 'order',
      },
      ...{
        subject_ids: [],
        tier: 'vip1',
        replay_of: ['R0'],
        state: 'retrying',
        state_at: first.stateAt,
        error_code: 'lis_refused',
      },
      ...{ attempts: 2, started_at: first.startedAt, last_seen_at: first.lastSeenAt, ended_at: null },
      ...{ asked_at: null, replayed_at: null, resolved_at: null, reported_at: null },
    });
    expect(await kept('R2')).toMatchObject({
      function_id: 'pos-order',
      state: 'completed',
      ended_at: second.stateAt,
      tier: null,
    });
    expect(await rowsOf('SELECT * FROM background_step ORDER BY step_id')).toEqual([
      {
        ...{ run_id: 'R1', step_id: 's1', name: 'send', state: 'failed', attempts: 3, started_at: steps[0]?.startedAt },
        ...{ last_seen_at: steps[0]?.lastSeenAt, ended_at: steps[0]?.endedAt, error_code: 'lis_refused' },
      },
      expect.objectContaining({ step_id: 's2', state: 'running', ended_at: null, error_code: null }),
    ]);
    expect(
      await rowsOf(`SELECT function_id, completed, now() - minute < interval '2 minutes' AS now FROM function_pace`),
    ).toEqual([{ function_id: 'pos-order', completed: 1, now: true }]);
  });

  it('counts where it is as new as what is known, keeps an error until the run completes, and never comes back from the end', async () => {
    const save = async (parts: Partial<RunNote>) => {
      await records.saveNotes([note({ errorCode: null, attempts: 0, ...parts })], []);
      const { state, error_code: error, attempts, started_at, last_seen_at } = await kept();
      return { state, error, attempts, started: started_at, seen: last_seen_at };
    };
    const [started, stateAt, seen] = [ago(10), ago(5), ago(4)];
    await save({ startedAt: started, stateAt, lastSeenAt: seen, errorCode: 'first', attempts: 2 });
    expect(await save({ state: 'running', stateAt, startedAt: ago(9), lastSeenAt: ago(5) })).toEqual({
      ...{ state: 'running', error: 'first', attempts: 2, started, seen },
    });
    expect(await save({ state: 'failed', stateAt: ago(6), errorCode: 'late' })).toMatchObject({
      state: 'running',
      error: 'first',
    });
    expect(await save({ state: 'failed', stateAt: ago(3), errorCode: 'second' })).toMatchObject({
      state: 'failed',
      error: 'second',
    });
    expect(await save({ stateAt: ago(2) })).toMatchObject({ state: 'failed' });
    expect(await save({ state: 'completed', stateAt: ago(1), startedAt: ago(11), lastSeenAt: ago(1) })).toMatchObject({
      ...{ state: 'completed', error: null },
    });
    expect(await save({ state: 'completed', stateAt: ago(1) })).toMatchObject({ state: 'completed' });
    await records.saveNotes([note({ runId: 'R3', state: 'completed' }), note({ runId: 'R4', state: 'failed' })], []);
    expect(await rowsOf('SELECT function_id, sum(completed)::int AS completed FROM function_pace GROUP BY 1')).toEqual([
      { function_id: 'order', completed: 2 },
    ]);
    await rowsOf(`UPDATE background_run SET state = 'cancelled' WHERE run_id = 'R1'`);
    expect(await save({ state: 'completed', stateAt: ago(0) })).toMatchObject({ state: 'cancelled' });
  });

  it('of a step counts where it was seen as late, and keeps its first beginning', async () => {
    const { lastSeenAt, startedAt } = step();
    await records.saveNotes([note()], [step({ state: 'retrying', endedAt: null, lastSeenAt, startedAt })]);
    const save = async (parts: Partial<StepNote>) => {
      await records.saveNotes([], [step({ errorCode: null, ...parts })]);
      return oneOf<Record<string, unknown>>(
        'SELECT state, attempts, error_code AS error, started_at AS started FROM background_step',
      );
    };
    const first = await save({ state: 'running', attempts: 4, lastSeenAt, startedAt: ago(5) });
    expect(first).toEqual({ state: 'running', attempts: 4, error: 'lis_refused', started: startedAt });
    expect(await save({ state: 'failed', attempts: 9, lastSeenAt: ago(5), errorCode: 'late' })).toEqual(first);
    expect(await save({ state: 'failed', lastSeenAt: ago(3), errorCode: 'second' })).toMatchObject({ error: 'second' });
    expect(await save({ state: 'completed', lastSeenAt: ago(2) })).toMatchObject({ state: 'completed', error: null });
  });

  it('about orders is of the highest tier among them, where it says no other', async () => {
    const tiers = ['vip1', 'svip1', 'standard'];
    const orders = tiers.map((tier) => ({ id: crypto.randomUUID(), tier }));
    await put('orders', ...orders, { tier: 'svip2' });
    const about = { subjectIds: orders.map(({ id }) => id), tier: null };
    await records.saveNotes(
      [
        note({ runId: 'all', ...about }),
        note({ runId: 'one', ...about, subjectIds: [orders[2]?.id ?? ''] }),
        note({ runId: 'said', ...about, tier: 'vip1' }),
        note({ runId: 'sheet', ...about, subjectKind: 'upload' }),
      ],
      [],
    );
    expect(await rowsOf('SELECT run_id AS id, tier FROM background_run ORDER BY 1')).toEqual([
      { id: 'all', tier: 'svip1' },
      { id: 'one', tier: 'standard' },
      { id: 'said', tier: 'vip1' },
      { id: 'sheet', tier: null },
    ]);
  });
});

it('a function is paused once, by somebody, and resumed alone', async () => {
  const { id: by } = await makeStaff('administrator', null);
  const pause = (functionId: string) => inTransaction((tx) => records.addPause(tx, { functionId, by, reason: 'bận' }));
  expect([await pause('order'), await pause('pos-order'), await pause('order')]).toEqual([true, true, false]);
  expect(await rowsOf(`SELECT paused_by, reason FROM function_pause WHERE function_id = 'order'`)).toEqual([
    { paused_by: by, reason: 'bận' },
  ]);
  expect([...(await records.pausedFunctions())].sort()).toEqual(['order', 'pos-order']);
  await rowsOf(`UPDATE function_pause SET paused_at = now() - interval '70 seconds'`);
  expect(await inTransaction((tx) => records.removePause(tx, 'order'))).toBeCloseTo(70, -1);
  expect(await inTransaction((tx) => records.removePause(tx, 'order'))).toBeNull();
  expect([...(await records.pausedFunctions())]).toEqual(['pos-order']);
});

it('runs whose function is no longer paused are found after ten seconds', async () => {
  await rowsOf(`INSERT INTO function_pause (function_id, reason) VALUES ('order', 'x')`);
  const paused = (name: string, seconds: number, state = 'paused') => ({
    ...run(crypto.randomUUID(), state),
    function_id: name,
    state_at: ago(seconds / 60),
  });
  await runs(paused('a', 10.4), paused('a', 60), paused('b', 8), paused('c', 60, 'retrying'), paused('order', 60));
  expect(await records.findStuckPauses()).toEqual(['a']);
});

it('what is stuck is grouped by its cause, since the first of it', async () => {
  const waits = (minutes: number) => ({ created_at: ago(minutes) });
  await put('outbox_event', waits(20));
  expect(await findCauses()).toMatchObject([{ kind: 'events-waiting', count: 1 }]);
  await put('outbox_event', waits(50), { ...waits(70), not_before: ago(-61) }, { ...waits(40), not_before: ago(-61) });
  await put('message', ...[15, 45].map((minutes) => ({ ...waits(minutes), state: 'failed' })), {
    ...waits(60),
    state: 'sent',
  });
  const causes = (await findCauses()).map(({ kind, count, since, money }) => {
    return [kind, count, Math.round((Date.now() - since.getTime()) / 60_000), money];
  });
  expect(causes).toEqual([
    ['events-waiting', 2, 50, null],
    ['events-quarantined', 2, 70, null],
    ['messages-failed', 2, 45, null],
  ]);
});

describe('what ended long ago', () => {
  const old = (name: string, state: string, more: object = {}) =>
    run(name, state, { started_at: ago(30.6 * 1_440), ended_at: ago(30.5 * 1_440), ...more });

  it('goes, but for failures that stand open and the events that their repetition needs', async () => {
    const names = ['open', 'replayed', 'resolved', 'completed', 'cancelled', 'running', 'nobody'];
    const events = new Map(names.map((name) => [name, idOf(name, 31 * 1_440)]));
    const undelivered = idOf('undelivered', 31 * 1_440);
    await put('outbox_event', ...[...events.values()].map((id) => ({ id, published_at: ago(31 * 1_440) })), {
      id: undelivered,
    });
    const of = (name: string) => ({ event_ids: [events.get(name)] });
    await runs(
      old('completed', 'completed', of('completed')),
      old('cancelled', 'cancelled', of('cancelled')),
      old('open', 'failed', of('open')),
      old('replayed', 'failed', { replayed_at: ago(9), ...of('replayed') }),
      old('resolved', 'failed', { resolved_at: ago(9), ...of('resolved') }),
      old('ended lately', 'completed', { ended_at: ago(29.5 * 1_440) }),
      old('begun lately', 'completed', { started_at: ago(29.5 * 1_440) }),
      old('running', 'running', { ended_at: null, ...of('running') }),
    );
    await rowsOf(
      `INSERT INTO function_pace (function_id, minute, completed) VALUES ('old', now() - interval '25 hours', 1), ('young', now() - interval '23 hours', 1)`,
    );
    const left = (...of_: string[]) => [undelivered, ...of_.map((name) => events.get(name))].sort();
    expect(await records.pruneOnce()).toBe(4);
    expect(await ids('background_run', 'run_id')).toEqual(['begun lately', 'ended lately', 'open', 'running']);
    expect(await ids('outbox_event', 'id')).toEqual(left('open', 'running', 'cancelled'));
    expect(await ids('function_pace', 'function_id')).toEqual(['young']);
    await pruneRecords();
    expect(await ids('outbox_event', 'id')).toEqual(left('open', 'running'));
    expect(await ids('background_run', 'run_id')).toHaveLength(4);
  });

  it('goes some thousands at a time, until none is left', async () => {
    await rowsPastGuards(
      `INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, replay_of, state, state_at, started_at, last_seen_at, ended_at)
       SELECT 'run ' || n, 'order', '{}', '{}', '{}', 'completed', now(), now() - interval '40 days', now(), now() - interval '40 days' FROM generate_series(1, 5001) n`,
    );
    expect(await records.pruneOnce()).toBe(5_000);
    await pruneRecords();
    expect(await ids('background_run', 'run_id')).toEqual([]);
    expect(await records.pruneOnce()).toBe(0);
  });
});
