import { createDefer } from 'inngest/experimental';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;
const calls: { n: unknown }[] = [];
const seen: Record<string, unknown> = {};

const callsOf = (n: unknown) => calls.filter((call) => call.n === n);

beforeAll(async () => {
  rig = await createRig((client) => {
    const later = createDefer(client, { id: 'later' }, async ({ event }) => {
      calls.push({ n: event.data.n });
    });
    return [
      later,
      client.createFunction({ id: 'asks', triggers: [{ event: 'defers/asks' }] }, async ({ event, defer, step }) => {
        defer('one', { function: later, data: { n: event.data.n } });
        await step.sleep('back', '1s');
        return 'done';
      }),
      client.createFunction({ id: 'fails', retries: 0, triggers: [{ event: 'defers/fails' }] }, async ({ defer }) => {
        defer('one', { function: later, data: { n: 'failed' } });
        throw new Error('after all');
      }),
      client.createFunction({ id: 'waits', triggers: [{ event: 'defers/waits' }] }, async ({ defer, step }) => {
        defer('one', { function: later, data: { n: 'cancelled' } });
        await step.sleep('long', '1h');
      }),
      client.createFunction({ id: 'aborts', triggers: [{ event: 'defers/aborts' }] }, async ({ defer, step }) => {
        const handle = defer('one', { function: later, data: { n: 'aborted' } });
        await step.run('between', () => undefined);
        handle.abort();
        await step.run('after', () => undefined);
      }),
      client.createFunction({ id: 'meets', triggers: [{ event: 'defers/meets' }] }, async (context) => {
        seen.sessions = (context as { sessions?: unknown }).sessions;
        seen.user = context.event.user;
        seen.requestId = (context as { requestId?: unknown }).requestId;
      }),
    ];
  });
});
afterAll(() => rig.close());

describe('runs asked for at the end of a run', () => {
  it('starts each once when the run has ended, though the function asked at every request', async () => {
    const run = await rig.ended(await rig.send('defers/asks', { n: 'plain' }), 20_000);
    await until(() => callsOf('plain').length === 1);
    const asked = await rig.db.query<{ marks: unknown }>(
      `SELECT payload->'data'->'_inngest' AS marks FROM events WHERE name = 'inngest/deferred.schedule'`,
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]?.marks).toMatchObject({
      fn_slug: 'test-later',
      parent_fn_slug: 'test-asks',
      parent_run_id: run.run_id,
    });
    expect(await rig.db.query('SELECT 1 FROM defers WHERE run_id = $1', [run.run_id])).toEqual([]);
  });

  it('starts it when the run failed or was cancelled', async () => {
    await rig.ended(await rig.send('defers/fails'));
    await until(() => callsOf('failed').length === 1);
    const id = await rig.send('defers/waits');
    await until(async () => (await rig.db.query(`SELECT 1 FROM timers WHERE purpose = 'step'`)).length === 1);
    expect(callsOf('cancelled')).toEqual([]);
    await rig.api(`/v1/runs/${(await rig.runsOf(id))[0]?.run_id}`, { method: 'DELETE' });
    await until(() => callsOf('cancelled').length === 1);
  });

  it('starts none that was taken back', async () => {
    await rig.ended(await rig.send('defers/aborts'));
    await rig.ended(await rig.send('defers/asks', { n: 'after the aborted' }), 20_000);
    await until(() => callsOf('after the aborted').length === 1);
    await pause(200);
    expect(callsOf('aborted')).toEqual([]);
    expect(calls).toHaveLength(4);
  });
});

describe('what comes with an event', () => {
  it('hands sessions on, folded as the official server does, with a user and the id of the request', async () => {
    const meta = { sessions: { mine: 'a', cut: null }, propagated_sessions: { mine: 'b', inherited: 'c', cut: 'd' } };
    const { body } = await rig.api('/e/test-event-key', {
      method: 'POST',
      body: JSON.stringify({ name: 'defers/meets', data: {}, meta }),
    });
    await rig.ended((body as { ids: string[] }).ids[0] ?? '');
    expect(seen.sessions).toEqual({ mine: 'a', inherited: 'c' });
    expect(seen.user).toEqual({});
    expect(seen.requestId).toMatch(/^[0-9A-Z]{26}$/);
  });
});
