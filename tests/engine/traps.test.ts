import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { type Asked, answer, type RawFunction, startRawApp, stepPlanned, stepRun } from './raw-app';
import { createRig, engineOptions, type Rig, until } from './setup';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(() => []);
});
afterAll(() => rig.close());

const stackOf = ({ body }: Asked) => body.ctx.stack.stack;
const sleep = (id: string, span = '1h') => ({ id, op: 'Sleep', name: span, displayName: id });

/** Registers one function, sends its event, and gives back the run once it has ended, with all requests. */
async function play(app: string, answering: RawFunction['answer']) {
  const raw = await startRawApp(rig, app, { fn: { answer: answering } });
  const run = await rig.ended(await rig.send(`${app}/fn`));
  await rig.settled();
  const left = await rig.db.query('SELECT 1 FROM jobs UNION ALL SELECT 1 FROM timers UNION ALL SELECT 1 FROM waits');
  expect(left).toEqual([]);
  await raw.close();
  return { run, asked: raw.asked };
}

interface JobRow {
  id: string;
  lease_owner: string;
  generation: number;
}

describe('an answer', () => {
  it('that is recorded twice counts once', async () => {
    const held: Asked[] = [];
    const raw = await startRawApp(rig, 'twice', {
      fn: {
        answer: (asked) => {
          if (asked.step !== 'step') answer(asked.response, 206, [stepRun(asked.step, asked.step)]);
          else if (stackOf(asked).length > 0) answer(asked.response, 200, String(stackOf(asked).length));
          else held.push(asked);
        },
      },
    });
    const id = await rig.send('twice/fn');
    await until(() => held.length === 1);
    const [job] = await rig.db.query<JobRow>('SELECT id, lease_owner, generation FROM jobs');
    const planned = ['p1', 'p2'].map((step) => ({
      id: step,
      op: 'StepPlanned',
      name: step,
      race: false,
      isolated: true,
      request: true,
    }));
    const record = async () => {
      const rows = await rig.db.query<{ outcome: string }>('SELECT advance($1, $2, $3, 2, NULL, $4, NULL) AS outcome', [
        job?.id,
        job?.lease_owner,
        job?.generation,
        JSON.stringify(planned),
      ]);
      return rows[0]?.outcome;
    };
    expect([await record(), await record()]).toEqual(['advanced', 'lost']);
    answer((held[0] as Asked).response, 206, [stepPlanned('p1'), stepPlanned('p3')]);
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 2 });
    expect(raw.asked.map((one) => one.step).sort()).toEqual(['p1', 'p2', 'step', 'step']);
    await raw.close();
  });

  it('under a lease that ran out is dropped: whoever took over goes on', async () => {
    const held: Asked[] = [];
    const raw = await startRawApp(rig, 'taken', { fn: { answer: (asked) => void held.push(asked) } });
    const id = await rig.send('taken/fn');
    await until(() => held.length === 1);
    await rig.db.query(`UPDATE jobs SET lease_owner = 'dead', lease_until = now() - interval '1 second'`);
    const other = await startEngine(engineOptions(rig.db, { tickMs: 50 }));
    await until(() => held.length === 2);
    answer((held[0] as Asked).response, 200, '"from the dead"');
    answer((held[1] as Asked).response, 200, '"from the living"');
    expect(await rig.ended(id)).toMatchObject({ status: 'Completed', output: 'from the living' });
    expect(held.map(({ body }) => [body.ctx.generation_id, body.ctx.attempt])).toEqual([
      [1, 0],
      [2, 0],
    ]);
    await other.close(100);
    await raw.close();
  });

  it('may end the run in two ways, and be a single operation', async () => {
    const complete = { id: 'done', op: 'RunComplete', data: { n: 1 } };
    expect((await play('end-value', ({ response }) => answer(response, 200, '{"n":1}'))).run.output).toEqual({ n: 1 });
    expect((await play('end-op', ({ response }) => answer(response, 206, [complete]))).run.output).toEqual({ n: 1 });
    expect((await play('end-single', ({ response }) => answer(response, 206, complete))).run.output).toEqual({ n: 1 });
    expect((await play('end-none', ({ response }) => answer(response, 200, ''))).run.output).toBe(null);
    const beside = [stepRun('a', 1), complete, stepRun('b', 2)];
    expect((await play('end-beside', ({ response }) => answer(response, 206, beside))).run.output).toEqual({ n: 1 });
  });

  it('may ask to be called again', async () => {
    const { run, asked } = await play('again', (one) =>
      one.body.ctx.attempt === 0
        ? answer(one.response, 206, [stepRun('a', 1), { id: 'd', op: 'DiscoveryRequest' }])
        : answer(one.response, 200, JSON.stringify(one.body.steps)),
    );
    expect(run).toMatchObject({ status: 'Completed', output: { a: { data: 1 } } });
    expect(asked).toHaveLength(2);
  });

  it('may hold an operation that is not known: its step fails, and may be caught', async () => {
    const { run } = await play('unknown', (one) =>
      stackOf(one).length === 0
        ? answer(one.response, 206, [{ id: 'x', op: 'Teleport', name: 'x' }])
        : answer(one.response, 200, JSON.stringify(one.body.steps.x)),
    );
    expect(run.output).toEqual({
      error: { name: 'UnsupportedStepError', message: 'the embedded engine does not support Teleport' },
    });
  });

  it('may leave out the error of a step that failed', async () => {
    const { run } = await play('wordless', (one) =>
      stackOf(one).length === 0
        ? answer(
            one.response,
            206,
            [
              { id: 'f', op: 'StepFailed' },
              { id: 'e', op: 'StepError' },
            ],
            { 'x-inngest-no-retry': 'true' },
          )
        : answer(one.response, 200, JSON.stringify(one.body.steps)),
    );
    const failed = { error: { name: 'Error', message: 'the step failed' } };
    expect(run.output).toEqual({ f: failed, e: failed });
  });

  it('may name the same step twice: the last of it counts, once', async () => {
    const { run } = await play('same', (one) =>
      stackOf(one).length === 0
        ? answer(one.response, 206, [stepRun('a', 1), stepRun('a', 2)])
        : answer(one.response, 200, JSON.stringify([stackOf(one), one.body.steps])),
    );
    expect(run.output).toEqual([['a'], { a: { data: 2 } }]);
  });
});

