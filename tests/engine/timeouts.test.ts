import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
/** Runs that wait until a test lets them go on. */
const gates = new Map<string, () => void>();

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction(
      { id: 'times', concurrency: 1, timeouts: { start: '1h', finish: '2h' }, triggers: [{ event: 'stop/times' }] },
      async ({ event, step }) => {
        if (event.data.sleep) await step.sleep('long', '5h');
        await new Promise<void>((open) => gates.set(event.data.id, open));
        return 'in time';
      },
    ),
  ]);
});
afterAll(() => rig.close());

async function timers(purpose: string, count: number): Promise<void> {
  await until(async () => (await rig.db.query('SELECT 1 FROM timers WHERE purpose = $1', [purpose])).length >= count);
}

async function forward(purpose: string): Promise<void> {
  await rig.db.query('UPDATE timers SET due_at = now() WHERE purpose = $1', [purpose]);
}

describe('a timeout', () => {
  it('of the start cancels what has not started, and nothing else', async () => {
    const first = await rig.send('stop/times', { id: 't1' });
    await until(() => gates.has('t1'));
    const second = await rig.send('stop/times', { id: 't2' });
    await timers('start', 2);
    await forward('start');
    expect(await rig.ended(second)).toMatchObject({ status: 'Cancelled' });
    gates.get('t1')?.();
    expect(await rig.ended(first)).toMatchObject({ status: 'Completed', output: 'in time' });
    expect(gates.has('t2')).toBe(false);
  });

  it('of the start counts from the moment at which the run may start', async () => {
    const ts = Date.now() + 86_400_000;
    const id = await rig.send('stop/times', { id: 't3' }, { ts });
    const [timer] = await until(async () => {
      const rows = await rig.db.query<{ due_at: Date }>(`SELECT due_at FROM timers WHERE purpose = 'start'`);
      return rows.length === 1 && rows;
    });
    expect(timer?.due_at.getTime()).toBe(ts + 3_600_000);
    const [run] = await rig.runsOf(id);
    await rig.api(`/v1/runs/${run?.run_id}`, { method: 'DELETE' });
  });

  it('of the finish cancels a sleeping run, and one whose request is under way', async () => {
    const sleeping = await rig.send('stop/times', { id: 't4', sleep: true });
    await timers('step', 1);
    const running = await rig.send('stop/times', { id: 't5' });
    await until(() => gates.has('t5'));
    await timers('finish', 2);
    await forward('finish');
    expect((await rig.allEnded([sleeping, running])).map((run) => run.status)).toEqual(['Cancelled', 'Cancelled']);
    gates.get('t5')?.();
    expect((await rig.runsOf(running))[0]).toMatchObject({ status: 'Cancelled', output: null });
  });
});
