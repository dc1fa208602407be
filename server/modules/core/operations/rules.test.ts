import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drainSeconds,
  endOfSilent,
  firstUpTo,
  hasEnded,
  mergeRunNotes,
  mergeStepNotes,
  perMinute,
  type RunNote,
  replayObstacle,
  type StepNote,
} from './rules';

const at = (seconds: number) => new Date(seconds * 1_000);

const note = (state: RunNote['state'], seconds: number, parts: Partial<RunNote> = {}): RunNote => ({
  runId: 'r',
  functionId: 'order',
  eventName: null,
  eventIds: [],
  subjectKind: null,
  subjectIds: [],
  tier: null,
  replayOf: [],
  state,
  stateAt: at(seconds),
  errorCode: null,
  attempts: 0,
  startedAt: at(seconds),
  lastSeenAt: at(seconds),
  ...parts,
});

describe('two notes of a run', () => {
  it('become one with the newer state, the first moment and the last', () => {
    const merged = mergeRunNotes(
      note('retrying', 5, { errorCode: 'sms_unavailable', attempts: 2 }),
      note('running', 2),
    );
    expect(merged).toMatchObject({ state: 'retrying', errorCode: 'sms_unavailable', attempts: 2 });
    expect([merged.startedAt, merged.lastSeenAt]).toEqual([at(2), at(5)]);
    expect(mergeRunNotes(merged, note('completed', 9))).toMatchObject({ state: 'completed', errorCode: null });
  });

  it('never leave an ended run waiting for an attempt', () => {
    const states = fc.constantFrom('running', 'retrying', 'paused', 'completed', 'failed') as fc.Arbitrary<
      RunNote['state']
    >;
    const notes = fc.array(fc.tuple(states, fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(notes, (reported) => {
        const [first, ...others] = reported.map(([state, seconds]) => note(state, seconds));
        let known = first as RunNote;
        for (const one of others) {
          const before = known.state;
          known = mergeRunNotes(known, one);
          if (hasEnded(before)) expect(known.state).not.toBe('retrying');
        }
        expect(reported.map(([state]) => state)).toContain(known.state);
        expect(known.lastSeenAt).toEqual(at(Math.max(...reported.map(([, seconds]) => seconds))));
      }),
    );
  });
});

it('two notes of a step become one with the newer state', () => {
  const step = (state: StepNote['state'], seconds: number, errorCode: string | null = null): StepNote => ({
    runId: 'r',
    stepId: 's',
    name: 'send',
    state,
    attempts: 1,
    startedAt: at(seconds),
    lastSeenAt: at(seconds),
    endedAt: null,
    errorCode,
  });
  const retrying = mergeStepNotes(step('running', 1), step('retrying', 2, 'sms_unavailable'));
  expect(retrying).toMatchObject({ state: 'retrying', startedAt: at(1), errorCode: 'sms_unavailable' });
  expect(mergeStepNotes(step('completed', 4), retrying)).toMatchObject({ state: 'completed', errorCode: null });
});

describe('what stands against a repetition', () => {
  const run = { state: 'failed' as const, replayedAt: null, eventName: 'order/created', events: [{}], gone: 0 };

  it.each([
    ['nothing for a failed run', run, null],
    ['nothing for a run that waits for its next attempt', { ...run, state: 'retrying' as const }, null],
    ['nothing for a run of the clock, which has no event', { ...run, eventName: null, events: [] }, null],
    ['that it is at work', { ...run, state: 'running' as const }, 'open'],
    ['that it is paused', { ...run, state: 'paused' as const }, 'open'],
    ['that somebody repeated it', { ...run, replayedAt: at(1) }, 'replayed'],
    ['that one event of its batch is gone', { ...run, gone: 1 }, 'eventGone'],
    ['that its events are none of the outbox', { ...run, events: [] }, 'eventGone'],
  ])('%s', (_, given, obstacle) => {
    expect(replayObstacle(given)).toBe(obstacle);
  });
});

it('takes the first things up to a weight, and always one', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 0, max: 40 }), (things, most) => {
      const taken = firstUpTo(things, most, (weight) => weight);
      expect(taken).toEqual(things.slice(0, taken.length));
      expect(taken.length).toBeGreaterThanOrEqual(Math.min(1, things.length));
      const sum = (upTo: number) => things.slice(0, upTo).reduce((total, weight) => total + weight, 0);
      if (taken.length > 1) expect(sum(taken.length)).toBeLessThanOrEqual(most);
      if (taken.length < things.length) expect(sum(taken.length + 1)).toBeGreaterThan(most);
    }),
  );
});