describe('the result of a step from outside', () => {
  it('counts once, whoever brings it', async () => {
    const raw = await startRawApp(rig, 'outside', {
      fn: {
        answer: (one) => {
          if (stackOf(one).length > 0) answer(one.response, 200, JSON.stringify([stackOf(one), one.body.steps]));
          else answer(one.response, 206, [sleep('nap')]);
        },
      },
    });
    const id = await rig.send('outside/fn');
    await until(async () => (await rig.db.query('SELECT 1 FROM timers')).length === 1);
    const [run] = await rig.runsOf(id);
    const results = await rig.db.query(
      `SELECT complete_step($1, 'nap', '"first"') AS a, complete_step($1, 'nap', '"second"') AS b, complete_step($1, 'none', '1') AS c`,
      [run?.run_id],
    );
    expect(results).toEqual([{ a: true, b: false, c: false }]);
    expect(await rig.ended(id)).toMatchObject({ output: [['nap'], { nap: 'first' }] });
    await raw.close();
  });
});

describe('a group of steps', () => {
  it('is followed by one discovery, never two at a time', async () => {
    let inside = 0;
    let most = 0;
    const version = { 'x-inngest-req-version': '1' };
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { run, asked } = await play('one-discovery', async (one) => {
      if (one.step !== 'step') return answer(one.response, 206, [stepRun(one.step)], version);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside--;
      if (stackOf(one).length === ids.length) return answer(one.response, 200, '"all"', version);
      // The old version of the protocol repeats what is pending.
      answer(one.response, 206, ids.filter((id) => !stackOf(one).includes(id)).map(stepPlanned), version);
    });
    expect(run).toMatchObject({ status: 'Completed', output: 'all' });
    expect(most).toBe(1);
    // As long as steps are pending, none may be executed beside them.
    for (const one of asked.filter(({ step }) => step === 'step')) {
      const pending = stackOf(one).length > 0 && stackOf(one).length < ids.length;
      expect(one.body.ctx.disable_immediate_execution).toBe(pending);
    }
    for (const id of ids) expect(asked.filter((one) => one.step === id)).toHaveLength(1);
  });

  it('may still be pending when the run returns: what is left of it is dropped', async () => {
    const ran: string[] = [];
    const { run, asked } = await play('returns', (one) => {
      if (one.step === 'step') {
        if (stackOf(one).length > 0) return answer(one.response, 200, '"early"');
        return answer(one.response, 206, [
          { ...stepPlanned('fast'), opts: { parallelMode: 'race' } },
          { ...sleep('slow'), opts: { parallelMode: 'race' } },
          { id: 'wait', op: 'WaitForEvent', name: 'traps/never', opts: { timeout: '1h', parallelMode: 'race' } },
          { ...stepPlanned('retried'), opts: { parallelMode: 'race' } },
        ]);
      }
      ran.push(one.step);
      if (one.step === 'fast') answer(one.response, 206, [stepRun('fast')]);
      else answer(one.response, 500, { message: 'later' }, { 'retry-after': '3600' });
    });
    expect(run).toMatchObject({ status: 'Completed', output: 'early' });
    expect(asked.filter((one) => one.step === 'retried').length).toBeLessThanOrEqual(1);
    expect(ran).toContain('fast');
  });

  it('asks again for a step whose request came to nothing, though others are pending', async () => {
    const held: Asked[] = [];
    const { run, asked } = await play('nothing-new', (one) => {
      if (one.step === 'step' && stackOf(one).length === 0)
        return answer(one.response, 206, [stepPlanned('a'), stepPlanned('b')]);
      if (one.step === 'step') return answer(one.response, 200, JSON.stringify(stackOf(one)));
      if (one.step === 'a') return void held.push(one);
      // The other's plan, which is known.
      if (one.body.ctx.attempt === 0) return answer(one.response, 206, [stepPlanned('a')]);
      answer(one.response, 206, [stepRun('b')]);
      for (const other of held) answer(other.response, 206, [stepRun('a')]);
    });
    expect(run.status).toBe('Completed');
    expect((run.output as string[]).sort()).toEqual(['a', 'b']);
    expect(asked.filter((one) => one.step === 'b').map((one) => one.body.ctx.attempt)).toEqual([0, 1]);
  });
});
