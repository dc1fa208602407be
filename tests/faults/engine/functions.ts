import { Inngest, NonRetriableError } from 'inngest';
import pg from 'pg';
import { pause } from '../deadlines';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
export const client = new Inngest({ id: 'faults', logger: quiet });

const pool = new pg.Pool({ connectionString: process.env.APP_DATABASE_URL, max: 20, connectionTimeoutMillis: 5_000 });
pool.on('error', () => undefined);

/** Most that an effect takes: long enough for deaths to fall into it. */
const WORK_MS = 200;

/** What a step gives back: the value of its effect, and which execution it was. */
type Mark = { value: string; token: string };

const tokens = (marks: Mark[]) => marks.map((mark) => mark.token);

/** One effect, written once whoever repeats it; `saw` are the results that this execution was given. */
async function act(run: string, step: string, saw: Mark[] = []): Promise<Mark> {
  await pause(Math.random() * WORK_MS);
  const { rows } = await pool.query<Mark>(
    `WITH e AS (INSERT INTO faults.effect AS f (run, step) VALUES ($1, $2)
       ON CONFLICT (run, step) DO UPDATE SET tries = f.tries + 1 RETURNING value),
     x AS (INSERT INTO faults.execution (run, step, saw) VALUES ($1, $2, $3) RETURNING token)
     SELECT e.value, x.token FROM e, x`,
    [run, step, tokens(saw)],
  );
  const mark = rows[0];
  if (!mark) throw new Error('no effect was written');
  return mark;
}

/** The end of a run: an effect outside of any step, and all that the run has seen as its output. */
async function end(run: string, marks: Mark[]): Promise<string[]> {
  await act(run, 'end', marks);
  return tokens(marks);
}

/** How often a place was reached, over all processes. */
async function timesAt(place: string): Promise<number> {
  const { rows } = await pool.query<{ tries: number }>(
    `INSERT INTO faults.attempt AS a (place) VALUES ($1) ON CONFLICT (place) DO UPDATE SET tries = a.tries + 1 RETURNING tries`,
    [place],
  );
  return rows[0]?.tries ?? 0;
}

/** The handler of a failure has two attempts: the database's absence shall cost it none, only its own death. */
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (turn > 40) throw error;
      await pause(250);
    }
  }
}

/** The most that there can be: no number of deaths shall make a run fail that is not meant to. */
const retries = 20;
const on = (event: string, expression?: string) => ({
  triggers: [expression ? { event, if: expression } : { event }],
});

const buries = {
  onFailure: async ({ event }: { event: { data: { run_id: string } } }) => {
    await withRetries(() => act(event.data.run_id, 'buried'));
  },
};

const plain = client.createFunction({ id: 'plain', retries, ...on('faults/plain') }, async ({ step, runId }) => {
  const one = await step.run('one', () => act(runId, 'one'));
  const two = await step.run('two', () => act(runId, 'two', [one]));
  const three = await step.run('three', () => act(runId, 'three', [one, two]));
  return end(runId, [one, two, three]);
});

