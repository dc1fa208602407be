import type { RunState } from './schema';

/** What one request of a run reports about it; times by the clock of the process. */
export type RunNote = {
  runId: string;
  functionId: string;
  eventName: string | null;
  eventIds: readonly string[];
  subjectKind: string | null;
  subjectIds: readonly string[];
  tier: string | null;
  replayOf: readonly string[];
  state: Exclude<RunState, 'cancelled'>;
  /** When `state` was true. A request without a new state reports the moment of its own beginning. */
  stateAt: Date;
  errorCode: string | null;
  /** Of the present step; 0 where this request has begun none. */
  attempts: number;
  startedAt: Date;
  lastSeenAt: Date;
};

export type StepNote = {
  runId: string;
  stepId: string;
  name: string;
  state: 'running' | 'retrying' | 'completed' | 'failed';
  attempts: number;
  startedAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
  errorCode: string | null;
};

const ENDED: readonly RunState[] = ['completed', 'failed', 'cancelled'];
export const hasEnded = (state: RunState): boolean => ENDED.includes(state);

/** Whether a reported state replaces the known one: the newer does, but nothing that ended waits for another attempt. */
const replaces = (reported: RunNote, known: RunNote): boolean =>
  reported.stateAt >= known.stateAt && !(hasEnded(known.state) && reported.state === 'retrying');

/** Two notes of one run as one, as the database would have taken them one after the other. */
export function mergeRunNotes(known: RunNote, reported: RunNote): RunNote {
  const newer = replaces(reported, known);
  const { state, stateAt } = newer ? reported : known;
  const errorCode = newer ? (reported.errorCode ?? known.errorCode) : known.errorCode;
  return {
    ...known,
    state,
    stateAt,
    errorCode: newer && state === 'completed' ? null : errorCode,
    attempts: reported.attempts || known.attempts,
    startedAt: reported.startedAt < known.startedAt ? reported.startedAt : known.startedAt,
    lastSeenAt: reported.lastSeenAt > known.lastSeenAt ? reported.lastSeenAt : known.lastSeenAt,
  };
}

/** Two notes of one step as one. */
export function mergeStepNotes(known: StepNote, reported: StepNote): StepNote {
  const [older, newer] = reported.lastSeenAt >= known.lastSeenAt ? [known, reported] : [reported, known];
  const startedAt = older.startedAt < newer.startedAt ? older.startedAt : newer.startedAt;
  const errorCode = newer.state === 'completed' ? null : (newer.errorCode ?? older.errorCode);
  return { ...newer, startedAt, errorCode };
}

/** How the server that runs the functions says of a run that it ended; null while it has not. */
const ENDS = { Running: null, Completed: 'completed', Failed: 'failed', Cancelled: 'cancelled' } as const;
export type EndState = 'completed' | 'failed' | 'cancelled';
export const endedAs = (status: keyof typeof ENDS): EndState | null => ENDS[status];

/** A run that the server does not know any more will not be reported; it is marked as failed after this long. */
const FORGOTTEN_SECONDS = 24 * 3_600;
/** The server says that it failed, and not of what. */
export const UNREPORTED = 'unknown';

export type RunEnd = { state: EndState; errorCode: string | null; endedAt: Date | null };

/** How a run ended of which nothing was heard, by what the server says of it (`found`, null where it does not know it); null while it is open. */
export function endOfSilent(
  found: { status: keyof typeof ENDS; endedAt: Date | null } | null,
  silentSeconds: number,
): RunEnd | null {
  if (!found)
    return silentSeconds > FORGOTTEN_SECONDS ? { state: 'failed', errorCode: 'run_forgotten', endedAt: null } : null;
  const state = endedAs(found.status);
  return state && { state, errorCode: state === 'failed' ? UNREPORTED : null, endedAt: found.endedAt };
}

/** Why a run cannot be repeated. */
export type ReplayObstacle = 'open' | 'replayed' | 'eventGone';

/**
 * What stands against repeating a run, or null. One that waits for its next attempt can be repeated: it is ended first. One that
 * the clock started has no event.
 */
export function replayObstacle(run: {
  state: RunState;
  replayedAt: Date | null;
  eventName: string | null;
  events: readonly unknown[];
  gone: number;
}): ReplayObstacle | null {
  if (run.replayedAt) return 'replayed';
  if (!hasEnded(run.state) && run.state !== 'retrying') return 'open';
  return run.eventName !== null && (run.gone > 0 || run.events.length === 0) ? 'eventGone' : null;
}

/** The first of some things, as many as together weigh no more than `most`; always one. */
export function firstUpTo<T>(things: readonly T[], most: number, weightOf: (thing: T) => number): T[] {
  let weight = 0;
  return things.filter((thing, place) => {
    weight += weightOf(thing);
    return place === 0 || weight <= most;
  });
}

/** Seconds until what waits is done at the pace of the last minutes; null where nothing waits or nothing moves. */
export function drainSeconds(waiting: number, done: number, seconds: number): number | null {
  if (waiting <= 0 || done <= 0) return null;
  return Math.ceil((waiting * seconds) / done);
}

const MINUTES = 60;

/** What was written in each of the last 60 minutes, the oldest first; a minute that nothing is said of had none. */
export function perMinute(written: readonly { minutesAgo: number; rows: number }[]): number[] {
  const rows = Array.from({ length: MINUTES }, () => 0);
  for (const { minutesAgo, rows: count } of written) {
    const at = MINUTES - 1 - minutesAgo;
    if (at in rows) rows[at] = count;
  }
  return rows;
}
