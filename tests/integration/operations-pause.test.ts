import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { resumeStuckPauses } from '@/server/modules/core/operations/use-cases/resume-stuck-pauses';
import { type Console, openWorkingConsole, runsAbout, soon } from './operations-fixture';
import { countOf, oneOf, rowsOf } from './till-fixture';

let close: () => Promise<void>;
let console: Console;
let sell: () => Promise<string>;
beforeAll(async () => {
  ({ close, console, sell } = await openWorkingConsole());
});
afterAll(() => close());

const functionId = 'pos-order';
const reason = 'máy in hoá đơn đang bảo trì';
/** The second step finds the outbox broken. */
const BREAK_NOTIFICATIONS = `
  CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'Mẫu' USING ERRCODE = 'XX001'; END $$;
  CREATE TRIGGER break_down BEFORE INSERT ON outbox_event FOR EACH ROW WHEN (NEW.name = 'notification/requested')
    EXECUTE FUNCTION break_down()`;
/** The pause is read with a cache of a second. */
const pause = async () => {
  expect(await console.pause({ functionId, reason })).toEqual({ done: 1, left: 0 });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
};

async function reaches(orderId: string, state: string): Promise<string> {
  return vi.waitFor(async () => {
    const runs = await runsAbout(functionId, orderId);
    expect(runs).toMatchObject([{ state }]);
    return runs[0]?.runId ?? '';
  }, soon);
}

const workOn = (orderId: string) =>
  oneOf<{ receipts: number; notices: number }>(
    `SELECT (SELECT count(*)::int FROM effect_receipt WHERE effect_key = 'revenue-order:' || $1) AS receipts,
       (SELECT count(*)::int FROM outbox_event WHERE name = 'notification/requested' AND data ->> 'orderId' = $1) AS notices`,
    [orderId],
  );

const rowOf = async () => (await console.overview()).functions.find((row) => row.functionId === functionId);

describe('a paused function', () => {
  it('pauses its new runs before anything of them has happened, and resumes them once', async () => {
    await pause();
    expect(await console.pause({ functionId, reason })).toEqual({ done: 0, left: 1 });
    // One after the other, for orders that come together are one run.
    const orders: string[] = [];
    const runs: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const order = await sell();
      runs.push(await reaches(order, 'paused'));
      orders.push(order);
    }
    const [cancelled = '', ...others] = orders;
    for (const order of orders) expect(await workOn(order)).toEqual({ receipts: 0, notices: 0 });
    expect(await rowOf()).toMatchObject({
      paused: { by: 'Người dùng', reason },
      pausedRuns: 4,
      running: 0,
      queued: 0,
      drainSeconds: null,
    });
    expect(await console.run({ runId: runs[0] ?? '' })).toMatchObject({ steps: [], serverStatus: 'Running' });
    expect(await console.previewReplay({ runIds: runs })).toMatchObject({ runs: 0, left: { open: 4 } });

    expect(await console.cancel({ runIds: [runs[0] ?? ''], reason })).toEqual({ done: 1, left: 0 });
    await reaches(cancelled, 'cancelled');
    expect(await console.run({ runId: runs[0] ?? '' })).toMatchObject({ serverStatus: 'Cancelled', canCancel: false });

    expect(await console.resume({ functionId })).toEqual({ done: 1, left: 0 });
    expect(await console.resume({ functionId })).toEqual({ done: 0, left: 1 });
    for (const order of others) {
      await reaches(order, 'completed');
      expect(await workOn(order)).toEqual({ receipts: 1, notices: 1 });
    }
    expect(await workOn(cancelled)).toEqual({ receipts: 0, notices: 0 });
    expect(await runsAbout(functionId, cancelled)).toMatchObject([{ state: 'cancelled' }]);
    // They heard it at once, and did not have to be woken.
    expect(await countOf(`outbox_event WHERE name = 'operations/function.resumed'`)).toBe(1);
    expect(await rowOf()).toMatchObject({ paused: null, pausedRuns: 0 });
    const reported = await rowsOf(`SELECT action FROM audit_entry WHERE entity = 'function' ORDER BY at`);
    expect(reported).toEqual([{ action: 'function.paused' }, { action: 'function.resumed' }]);
  });

  it('may be paused again before its runs have gone on, and a run that paused too late is resumed', async () => {
    await pause();
    const order = await sell();
    await reaches(order, 'paused');
    await console.resume({ functionId });
    await reaches(order, 'completed');
    await pause();
    const deaf = await sell();
    const runId = await reaches(deaf, 'paused');
    // As if it had paused in the moment of the resumption: the pause is gone, and no event says so.
    await rowsOf('DELETE FROM function_pause');
    await rowsOf(`UPDATE background_run SET state_at = now() - interval '1 minute' WHERE run_id = $1`, [runId]);
    await resumeStuckPauses();
    await reaches(deaf, 'completed');
  });

  it('lets a run that has begun its work go on, and pauses one that failed before its first step was done', async () => {
    await rowsOf(BREAK_NOTIFICATIONS);
    const begun = await sell();
    await reaches(begun, 'retrying');
    await console.pause({ functionId, reason });
    await rowsOf('DROP FUNCTION break_down CASCADE');
    await reaches(begun, 'completed');
    await console.resume({ functionId });
  });

  it('is reported for each function alone, and not for an unknown one', async () => {
    await pause();
    const order = await sell();
    await vi.waitFor(async () => expect(await runsAbout('order', order)).toMatchObject([{ state: 'completed' }]), soon);
    await expect(console.pause({ functionId: 'no-such', reason })).rejects.toMatchObject({ message: 'not_found' });
    await console.resume({ functionId });
    await reaches(order, 'completed');
    expect(await countOf('function_pause')).toBe(0);
  });
});
