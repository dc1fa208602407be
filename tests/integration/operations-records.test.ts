import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordRun } from '@/server/modules/core/operations/public/record-run';
import { saveNotes } from '@/server/modules/core/operations/repository';
import type { RunNote } from '@/server/modules/core/operations/rules';
import { pruneRecords } from '@/server/modules/core/operations/use-cases/prune-records';
import { settleRuns } from '@/server/modules/core/operations/use-cases/settle-runs';
import { type Console, openWorkingConsole, runsAbout, soon } from './operations-fixture';
import { countOf, oneOf, rowsOf } from './till-fixture';

let close: () => Promise<void>;
let console: Console;
let sell: () => Promise<string>;
let breakFunction: (id: string | null) => void;
beforeAll(async () => {
  ({ breakFunction, close, console, sell } = await openWorkingConsole());
});
afterAll(() => close());

const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

/** A record of a run as its functions report it, `seconds` after the beginning. */
const note = (runId: string, state: RunNote['state'], seconds: number, parts: Partial<RunNote> = {}): RunNote => ({
  runId,
  functionId: 'pos-order',
  eventName: 'pos-order/paid',
  eventIds: [],
  subjectKind: null,
  subjectIds: [],
  tier: null,
  replayOf: [],
  state,
  stateAt: at(seconds),
  errorCode: null,
  attempts: 1,
  startedAt: at(seconds),
  lastSeenAt: at(seconds),
  ...parts,
});

const recorded = (runId: string) =>
  oneOf<Record<string, unknown>>(
    `SELECT state, error_code AS "errorCode", attempts, ended_at IS NOT NULL AS ended, started_at AS "startedAt"
     FROM background_run WHERE run_id = $1`,
    [runId],
  );

describe('what is reported of a run', () => {
  let runId: string;
  beforeEach(() => {
    runId = crypto.randomUUID();
  });
  const record = (...notes: RunNote[]) =>
    notes.reduce((before, one) => before.then(() => saveNotes([one], [])), Promise.resolve());

  it('counts by its time, however late it is written', async () => {
    await record(note(runId, 'completed', 9), note(runId, 'running', 1, { attempts: 0 }));
    expect(await recorded(runId)).toMatchObject({ state: 'completed', ended: true, startedAt: at(1) });
    await record(note(runId, 'retrying', 5, { errorCode: 'sms_unavailable' }));
    expect(await recorded(runId)).toMatchObject({ state: 'completed', ended: true, errorCode: null });
  });

  it('goes from trying again to running to completed, and forgets the error then', async () => {
    await record(note(runId, 'running', 1), note(runId, 'retrying', 2, { errorCode: 'sms_unavailable', attempts: 3 }));
    expect(await recorded(runId)).toMatchObject({ state: 'retrying', errorCode: 'sms_unavailable', attempts: 3 });
    await record(note(runId, 'running', 3, { attempts: 0 }));
    expect(await recorded(runId)).toMatchObject({ state: 'running', errorCode: 'sms_unavailable', attempts: 3 });
    await record(note(runId, 'completed', 4));
    expect(await recorded(runId)).toMatchObject({ state: 'completed', errorCode: null, ended: true });
  });

  it('may end otherwise than it seemed, but waits for no attempt once it has ended', async () => {
    await record(note(runId, 'failed', 1, { errorCode: 'internal' }), note(runId, 'retrying', 2));
    expect(await recorded(runId)).toMatchObject({ state: 'failed', errorCode: 'internal' });
    await record(note(runId, 'running', 3), note(runId, 'completed', 4));
    expect(await recorded(runId)).toMatchObject({ state: 'completed', errorCode: null });
  });

  it('does not bring a cancelled run back', async () => {
    await record(note(runId, 'running', 1));
    await rowsOf(`UPDATE background_run SET state = 'cancelled', ended_at = now() WHERE run_id = $1`, [runId]);
    await record(note(runId, 'completed', 600));
    expect(await recorded(runId)).toMatchObject({ state: 'cancelled' });
  });

  it('is counted once as a completion, and written together with all that comes in at the same time', async () => {
    const pace = async () =>
      (await oneOf<{ n: number }>('SELECT coalesce(sum(completed), 0)::int AS n FROM function_pace')).n;
    const before = await pace();
    await record(note(runId, 'completed', 1), note(runId, 'completed', 2));
    const many = Array.from({ length: 500 }, () => crypto.randomUUID());
    await Promise.all(
      many.flatMap((id) => [
        recordRun({ run: note(id, 'running', 1), waits: false }),
        recordRun({ run: note(id, 'completed', 2), waits: true }),
      ]),
    );
    expect(await pace()).toBe(before + 501);
  });

  it('never fails a run, not even with a note that the database refuses', async () => {
    await recordRun({ run: note(runId, 'nonsense' as 'running', 1), waits: true });
    expect(await rowsOf('SELECT 1 FROM background_run WHERE run_id = $1', [runId])).toEqual([]);
  });
});

/** Makes the record of an order's run look as if nothing had been heard of it for long. */
async function silence(orderId: string, hours: number): Promise<string> {
  const runs = await vi.waitFor(async () => {
    const found = await runsAbout('pos-order', orderId);
    expect(found).toMatchObject([{ state: 'completed' }]);
    // The record comes first, the server's knowledge after it.
    expect(await console.run({ runId: found[0]?.runId ?? '' })).toMatchObject({ serverStatus: 'Completed' });
    return found;
  }, soon);
  const runId = runs[0]?.runId ?? '';
  await rowsOf(
    `UPDATE background_run SET state = 'running', ended_at = NULL, asked_at = NULL, last_seen_at = now() - make_interval(hours => $2)
     WHERE run_id = $1`,
    [runId, hours],
  );
  return runId;
}

