import { expect } from 'vitest';
import { until } from '../deadlines';
import {
  actualRuns,
  allRuns,
  contradictions,
  expectedRuns,
  openWork,
  repetitions,
  reportedRuns,
  runsOf,
  strayEffects,
  whatIsOpen,
} from './checks';
import type { Fixture } from './fixture';
import type { Load } from './load';

const DRAIN_MS = 180_000;

/** Lets the work come to its end. What is open after minutes is said. */
async function drain({ ask }: Fixture): Promise<number> {
  const from = Date.now();
  const isDrained = await until(async () => (await openWork(ask)) === 0, DRAIN_MS);
  if (!isDrained) console.error(JSON.stringify(await whatIsOpen(ask), null, 1));
  expect(isDrained, 'the work comes to its end').toBe(true);
  return Date.now() - from;
}

/**
 * Stops the load, waits for the end of the work and compares: each accepted event has the runs that it must have, each run
 * ended once and as it must, each effect exists once, and memos, effects, outputs, announcements and slots agree.
 */
export async function expectAllOnce(fixture: Fixture, load: Load): Promise<string> {
  const { ask, keys } = fixture;
  await load.finish();
  const drainedMs = await drain(fixture);
  await load.stop();
  const runs = await allRuns(ask);
  expect(actualRuns(runs)).toEqual(expectedRuns(load.accepted, runs));
  expect(await reportedRuns(ask, keys, load.accepted)).toEqual(runsOf(load.accepted, runs));
  expect(await strayEffects(ask, runs)).toEqual({ missing: [], foreign: [] });
  for (const [what, found] of Object.entries(await contradictions(ask))) expect(found, what).toEqual([]);
  const { effects, executions } = await repetitions(ask);
  return (
    `${load.accepted.length} events accepted after ${load.refusals} refusals, ${runs.length} runs, ` +
    `${effects} effects in ${executions} executions, drained in ${drainedMs} ms`
  );
}
