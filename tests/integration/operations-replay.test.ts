import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLocalEmail } from '@/server/integrations/email/local';
import { email } from '@/server/integrations/email/port';
import { createLocalLis } from '@/server/integrations/lis/local';
import { lis } from '@/server/integrations/lis/port';
import { createLocalSms } from '@/server/integrations/sms/local';
import { sms } from '@/server/integrations/sms/port';
import { PortalError } from '@/server/platform/errors';
import { type Console, openWorkingConsole, runsAbout, soon } from './operations-fixture';
import { countOf, oneOf, rowsOf } from './till-fixture';

let close: () => Promise<void>;
let console: Console;
let sell: () => Promise<string>;
beforeAll(async () => {
  ({ close, console, sell } = await openWorkingConsole());
});
afterAll(() => close());
afterEach(() => {
  lis.bind(createLocalLis());
  sms.bind(createLocalSms());
  email.bind(createLocalEmail());
});

const reason = 'đã sửa xong';
/** A fault that no further try can mend. */
const breakLis = () =>
  lis.bind({ ...lis(), sendOrder: () => Promise.reject(new PortalError('invalid', 'lis_refused')) });
const mendLis = () => lis.bind(createLocalLis());

async function ended(functionId: string, subjectId: string, count: number) {
  return vi.waitFor(async () => {
    const runs = await runsAbout(functionId, subjectId);
    expect(runs).toHaveLength(count);
    expect(runs.every(({ state }) => ['completed', 'failed', 'cancelled'].includes(state))).toBe(true);
    return runs;
  }, soon);
}

/** The failures of a function, as soon as they look like this: the console shares one look for some seconds. */
const expectGroups = (functionId: string, groups: object[]) =>
  vi.waitFor(async () => {
    const { failures } = await console.overview();
    expect(failures.filter((group) => group.functionId === functionId)).toMatchObject(groups);
  }, soon);

const effectsOf = (orderId: string) =>
  rowsOf(
    `SELECT (SELECT count(accession)::int FROM orders WHERE id::text = $1) AS accessions,
       (SELECT count(*)::int FROM integration_message WHERE message_key = 'order-' || (SELECT accession FROM orders WHERE id::text = $1)) AS messages`,
    [orderId],
  );

describe('a cause of failure', () => {
  it('is shown with its patients and money, previewed by its receipts, and repeated once', async () => {
    breakLis();
    // One after the other, for orders that come together are one run.
    const orders: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const order = await sell();
      await ended('order', order, 1);
      orders.push(order);
    }
    await expectGroups('order', [
      { errorCode: 'lis_refused', runs: 3, patients: 1, money: 360_999n, tiers: ['standard'] },
    ]);
    const cause = { functionId: 'order', errorCode: 'lis_refused' };
    expect(await console.previewReplay(cause)).toEqual({
      runs: 3,
      left: { open: 0, replayed: 0, eventGone: 0 },
      patients: 1,
      money: 360_999n,
      currency: 'VND',
      effects: [
        { kind: 'lis', done: 0, willHappen: 3 },
        { kind: 'numbers', done: 3, willHappen: 0 },
      ],
    });
    mendLis();
    expect(await console.replay({ selection: cause, reason })).toEqual({ done: 3, left: 0 });
    expect(await console.replay({ selection: cause, reason })).toEqual({ done: 0, left: 0 });
    for (const order of orders) {
      const [failed, again] = await ended('order', order, 2);
      // Repeated together, they are one run.
      expect(again).toMatchObject({ state: 'completed', errorCode: null });
      expect(again?.replayOf).toContain(failed?.runId);
      expect(await effectsOf(order)).toEqual([{ accessions: 1, messages: 1 }]);
      const runIds = [failed?.runId ?? ''];
      expect(await console.replay({ selection: { runIds }, reason })).toEqual({ done: 0, left: 1 });
      expect(await console.previewReplay({ runIds })).toMatchObject({ runs: 0, left: { replayed: 1 }, effects: [] });
      expect(await console.run({ runId: runIds[0] ?? '' })).toMatchObject({
        replayedBy: again?.runId,
        canReplay: false,
      });
    }
    await expectGroups('order', []);
    expect(await countOf(`audit_entry WHERE action = 'run.replayed'`)).toBe(3);
  });

  it('comes back when the repetition fails too, and that one can be repeated as well', async () => {
    breakLis();
    const order = await sell();
    const [first] = await ended('order', order, 1);
    await console.replay({ selection: { runIds: [first?.runId ?? ''] }, reason });
    const [, second] = await ended('order', order, 2);
    expect(second).toMatchObject({ state: 'failed', replayOf: [first?.runId] });
    await expectGroups('order', [{ runs: 1 }]);
    mendLis();
    expect(await console.replay({ selection: { runIds: [second?.runId ?? ''] }, reason })).toEqual({
      done: 1,
      left: 0,
    });
    const [, , third] = await ended('order', order, 3);
    expect(third).toMatchObject({ state: 'completed', replayOf: [second?.runId] });
    expect(await effectsOf(order)).toEqual([{ accessions: 1, messages: 1 }]);
  });

  it('is reported to the business, and records only the code of the error', async () => {
    breakLis();
    const order = await sell();
    await ended('order', order, 1);
    await vi.waitFor(async () => {
      const reported = await rowsOf(
        `SELECT detail FROM audit_entry WHERE action = 'order.work-failed' AND entity_id = $1`,
        [order],
      );
      expect(reported).toEqual([{ detail: { failure: 'lis_refused' } }]);
    }, soon);
    lis.bind({ ...lis(), sendOrder: () => Promise.reject(new TypeError('Trần Thị Mẫu, 0912000111')) });
    const [{ runId } = { runId: '' }] = await runsAbout('order', order);
    await console.replay({ selection: { runIds: [runId] }, reason });
    await vi.waitFor(async () => {
      expect((await runsAbout('order', order))[1]).toMatchObject({ state: 'retrying', errorCode: 'TypeError' });
    }, soon);
    const kept = await rowsOf<{ text: string }>(
      `SELECT r::text AS text FROM background_run r UNION ALL SELECT s::text FROM background_step s
       UNION ALL SELECT a.detail::text FROM audit_entry a`,
    );
    expect(kept.some(({ text }) => text.includes('Mẫu') || text.includes('0912000111'))).toBe(false);
    mendLis();
    const waiting = (await runsAbout('order', order))[1]?.runId ?? '';
    await console.replay({ selection: { runIds: [waiting] }, reason });
    await ended('order', order, 3);
  });
});

