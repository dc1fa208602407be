import { afterAll, describe, expect, it } from 'vitest';
import { composePorts } from '@/server/composition';
import { cancelRuns } from '@/server/modules/core/operations/use-cases/cancel-runs';
import { endRuns } from '@/server/modules/core/operations/use-cases/end-runs';
import { replayRuns } from '@/server/modules/core/operations/use-cases/replay-runs';
import { selectRuns } from '@/server/modules/core/operations/use-cases/select-runs';
import { settleRuns } from '@/server/modules/core/operations/use-cases/settle-runs';
import { PortalError } from '@/server/platform/errors';
import { ago } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { asked, bindAnswers, endedAt, event, published, run, runs, states, trail } from './operations-answers';
import { makeStaff } from './till-fixture';

withDatabase();
bindAnswers();
afterAll(composePorts);

describe('open runs that fell silent', () => {
  const silent = (id: string, more: object = {}) => run(id, 'running', { last_seen_at: ago(2), ...more });

  it('are settled as the server says; a failure is reported for who could not say so, and the open ones are left', async () => {
    const about = { event_ids: [await event({ n: 1 })] };
    asked.answers = {
      completed: { status: 'Completed', endedAt },
      failed: { status: 'Failed', endedAt },
      cancelled: { status: 'Cancelled', endedAt },
      running: { status: 'Running', endedAt: null },
    };
    for (const id of [...Object.keys(asked.answers), 'unknown']) await runs(silent(id, about));
    await runs(silent('forgotten', { ...about, last_seen_at: ago(1_441) }));
    expect(await settleRuns()).toBe(4);
    expect(await states()).toEqual([
      'cancelled cancelled',
      'completed completed',
      'failed failed unknown',
      'forgotten failed run_forgotten',
      'running running',
      'unknown running',
    ]);
    expect(asked.calls.filter((line) => line.startsWith('order')).sort()).toEqual([
      'order failed a/b {"n":1} run_cancelled',
      'order failed a/b {"n":1} run_forgotten',
    ]);
    expect(asked.calls.filter((line) => line.startsWith('find'))).toHaveLength(6);
    expect(await settleRuns()).toBe(0);
  });

  it('are left for the next round when the server cannot be asked', async () => {
    const down = new PortalError('unavailable', 'background_unavailable');
    asked.answers = { a: down, b: down };
    await runs(silent('a'), silent('b'));
    expect(await settleRuns()).toBe(0);
    expect(asked.calls).toHaveLength(1);
    expect(await states()).toEqual(['a running', 'b running']);
  });
});

describe('runs that are ended', () => {
  it('are looked at until the server has done it, three times at most, many at once and each once', async () => {
    asked.answers = {
      done: { status: 'Completed', endedAt },
      broken: { status: 'Failed', endedAt },
      slow: { status: 'Running', endedAt: null },
    };
    const others = ['1', '2', '3', '4', '5', '6', '7'];
    for (const id of others) asked.answers[id] = { status: 'Cancelled', endedAt };
    const ended = await endRuns({ runIds: ['done', 'broken', 'slow', 'gone', ...others] });
    expect(ended).toEqual([
      { runId: 'done', state: 'completed', endedAt },
      { runId: 'broken', state: 'failed', endedAt },
      { runId: 'slow', state: 'cancelled', endedAt: null },
      { runId: 'gone', state: 'cancelled', endedAt: null },
      ...others.map((runId) => ({ runId, state: 'cancelled', endedAt })),
    ]);
    const count = (line: string) => asked.calls.filter((one) => one === line).length;
    expect([count('find slow'), count('find done'), count('cancel slow'), count('cancel 7')]).toEqual([3, 1, 1, 1]);
    expect(asked.calls).toHaveLength(11 + 10 + 3);
  });

  it('by somebody are on record, and their work is failed; what had ended is left', async () => {
    const about = { event_ids: [await event({ n: 1 })] };
    await runs(run('open', 'running', about), run('done', 'retrying', about), run('ended', 'failed', about));
    await runs(run('late', 'paused', { ...about, function_id: 'pos-order' }));
    asked.answers = {
      open: { status: 'Cancelled', endedAt },
      done: { status: 'Completed', endedAt },
      late: { status: 'Cancelled', endedAt },
    };
    const actor = await makeStaff('administrator', null);
    const runIds = ['open', 'done', 'ended', 'late', 'none', 'none'];
    expect(await cancelRuns({ actor, runIds, reason: 'không cần' })).toEqual({ done: 2, left: 3 });
    expect(await states()).toEqual(['done completed', 'ended failed', 'late cancelled', 'open cancelled']);
    expect(asked.calls.filter((line) => line.includes('failed')).sort()).toEqual([
      'order failed a/b {"n":1} run_cancelled',
      'pos-order failed a/b {"n":1} run_cancelled',
    ]);
    const of = { by: actor.id, action: 'run.cancelled', entity: 'background-run' };
    expect(await trail()).toEqual([
      { ...of, of: 'late', detail: { functionId: 'pos-order', reason: 'không cần' } },
      { ...of, of: 'open', detail: { functionId: 'order', reason: 'không cần' } },
    ]);
    expect(await rowsOf(`SELECT ended_at AS at FROM background_run WHERE run_id = 'open'`)).toEqual([{ at: endedAt }]);
  });
});