it('forecasts by the pace of the last minutes, and not where nothing waits or nothing moves', () => {
  expect(drainSeconds(1_000, 500, 300)).toBe(600);
  expect(drainSeconds(1, 500, 300)).toBe(1);
  expect(drainSeconds(0, 500, 300)).toBeNull();
  expect(drainSeconds(1_000, 0, 300)).toBeNull();
});

describe('of two notes', () => {
  const known = note('retrying', 5, {
    functionId: 'order',
    errorCode: 'first',
    attempts: 2,
    subjectIds: ['a'],
    tier: 'vip1',
  });

  it('the known one keeps what it is about, and the reported one counts where it is as new', () => {
    const reported = note('running', 5, { functionId: 'x', subjectIds: ['b'], startedAt: at(7), lastSeenAt: at(3) });
    expect(mergeRunNotes(known, reported)).toEqual({ ...known, state: 'running' });
    expect(mergeRunNotes(known, note('failed', 6, { errorCode: 'second', attempts: 3 }))).toEqual({
      ...known,
      ...{ state: 'failed', stateAt: at(6), errorCode: 'second', attempts: 3, lastSeenAt: at(6) },
    });
  });

  it('an older one changes neither state nor error', () => {
    const late = note('failed', 4, { errorCode: 'late', startedAt: at(1) });
    expect(mergeRunNotes(known, late)).toEqual({ ...known, startedAt: at(1) });
    expect(mergeRunNotes(known, note('completed', 4))).toEqual({ ...known, startedAt: at(4) });
    const done = note('completed', 5);
    expect(mergeRunNotes(done, note('retrying', 6, { errorCode: 'x' }))).toEqual({ ...done, lastSeenAt: at(6) });
    expect(mergeRunNotes(note('running', 5), note('retrying', 6)).state).toBe('retrying');
  });

  it('of a step, the one seen later counts, the reported of two that were seen at once, and the first beginning', () => {
    const one: StepNote = {
      ...{ runId: 'r', stepId: 's', name: 'send', state: 'retrying', attempts: 1 },
      ...{ startedAt: at(2), lastSeenAt: at(4), endedAt: null, errorCode: 'first' },
    };
    const again: StepNote = { ...one, state: 'running', attempts: 2, startedAt: at(3), errorCode: null };
    const merged = { ...again, startedAt: at(2), errorCode: 'first' };
    expect(mergeStepNotes(one, again)).toEqual(merged);
    expect(mergeStepNotes({ ...again, lastSeenAt: at(5) }, one)).toEqual({ ...merged, lastSeenAt: at(5) });
    expect(mergeStepNotes(one, { ...again, startedAt: at(1) }).startedAt).toEqual(at(1));
    expect(mergeStepNotes(one, { ...again, errorCode: 'second' }).errorCode).toBe('second');
    const done: StepNote = { ...again, state: 'completed', endedAt: at(4) };
    expect(mergeStepNotes(one, done)).toEqual({ ...done, startedAt: at(2), errorCode: null });
  });
});

it('a run that fell silent ended as the server says, and failed where the server has not known it for more than a day', () => {
  const endedAt = at(3);
  expect(endOfSilent({ status: 'Running', endedAt: null }, 200_000)).toBeNull();
  expect(endOfSilent({ status: 'Completed', endedAt }, 60)).toEqual({ state: 'completed', errorCode: null, endedAt });
  expect(endOfSilent({ status: 'Failed', endedAt }, 60)).toEqual({ state: 'failed', errorCode: 'unknown', endedAt });
  expect(endOfSilent({ status: 'Cancelled', endedAt }, 60)).toEqual({ state: 'cancelled', errorCode: null, endedAt });
  expect(endOfSilent(null, 86_400)).toBeNull();
  expect(endOfSilent(null, 86_401)).toEqual({ state: 'failed', errorCode: 'run_forgotten', endedAt: null });
});

it('an hour is sixty minutes, the oldest first; a minute of which nothing is said had none', () => {
  const minutes = perMinute([
    { minutesAgo: 0, rows: 40 },
    { minutesAgo: 59, rows: 7 },
    { minutesAgo: 60, rows: 1 },
    { minutesAgo: -1, rows: 1 },
  ]);
  expect(minutes).toHaveLength(60);
  expect([minutes[0], minutes[58], minutes[59]]).toEqual([7, 0, 40]);
  expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(47);
});
