import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, answer, startRawApp } from './raw-app';
import { createRig, type Rig, until } from './setup';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(() => []);
});
afterAll(() => rig.close());

/** An operation, and what its run says of it: the end of a run that it cannot go on with, or nothing when it is understood. */
const FORMS: [string, object, string | null][] = [
  ['Sleep with opts.duration', { op: 'Sleep', opts: { duration: '1h' } }, null],
  [
    'Sleep with a date in opts.duration',
    { op: 'Sleep', opts: { duration: '2100-01-01T00:00:00Z' } },
    'UnreadableOperationError|InngestErrTimeoutTooLong',
  ],
  ['Sleep with a number', { op: 'Sleep', opts: { duration: 5_000 } }, 'duration is no text'],
  ['Sleep with half a duration', { op: 'Sleep', name: '5' }, '"5" is neither a duration nor a date'],
  ['Sleep with words', { op: 'Sleep', name: 'a while' }, '"a while" is neither a duration nor a date'],
  ['WaitForEvent with opts.event', { op: 'WaitForEvent', opts: { event: 'forms/go', timeout: '1h' } }, null],
  ['WaitForEvent without a name', { op: 'WaitForEvent', opts: { timeout: '1h' } }, 'it names no event'],
  [
    'WaitForEvent with a name that is none',
    { op: 'WaitForEvent', opts: { event: 7, timeout: '1h' } },
    'event is no text',
  ],
  [
    'WaitForEvent with an odd timeout',
    { op: 'WaitForEvent', name: 'forms/go', opts: { timeout: 'soon' } },
    '"soon" is neither',
  ],
  ['WaitForEvent with an odd condition', { op: 'WaitForEvent', name: 'forms/go', opts: { if: 7 } }, 'if is no text'],
  ['WaitForSignal without a name', { op: 'WaitForSignal', opts: { timeout: '1h' } }, 'it names no signal'],
  [
    'WaitForSignal with an odd conflict',
    { op: 'WaitForSignal', opts: { signal: 's', conflict: 'share' } },
    'conflict is share',
  ],
  [
    'WaitForSignal with an odd timeout',
    { op: 'WaitForSignal', opts: { signal: 's', timeout: [] } },
    'timeout is no text',
  ],
  [
    'InvokeFunction with a payload that is none',
    { op: 'InvokeFunction', opts: { function_id: 'forms-fn', payload: 7 } },
    'payload is no object',
  ],
  [
    'InvokeFunction with data that is none',
    { op: 'InvokeFunction', opts: { function_id: 'forms-fn', payload: { data: [1] } } },
    'data is no object',
  ],
  [
    'InvokeFunction with an odd timeout',
    { op: 'InvokeFunction', opts: { function_id: 'forms-fn', timeout: 'x' } },
    '"x" is neither',
  ],
];

describe('an operation', () => {
  let ask: object = {};
  let app: Awaited<ReturnType<typeof startRawApp>>;
  beforeAll(async () => {
    app = await startRawApp(rig, 'forms', {
      fn: { answer: ({ response }) => answer(response, 206, [{ id: 'x', name: '', displayName: 'x', ...ask }]) },
    });
  });
  afterAll(() => app.close());

  it.each(FORMS)('%s is honoured or refused, never left out', async (_, form, refusal) => {
    ask = form;
    const id = await rig.send('forms/fn');
    if (refusal === null) {
      await until(async () => (await rig.db.query('SELECT 1 FROM timers')).length === 1);
      const [timer] = await rig.db.query<{ minutes: number }>(
        `SELECT round(extract(epoch FROM due_at - now()) / 60)::integer AS minutes FROM timers`,
      );
      expect(timer).toEqual({ minutes: 60 });
      const [run] = await rig.runsOf(id);
      expect(run?.status).toBe('Running');
      await rig.api(`/v1/runs/${run?.run_id}`, { method: 'DELETE' });
    } else {
      const run = await rig.ended(id);
      expect(run.status).toBe('Failed');
      expect(JSON.stringify(run.output).replaceAll('\\"', '"')).toMatch(new RegExp(refusal));
    }
    expect(await rig.db.query('SELECT 1 FROM timers UNION ALL SELECT 1 FROM waits')).toEqual([]);
  });

  it('other than a result is refused in a checkpoint, so that the SDK brings it with its answer', async () => {
    const held: Asked[] = [];
    const raw = await startRawApp(rig, 'odd', { fn: { answer: (asked) => void held.push(asked) } });
    await rig.send('odd/fn');
    await until(() => held.length === 1);
    const { ctx } = (held[0] as Asked).body;
    const checkpoint = (op: object) =>
      rig.api(`/v1/checkpoint/${ctx.run_id}/async`, {
        method: 'POST',
        body: JSON.stringify({
          qi_id: ctx.qi_id,
          generation_id: ctx.generation_id,
          steps: [{ id: 'c', name: 'c', ...op }],
        }),
      });
    for (const op of [{ op: 'Sleep', name: '1h' }, { op: 'StepPlanned' }, { op: 'RunComplete' }, { op: 'StepError' }])
      expect(await checkpoint(op)).toMatchObject({ status: 400 });
    expect(await checkpoint({ op: 'StepRun', data: 1 })).toMatchObject({ status: 200 });
    answer((held[0] as Asked).response, 200, 'null');
    await rig.settled();
    await raw.close();
  });
});