describe('an open run of which nothing is heard', () => {
  it('is settled as the server says', async () => {
    const runId = await silence(await sell(), 1);
    await settleRuns();
    expect(await recorded(runId)).toMatchObject({ state: 'completed', ended: true });
  });

  it('is marked as failed after a day where the server does not know it, and onFailure is called', async () => {
    const order = await sell();
    const runId = await silence(order, 1);
    const forgotten = `0${runId.slice(1, 10)}${'0'.repeat(16)}`;
    await rowsOf('UPDATE background_run SET run_id = $2 WHERE run_id = $1', [runId, forgotten]);
    await settleRuns();
    expect(await recorded(forgotten)).toMatchObject({ state: 'running' });
    await rowsOf(
      `UPDATE background_run SET asked_at = NULL, last_seen_at = now() - interval '2 days' WHERE run_id = $1`,
      [forgotten],
    );
    await settleRuns();
    expect(await recorded(forgotten)).toMatchObject({ state: 'failed', errorCode: 'run_forgotten' });
    expect(
      await rowsOf(`SELECT detail FROM audit_entry WHERE action = 'order.work-failed' AND entity_id = $1`, [order]),
    ).toEqual([{ detail: { failure: 'run_forgotten' } }]);
    expect(await console.run({ runId: forgotten })).toMatchObject({ serverStatus: null, canReplay: true });
  });
});

it('a run that never got through is recorded by its failure, and can be repeated', async () => {
  breakFunction('pos-order');
  const order = await sell();
  const [run] = await vi.waitFor(async () => {
    const runs = await runsAbout('pos-order', order);
    expect(runs).toMatchObject([{ state: 'failed', errorCode: 'no_answer' }]);
    return runs;
  }, soon);
  breakFunction(null);
  const reported = `SELECT detail FROM audit_entry WHERE action = 'order.work-failed' AND entity_id = $1`;
  await vi.waitFor(
    async () => expect(await rowsOf(reported, [order])).toEqual([{ detail: { failure: 'internal' } }]),
    soon,
  );
  await console.replay({ selection: { runIds: [run?.runId ?? ''] }, reason: 'proxy đã chạy lại' });
  await vi.waitFor(async () => {
    expect(await runsAbout('pos-order', order)).toMatchObject([{ state: 'failed' }, { state: 'completed' }]);
  }, soon);
});

describe('what is old', () => {
  it('goes, but for failed runs that nobody has repeated and the events that a repetition needs', async () => {
    // One after the other, for orders that come together are one run.
    const runs: string[] = [];
    for (let n = 0; n < 3; n += 1) runs.push(await silence(await sell(), 1));
    const [gone = '', failed = '', repeated = ''] = runs;
    await rowsOf(`UPDATE background_run SET state = 'completed', ended_at = now() WHERE run_id = $1`, [gone]);
    await rowsOf(`UPDATE background_run SET state = 'failed', ended_at = now() WHERE run_id = ANY ($1)`, [
      [failed, repeated],
    ]);
    // Of a function that is no more: it is unknown whether its work was done in another way.
    await rowsOf(`UPDATE background_run SET function_id = 'former' WHERE run_id = $1`, [failed]);
    await rowsOf('UPDATE background_run SET replayed_at = now() WHERE run_id = $1', [repeated]);
    const young = await silence(await sell(), 0);
    await rowsOf(
      `UPDATE background_run SET started_at = started_at - interval '40 days', ended_at = ended_at - interval '40 days' WHERE run_id = ANY ($1)`,
      [runs],
    );
    // Ids of events carry their time: the old ones take ids of forty days ago.
    await rowsOf(
      `WITH aged AS (
         UPDATE outbox_event o SET id = uuidv7(interval '-40 days'), published_at = now() - interval '40 days'
         FROM background_run r WHERE r.run_id = ANY ($1) AND o.id::text = r.event_ids[1] RETURNING r.run_id, o.id
       ) UPDATE background_run r SET event_ids = ARRAY[a.id::text] FROM aged a WHERE a.run_id = r.run_id`,
      [runs],
    );
    await pruneRecords();
    const left = await rowsOf<{ runId: string; events: number }>(
      `SELECT r.run_id AS "runId", count(o.id)::int AS events FROM background_run r LEFT JOIN outbox_event o ON o.id::text = ANY (r.event_ids)
       WHERE r.run_id = ANY ($1) GROUP BY 1`,
      [[...runs, young]],
    );
    expect(new Map(left.map(({ runId, events }) => [runId, events]))).toEqual(
      new Map([
        [failed, 1],
        [young, 1],
      ]),
    );
    expect(await countOf(`outbox_event WHERE id < uuidv7(interval '-30 days')`)).toBe(1);
    expect(await console.previewReplay({ runIds: [failed] })).toMatchObject({ runs: 1, left: { eventGone: 0 } });
    await rowsOf(`DELETE FROM outbox_event WHERE id < uuidv7(interval '-30 days')`);
    expect(await console.previewReplay({ runIds: [failed] })).toMatchObject({ runs: 0, left: { eventGone: 1 } });
    expect(await console.replay({ selection: { runIds: [failed] }, reason: 'thử lại' })).toEqual({ done: 0, left: 1 });
  });
});