describe('runs that are repeated', () => {
  it('are asked for event by event, on record; a waiting one is ended first, and is not repeated where it came through', async () => {
    const [first, second] = [await event({ n: 1 }), await event({ n: 2 }, 'a/c')];
    await runs(
      run('batch', 'failed', { event_ids: [second, first] }),
      run('clock', 'failed', { event_name: null, function_id: 'pos-order' }),
      run('waiting', 'retrying', { event_ids: [first], error_code: 'x' }),
      run('through', 'retrying', { event_ids: [first], error_code: 'x' }),
      run('open', 'running'),
      run('again', 'failed', { replayed_at: ago(1) }),
      run('gone', 'failed', { event_ids: [crypto.randomUUID()] }),
    );
    asked.answers = { waiting: { status: 'Cancelled', endedAt }, through: { status: 'Completed', endedAt } };
    const actor = await makeStaff('administrator', null);
    const runIds = ['batch', 'clock', 'waiting', 'through', 'open', 'again', 'gone'];
    expect(await replayRuns({ actor, selection: { runIds }, reason: 'sửa xong' })).toEqual({ done: 3, left: 4 });
    const batch = { functionId: 'order', runId: 'batch' };
    const events = await published('operations/replay.requested');
    expect(events.filter((data) => (data as { runId: string }).runId === 'batch')).toEqual([
      { ...batch, eventId: second, eventName: 'a/c', data: { n: 2 } },
      { ...batch, eventId: first, eventName: 'a/b', data: { n: 1 } },
    ]);
    expect(events).toHaveLength(4);
    expect(events).toContainEqual({
      functionId: 'pos-order',
      runId: 'clock',
      eventId: null,
      eventName: null,
      data: null,
    });
    expect(events).toContainEqual({
      functionId: 'order',
      runId: 'waiting',
      eventId: first,
      eventName: 'a/b',
      data: { n: 1 },
    });
    const of = { by: actor.id, action: 'run.replayed', entity: 'background-run' };
    expect(await trail()).toEqual([
      { ...of, of: 'batch', detail: { functionId: 'order', events: 2, reason: 'sửa xong' } },
      { ...of, of: 'clock', detail: { functionId: 'pos-order', events: 0, reason: 'sửa xong' } },
      { ...of, of: 'waiting', detail: { functionId: 'order', events: 1, reason: 'sửa xong' } },
    ]);
    expect((await states()).filter((line) => /^(waiting|through)/.test(line))).toEqual([
      'through completed',
      'waiting cancelled x',
    ]);
    expect(asked.calls.filter((line) => line.startsWith('cancel')).sort()).toEqual([
      'cancel through',
      'cancel waiting',
    ]);
  });

  it('of one cause are a thousand at once at most, and take no more than five thousand events', async () => {
    await rowsPastGuards(
      `INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, replay_of, state, state_at, error_code, started_at, last_seen_at, ended_at)
       SELECT 'run ' || lpad(n::text, 4, '0'), 'order', '{}', '{}', '{}', 'failed', now(), 'x', now(), now(), now() FROM generate_series(1, 1002) n`,
    );
    const cause = { functionId: 'order', errorCode: 'x' };
    const selected = await selectRuns({ selection: cause });
    expect([selected.runs.length, selected.beyond, selected.left]).toEqual([
      1_000,
      2,
      { open: 0, replayed: 0, eventGone: 0 },
    ]);
    expect(
      await replayRuns({ actor: await makeStaff('administrator', null), selection: cause, reason: 'sửa xong' }),
    ).toEqual({ done: 1_000, left: 2 });
    expect(await selectRuns({ selection: cause })).toMatchObject({
      runs: [{ runId: 'run 1001' }, { runId: 'run 1002' }],
      beyond: 0,
    });
    await rowsPastGuards(
      `INSERT INTO outbox_event (id, name, data) SELECT md5(n::text)::uuid, 'a/b', '{}' FROM generate_series(1, 5001) n`,
    );
    const batch = (name: string, from: number, to: number) =>
      rowsPastGuards(
        `INSERT INTO background_run (run_id, function_id, event_name, event_ids, subject_ids, replay_of, state, state_at, error_code, started_at, last_seen_at, ended_at)
         SELECT $1, 'order', 'a/b', array_agg(md5(n::text)::uuid::text), '{}', '{}', 'failed', now(), 'y', now(), now(), now() FROM generate_series($2::int, $3::int) n`,
        [name, from, to],
      );
    await batch('A', 1, 2_500);
    await batch('B', 2_501, 5_000);
    await batch('C', 5_001, 5_001);
    const batches = await selectRuns({ selection: { functionId: 'order', errorCode: 'y' } });
    expect([batches.runs.map(({ runId }) => runId), batches.beyond]).toEqual([['A', 'B'], 1]);
  });
});