describe('a run that waits for its next attempt', () => {
  it('shows as such, and is ended and repeated in one act', async () => {
    const silent = { send: () => Promise.reject(new PortalError('unavailable', 'sms_unavailable')) };
    sms.bind(silent);
    email.bind({ send: () => Promise.reject(new PortalError('unavailable', 'email_unavailable')) });
    const order = await sell();
    const waiting = await vi.waitFor(async () => {
      const [run] = await runsAbout('notifications', order);
      expect(run).toMatchObject({ state: 'retrying', errorCode: 'sms_unavailable' });
      return run?.runId ?? '';
    }, soon);
    const detail = await console.run({ runId: waiting });
    expect(detail).toMatchObject({ canReplay: true, canCancel: true, serverStatus: 'Running' });
    expect(detail.steps).toMatchObject([{ name: 'send', state: 'retrying', errorCode: 'sms_unavailable' }]);
    expect(await console.previewReplay({ runIds: [waiting] })).toMatchObject({
      runs: 1,
      left: { open: 0 },
      effects: [{ kind: 'sms', done: 0, willHappen: 1 }],
    });
    sms.bind(createLocalSms());
    expect(await console.replay({ selection: { runIds: [waiting] }, reason })).toEqual({ done: 1, left: 0 });
    const runs = await ended('notifications', order, 2);
    expect(runs.map(({ state }) => state)).toEqual(['cancelled', 'completed']);
    expect(
      await rowsOf(`SELECT 1 FROM message WHERE params ->> 'orderId' = $1 AND state = 'sent'`, [order]),
    ).toHaveLength(1);
    expect(await console.previewReplay({ runIds: [runs[1]?.runId ?? ''] })).toMatchObject({
      effects: [{ kind: 'sms', done: 1, willHappen: 0 }],
    });
  });
});

describe('runs that take many events at once', () => {
  it('are repeated with each of their events', async () => {
    await vi.waitFor(async () => {
      const { taken } = await oneOf<{ taken: number }>(
        `SELECT sum(cardinality(event_ids))::int AS taken FROM background_run WHERE function_id = 'order' AND state = 'completed'`,
      );
      expect(taken).toBe(await countOf('orders'));
    }, soon);
    const broken = await rowsOf<{ runId: string; events: string[] }>(
      `UPDATE background_run SET state = 'failed', error_code = 'lis_refused'
       WHERE function_id = 'order' AND state = 'completed' RETURNING run_id AS "runId", event_ids AS events`,
    );
    const events = broken.flatMap(({ events: ids }) => ids);
    expect(events.length).toBeGreaterThan(0);
    const runIds = broken.map(({ runId }) => runId);
    const preview = await console.previewReplay({ runIds });
    expect(preview).toMatchObject({ runs: broken.length, patients: 1 });
    expect(preview.effects).toEqual([
      { kind: 'lis', done: events.length, willHappen: 0 },
      { kind: 'numbers', done: events.length, willHappen: 0 },
    ]);
    const sent = await countOf(`audit_entry WHERE action = 'order.sent-to-lis'`);
    await console.replay({ selection: { runIds }, reason });
    await vi.waitFor(async () => {
      const again = await rowsOf<{ events: string[]; of: string[] }>(
        `SELECT event_ids AS events, replay_of AS of FROM background_run WHERE replay_of <> '{}' AND function_id = 'order' AND state = 'completed'`,
      );
      expect(again.flatMap((run) => run.events).sort()).toEqual(events.sort());
      expect(new Set(again.flatMap((run) => run.of))).toEqual(new Set(runIds));
    }, soon);
    expect(await countOf(`audit_entry WHERE action = 'order.sent-to-lis'`)).toBe(sent);
  });
});

describe('a refusal, which no further try can mend', () => {
  it('is not tried again, and is never shown as a run that waits for another try', async () => {
    await rowsOf('CREATE TABLE reported_state (run_id text, state text)');
    await rowsOf(`CREATE FUNCTION record_reported_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      $$ BEGIN INSERT INTO public.reported_state VALUES (NEW.run_id, NEW.state); RETURN NULL; END $$`);
    await rowsOf(`CREATE TRIGGER record_reported_state AFTER INSERT OR UPDATE ON background_run
      FOR EACH ROW EXECUTE FUNCTION record_reported_state()`);
    let tries = 0;
    lis.bind({
      ...lis(),
      sendOrder: () => {
        tries += 1;
        return Promise.reject(new PortalError('invalid', 'lis_refused'));
      },
    });
    const [run] = await ended('order', await sell(), 1);
    expect(run).toMatchObject({ state: 'failed', errorCode: 'lis_refused' });
    expect(tries).toBe(1);
    const reported = await rowsOf<{ state: string }>('SELECT DISTINCT state FROM reported_state WHERE run_id = $1', [
      run?.runId,
    ]);
    expect(reported.map(({ state }) => state).toSorted()).toEqual(['failed', 'running']);
    await rowsOf('DROP TRIGGER record_reported_state ON background_run');
  });
});
