import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'waits', triggers: [{ event: 'signals/waits' }] }, async ({ step, event }) => {
      const { signal, conflict } = event.data;
      return step.waitForSignal('sig', { signal, timeout: '1h', onConflict: conflict ?? 'fail' });
    }),
    client.createFunction({ id: 'sends', triggers: [{ event: 'signals/sends' }] }, async ({ step, event }) =>
      step.sendSignal('send', { signal: event.data.signal, data: { from: 'a run' } }),
    ),
    client.createFunction(
      { id: 'beside', retries: 0, triggers: [{ event: 'signals/beside' }] },
      async ({ step, event }) => {
        const { signal } = event.data;
        return Promise.allSettled([
          step.waitForSignal('sig', { signal, timeout: '1h', onConflict: 'fail' }),
          step.sleep('long', '1h'),
        ]);
      },
    ),
  ]);
});
afterAll(() => rig.close());

const send = (signal: unknown, data?: unknown) =>
  rig.api('/v1/signals', { method: 'POST', body: JSON.stringify({ signal, data }) });

async function waiting(count: number): Promise<void> {
  await until(async () => (await rig.db.query(`SELECT 1 FROM waits WHERE kind = 'signal'`)).length === count);
}

describe('a signal', () => {
  it('resumes the run that waits for it, with its data, once', async () => {
    const id = await rig.send('signals/waits', { signal: 'sig-1' });
    await waiting(1);
    const run = (await rig.runsOf(id))[0];
    expect(await send('sig-1', { ok: [1, null] })).toEqual({ status: 200, body: { data: { run_id: run?.run_id } } });
    expect((await send('sig-1', { ok: 2 })).status).toBe(404);
    expect(await rig.ended(id)).toMatchObject({ output: { signal: 'sig-1', data: { ok: [1, null] } } });
    const again = await rig.send('signals/waits', { signal: 'sig-1' });
    await waiting(1);
    await send('sig-1');
    expect(await rig.ended(again)).toMatchObject({ output: { signal: 'sig-1', data: null } });
  });

  it('is answered 404 when nobody waits, 400 when it has no name', async () => {
    expect(await send('sig-none')).toMatchObject({ status: 404, body: { error: 'No signal found' } });
    for (const name of ['', 7, null, undefined]) expect((await send(name)).status).toBe(400);
  });

  it('comes from a run of its own, too, which may find nobody', async () => {
    const id = await rig.send('signals/waits', { signal: 'sig-2' });
    await waiting(1);
    expect(await rig.ended(await rig.send('signals/sends', { signal: 'sig-2' }))).toMatchObject({
      status: 'Completed',
    });
    expect(await rig.ended(id)).toMatchObject({ output: { signal: 'sig-2', data: { from: 'a run' } } });
    expect(await rig.ended(await rig.send('signals/sends', { signal: 'sig-2' }))).toMatchObject({
      status: 'Completed',
    });
  });

  it('may have a name of any length', async () => {
    const signal = Array.from({ length: 300 }, () => Math.random().toString(36)).join();
    const id = await rig.send('signals/waits', { signal });
    await waiting(1);
    expect((await send(`${signal}.`)).status).toBe(404);
    expect((await send(signal, 1)).status).toBe(200);
    expect(await rig.ended(id)).toMatchObject({ output: { signal, data: 1 } });
  });

  it('is null after the timeout', async () => {
    const id = await rig.send('signals/waits', { signal: 'sig-3' });
    await waiting(1);
    await rig.db.query('UPDATE timers SET due_at = now()');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: null });
    expect((await send('sig-3')).status).toBe(404);
  });

  it('does not reach a run that was cancelled', async () => {
    const id = await rig.send('signals/waits', { signal: 'sig-4' });
    await waiting(1);
    const run = (await rig.runsOf(id))[0];
    await rig.api(`/v1/runs/${run?.run_id}`, { method: 'DELETE' });
    expect((await send('sig-4')).status).toBe(404);
    expect(await rig.runsOf(id)).toMatchObject([{ status: 'Cancelled' }]);
  });
});

describe('a second wait for a signal', () => {
  it('fails its run, and leaves the first alone', async () => {
    const first = await rig.send('signals/waits', { signal: 'taken' });
    await waiting(1);
    for (const name of ['signals/waits', 'signals/beside']) {
      const second = await rig.send(name, { signal: 'taken' });
      expect(await rig.ended(second)).toMatchObject({
        status: 'Failed',
        output: { name: 'Error', message: 'Signal conflict: another run already waits for this signal' },
      });
    }
    await waiting(1);
    expect((await send('taken', 'for the first')).status).toBe(200);
    expect(await rig.ended(first)).toMatchObject({ output: { data: 'for the first' } });
    expect(await rig.db.query('SELECT 1 FROM timers UNION ALL SELECT 1 FROM jobs')).toEqual([]);
  });

  it('takes its place when it says so; the first waits for its timeout', async () => {
    const first = await rig.send('signals/waits', { signal: 'replaced' });
    await waiting(1);
    const second = await rig.send('signals/waits', { signal: 'replaced', conflict: 'replace' });
    await until(async () => (await rig.db.query('SELECT 1 FROM timers')).length === 2);
    expect((await send('replaced', 'for the second')).status).toBe(200);
    expect(await rig.ended(second)).toMatchObject({ output: { data: 'for the second' } });
    expect((await rig.runsOf(first))[0]?.status).toBe('Running');
    await rig.db.query('UPDATE timers SET due_at = now()');
    expect(await rig.ended(first)).toMatchObject({ status: 'Completed', output: null });
  });
});
