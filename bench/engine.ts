// What the embedded engine does on this machine, every commit durable, the app beside it: from an event to the start of its
// function, runs a second of three shapes, and whether a long queue costs memory or delays another function.
import { createWorld, type World } from './engine/world';
import { printFigure } from './figure';

/** What the official server does on such a machine, in memory: see docs/engine.md. */
const OFFICIAL = { start: 245, 'no-op': 110, 'three-steps': 73, 'four-parallel': 24 };
const LIMIT = { start: 25, 'no-op': 300, 'three-steps': 150, 'four-parallel': 80 };
const RUNS = { 'no-op': 3_000, 'three-steps': 1_500, 'four-parallel': 800 };
const QUEUED = { few: 1_000, many: 100_000 };
const STARTS = 200;
const STARTS_EVERY_MS = 50;

const bench = 'engine';
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

/** Milliseconds from sending an event to the first line of its function, for events that come one at a time. */
async function startTimes(world: World): Promise<number[]> {
  const sentAt = new Map<number, number>();
  const times: number[] = [];
  world.onBegin(({ n, at }) => {
    const sent = sentAt.get(n);
    if (sent !== undefined) times.push(at - sent);
    sentAt.delete(n);
  });
  const first = Math.floor(Math.random() * 1e9);
  for (let n = first; n < first + STARTS; n++) {
    sentAt.set(n, performance.timeOrigin + performance.now());
    await world.sendOne('bench/timed', { n });
    await pause(STARTS_EVERY_MS);
  }
  while (times.length < STARTS) await pause(50);
  return times.sort((a, b) => a - b);
}

/** Runs a second, from the first event's arrival to the last run's end, by the database's clock. */
async function rateOf(world: World, shape: keyof typeof RUNS, count: number): Promise<number> {
  const [begin] = await world.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  await world.send(`bench/${shape}`, count);
  const ended = `SELECT count(*)::integer AS n, extract(epoch FROM max(ended_at) - $1)::float8 AS seconds
    FROM runs WHERE created_at >= $1 AND ended_at IS NOT NULL`;
  for (;;) {
    const [state] = await world.query<{ n: number; seconds: number }>(ended, [begin?.at]);
    if (state && state.n >= count) return count / state.seconds;
    await pause(250);
  }
}

async function shapes(world: World): Promise<void> {
  for (const shape of Object.keys(RUNS) as (keyof typeof RUNS)[]) {
    await rateOf(world, shape, 200);
    const value = await rateOf(world, shape, RUNS[shape]);
    printFigure({ bench, figure: shape, value, unit: 'runs/s', limit: LIMIT[shape], peer: OFFICIAL[shape] });
  }
}

/** Memory once the given number of runs waits behind a slot and all of them are routed. */
async function memoryWith(world: World, more: number): Promise<number> {
  await world.send('bench/held', more);
  while ((await world.query('SELECT 1 FROM inbox LIMIT 1')).length > 0) await pause(100);
  await pause(3_000);
  return world.engineMemory();
}

const world = await createWorld();
try {
  await rateOf(world, 'no-op', 500);
  const idle = await startTimes(world);
  printFigure({
    bench,
    figure: 'start-p50',
    value: share(idle, 0.5),
    unit: 'ms',
    limit: LIMIT.start,
    peer: OFFICIAL.start,
  });
  printFigure({ bench, figure: 'start-p95', value: share(idle, 0.95), unit: 'ms' });
  await shapes(world);
  const few = await memoryWith(world, QUEUED.few);
  const many = await memoryWith(world, QUEUED.many - QUEUED.few);
  printFigure({ bench, figure: 'memory-100000-queued', value: many, unit: 'MB', peer: few });
  const behind = await startTimes(world);
  const peer = share(idle, 0.5);
  printFigure({
    bench,
    figure: 'start-p50-100000-queued',
    value: share(behind, 0.5),
    unit: 'ms',
    limit: LIMIT.start,
    peer,
  });
  const deep = await rateOf(world, 'no-op', RUNS['no-op']);
  printFigure({ bench, figure: 'no-op-100000-queued', value: deep, unit: 'runs/s', limit: LIMIT['no-op'] });
} finally {
  await world.stop();
}