const parallel = client.createFunction(
  { id: 'parallel', retries, ...on('faults/parallel') },
  async ({ step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    const both = await Promise.all(
      ['left', 'middle', 'right'].map((side) => step.run(side, () => act(runId, side, [one]))),
    );
    const last = await step.run('last', () => act(runId, 'last', [one, ...both]));
    return end(runId, [one, ...both, last]);
  },
);

const sleeping = client.createFunction(
  { id: 'sleeping', retries, ...on('faults/sleeping') },
  async ({ step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    await step.sleep('nap', '1s');
    const two = await step.run('two', () => act(runId, 'two', [one]));
    return end(runId, [one, two]);
  },
);

const waiting = client.createFunction(
  { id: 'waiting', retries, triggers: [{ event: 'faults/waiting' }] },
  async ({ event, step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    const answer = await step.waitForEvent('answer', {
      event: 'faults/answer',
      if: 'event.data.n == async.data.n',
      timeout: '1h',
    });
    if (answer?.data.n !== event.data.n) throw new NonRetriableError('no answer, or that of another');
    const two = await step.run('two', () => act(runId, 'two', [one]));
    return end(runId, [one, two]);
  },
);

const invoked = client.createFunction({ id: 'invoked', retries, triggers: [] }, async ({ event, step, runId }) => {
  const one = await step.run('one', () => act(runId, 'one'));
  const two = await step.run('two', () => act(runId, 'two', [one]));
  await end(runId, [one, two]);
  return { n: (event.data as { n: number }).n };
});

const invoking = client.createFunction(
  { id: 'invoking', retries, triggers: [{ event: 'faults/invoking' }] },
  async ({ event, step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    const child = await step.invoke('child', { function: invoked, data: { n: event.data.n } });
    if (child.n !== event.data.n) throw new NonRetriableError('the answer of another child');
    const two = await step.run('two', () => act(runId, 'two', [one]));
    return end(runId, [one, two]);
  },
);

const limited = client.createFunction(
  { id: 'limited', retries, concurrency: [{ limit: 2, key: 'event.data.key' }], ...on('faults/limited') },
  async ({ step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    const both = await Promise.all(['left', 'right'].map((side) => step.run(side, () => act(runId, side, [one]))));
    return end(runId, [one, ...both]);
  },
);

const flaky = client.createFunction({ id: 'flaky', retries, ...on('faults/flaky') }, async ({ step, runId }) => {
  const one = await step.run('one', async () => {
    if ((await timesAt(`${runId}.one`)) < 3) throw new Error('the step does not work yet');
    return act(runId, 'one');
  });
  if ((await timesAt(`${runId}.between`)) < 2) throw new Error('the run does not work yet');
  const two = await step.run('two', () => act(runId, 'two', [one]));
  return end(runId, [one, two]);
});

const fanning = client.createFunction({ id: 'fanning', retries, ...on('faults/fanning') }, async ({ step, runId }) => {
  const leaves = [1, 2, 3, 4].map((at) => ({ name: 'faults/leaf', id: `${runId}-${at}`, data: {} }));
  await step.sendEvent('leaves', leaves);
  const one = await step.run('one', () => act(runId, 'one'));
  return end(runId, [one]);
});

const single = (id: string, more: object = {}) =>
  client.createFunction({ id, retries, ...on(`faults/${id}`), ...more }, async ({ step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    return end(runId, [one]);
  });

const batched = client.createFunction(
  { id: 'batched', retries, batchEvents: { maxSize: 4, timeout: '2s' }, triggers: [{ event: 'faults/batched' }] },
  async ({ events, step, runId }) => {
    const one = await step.run('one', () => act(runId, 'one'));
    await end(runId, [one]);
    return { batch: events.map((event) => event.data.n) };
  },
);

const caught = client.createFunction({ id: 'caught', retries, ...on('faults/caught') }, async ({ step, runId }) => {
  const one = await step.run('one', () => act(runId, 'one'));
  const name = await step
    .run('hopeless', () => {
      throw new NonRetriableError('hopeless');
    })
    .catch((error: Error) => error.message);
  if (name !== 'hopeless') throw new NonRetriableError('another error than the one thrown');
  const two = await step.run('two', () => act(runId, 'two', [one]));
  return end(runId, [one, two]);
});

const failing = client.createFunction(
  { id: 'failing', retries, ...buries, ...on('faults/failing') },
  async ({ step, runId }) => {
    await step.run('one', () => act(runId, 'one'));
    await step.run('hopeless', () => {
      throw new NonRetriableError('hopeless');
    });
  },
);

const exhausted = client.createFunction(
  { id: 'exhausted', retries: 1, ...buries, ...on('faults/exhausted') },
  async ({ step }) => {
    await step.run('never', () => {
      throw new Error('never');
    });
  },
);

const cancelled = client.createFunction(
  { id: 'cancelled', retries, cancelOn: [{ event: 'faults/cancel', match: 'data.n' }], ...on('faults/cancelled') },
  async ({ step, runId }) => {
    await step.run('one', () => act(runId, 'one'));
    await step.sleep('long', '1h');
    await step.run('never', () => act(runId, 'never'));
  },
);

/** Notes what the engine says of a run, under that run's own name. */
const hearer = (id: string, step: string, event: string, expression?: string) =>
  client.createFunction({ id, retries, ...on(event, expression) }, async ({ event: said, step: tools }) => {
    const { run_id } = said.data as { run_id: string };
    await tools.run(step, () => act(run_id, step));
  });

export const functions = [
  plain,
  parallel,
  sleeping,
  waiting,
  invoked,
  invoking,
  limited,
  flaky,
  fanning,
  single('leaf'),
  single('throttled', { throttle: { limit: 2, period: '2s', burst: 1 } }),
  single('debounced', { debounce: { period: '1s', key: 'event.data.n' } }),
  batched,
  caught,
  failing,
  exhausted,
  cancelled,
  hearer('mourner', 'mourned', 'inngest/function.failed'),
  hearer('clerk', 'noted', 'inngest/function.cancelled'),
  hearer('witness', 'witnessed', 'inngest/function.finished', "event.data.function_id == 'faults-plain'"),
];
