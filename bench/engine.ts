// What the embedded engine does on this machine, every commit durable, the app beside it: from an event to the start of its
// function, runs a second of three shapes, the same with two million finished runs, and whether a long queue costs memory or
// delays another function. With INNGEST_BASE_URL, and the keys, the first figures are taken of that server instead.
import { createFixture, type Fixture } from './engine/fixture';
import { printFigure } from './report/figure';

/** What the official server does on such a machine, in memory: see docs/engine.md. */
const OFFICIAL = { start: 245, 'no-op': 110, 'three-steps': 73, 'four-parallel': 24 };
const LIMIT = { start: 12, 'no-op': 500, 'three-steps': 250, 'four-parallel': 100 };
const RUNS = { 'no-op': 3_000, 'three-steps': 1_500, 'four-parallel': 800 };
const FINISHED = 2_000_000;
const FILL_AT_ONCE = 200_000;
const QUEUED = { few: 1_000, many: 100_000 };
const STARTS = 200;
const STARTS_EVERY_MS = 50;

const bench = 'engine';
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

/** Milliseconds from sending an event to the first line of its function, for events that come one at a time. */
async function startTimes(fixture: Fixture): Promise<number[]> {
  const sentAt = new Map<number, number>();
  const times: number[] = [];
  fixture.onBegin(({ n, at }) => {
    const sent = sentAt.get(n);
    if (sent !== undefined) times.push(at - sent);
    sentAt.delete(n);
  });
  const first = Math.floor(Math.random() * 1e9);
  for (let n = first; n < first + STARTS; n++) {
    sentAt.set(n, performance.timeOrigin + performance.now());
    await fixture.sendOne('bench/timed', { n });
    await pause(STARTS_EVERY_MS);
  }
  while (times.length < STARTS) await pause(50);
  return times.sort((a, b) => a - b);
}

/** Runs a second, from the first event's arrival to the last run's end. */
async function rateOf(fixture: Fixture, shape: keyof typeof RUNS, count: number): Promise<number> {
  return count / (await fixture.endOf(count, () => fixture.send(`bench/${shape}`, count)));
}

type Inside = NonNullable<Fixture['inside']>;
type Peers = Partial<typeof OFFICIAL>;

async function starts(fixture: Fixture, suffix = '', peer?: number): Promise<number> {
  const times = await startTimes(fixture);
  const value = share(times, 0.5);
  const figure = `start-p50${suffix}`;
  printFigure({ bench, figure, value, unit: 'ms', limit: LIMIT.start, ...(peer === undefined ? {} : { peer }) });
  printFigure({ bench, figure: `start-p95${suffix}`, value: share(times, 0.95), unit: 'ms' });
  return value;
}

async function shapes(fixture: Fixture, suffix = '', peers: Peers = {}): Promise<void> {
  for (const shape of Object.keys(RUNS) as (keyof typeof RUNS)[]) {
    await rateOf(fixture, shape, 200);
    const value = await rateOf(fixture, shape, RUNS[shape]);
    const peer = peers[shape];
    const figure = `${shape}${suffix}`;
    printFigure({ bench, figure, value, unit: 'runs/s', limit: LIMIT[shape], ...(peer === undefined ? {} : { peer }) });
  }
}

/** Runs that ended within the last days, each with its event and a step, as weeks of work leave them behind. */
async function fill({ query }: Inside, count: number): Promise<void> {
  for (let from = 0; from < count; from += FILL_AT_ONCE) {
    const span = [from, Math.min(from + FILL_AT_ONCE, count) - 1];
    const at = `now() - interval '6 days' + n * interval '0.2 seconds'`;
    const id = `'01B' || lpad(n::text, 23, '0')`;
    const rows = 'generate_series($1::integer, $2::integer) n';
    await query(
      `INSERT INTO events (id, name, received_at, payload)
       SELECT ${id}, 'bench/no-op', ${at}, json_build_object('id', ${id}, 'name', 'bench/no-op', 'data', '{}'::json, 'ts', 0) FROM ${rows}`,
      span,
    );
    await query(
      `INSERT INTO runs (id, function_id, event_id, status, created_at, sort_at, started_at, ended_at, output, stack)
       SELECT ${id}, f.id, ${id}, 'Completed', ${at}, ${at}, ${at}, ${at}, 'null', '{s}'
       FROM ${rows}, functions f WHERE f.slug = 'bench-no-op'`,
      span,
    );
    await query(
      `INSERT INTO steps (run_id, step_id, op, name, memo, ended_at) SELECT ${id}, 's', 'StepRun', 's', '{"data":1}', ${at} FROM ${rows}`,
      span,
    );
  }
  await query('VACUUM ANALYZE events, runs, steps');
  // Weeks of work were written out long ago: this fill's own pages are not what is measured.
  await query('CHECKPOINT');
}

/** Memory once the given number of runs waits behind a slot and all of them are routed. */
async function memoryWith(fixture: Fixture, { query, memory }: Inside, more: number): Promise<number> {
  await fixture.send('bench/held', more);
  while ((await query('SELECT 1 FROM inbox LIMIT 1')).length > 0) await pause(100);
  await pause(3_000);
  return memory();
}

async function behindQueue(fixture: Fixture, inside: Inside, idle: number): Promise<void> {
  const few = await memoryWith(fixture, inside, QUEUED.few);
  const many = await memoryWith(fixture, inside, QUEUED.many - QUEUED.few);
  printFigure({ bench, figure: 'memory-100000-queued', value: many, unit: 'MB', peer: few });
  await starts(fixture, '-100000-queued', idle);
  const deep = await rateOf(fixture, 'no-op', RUNS['no-op']);
  printFigure({ bench, figure: 'no-op-100000-queued', value: deep, unit: 'runs/s', limit: LIMIT['no-op'] });
}

const fixture = await createFixture();
try {
  const { inside } = fixture;
  await rateOf(fixture, 'no-op', 500);
  const idle = await starts(fixture, '', inside && OFFICIAL.start);
  await shapes(fixture, '', inside && OFFICIAL);
  if (inside) {
    await fill(inside, FINISHED);
    await starts(fixture, '-2000000-finished', idle);
    await shapes(fixture, '-2000000-finished');
    await behindQueue(fixture, inside, idle);
  }
} finally {
  await fixture.stop();
}
