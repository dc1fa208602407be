import type { EventPayload } from '../protocol/events';
import type { Database, Queryable } from '../store/database';
import type { MemoTexts } from './body';
import { type ByteBudget, isLarge } from './byte-budget';
import type { Job } from './jobs';
import type { RequestState } from './request';

export type LoadState = () => Promise<RequestState>;

/** What a request needs could not be read, or is not there any more: nothing was sent. */
export class StateUnavailable extends Error {}

function bytesOf(job: Job): number {
  return Number(job.state_bytes) + Number(job.batch_bytes);
}

/** Memoized steps of runs as texts, by run. */
async function loadMemos(db: Queryable, jobs: Job[]): Promise<Map<string, Map<string, string>>> {
  const running = jobs.filter((job) => job.stack.length > 0);
  const memos = new Map<string, Map<string, string>>();
  if (running.length === 0) return memos;
  const rows = await db.query<{ run_id: string; step_id: string; memo: string }>(
    'SELECT run_id, step_id, memo::text AS memo FROM steps WHERE run_id = ANY ($1) AND memo IS NOT NULL',
    [[...new Set(running.map((job) => job.run_id))]],
  );
  for (const row of rows) {
    const steps = memos.get(row.run_id) ?? new Map<string, string>();
    steps.set(row.step_id, row.memo);
    memos.set(row.run_id, steps);
  }
  return memos;
}

/** The SDK resolves memoized steps in the order of the stack, so they are given in that order. */
function inOrder(job: Job, found: ReadonlyMap<string, string> | undefined): MemoTexts {
  const ordered: MemoTexts = new Map();
  for (const id of job.stack) {
    const memo = found?.get(id);
    // Without a result that the run has, its step would be done again.
    if (memo === undefined) throw new StateUnavailable('results of the run are gone');
    ordered.set(id, memo);
  }
  return ordered;
}

async function eventsOf(db: Queryable, job: Job): Promise<EventPayload[]> {
  if (job.events) return job.events;
  const rows = await db.query<{ events: EventPayload[] }>('SELECT run_events($1) AS events', [job.run_id]);
  return rows[0]?.events ?? [];
}

async function carried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StateUnavailable
      ? error
      : new StateUnavailable('the results of the run cannot be read', { cause: error });
  }
}

/** For one of the jobs that were read together: keeps only its own results. */
function smallStateLoader(db: Database, own: Promise<ReadonlyMap<string, string> | undefined>, job: Job): LoadState {
  own.catch(() => undefined);
  return async () => {
    const memos = inOrder(job, await own);
    return { events: await carried(() => eventsOf(db, job)), memos, free: () => undefined };
  };
}

function largeStateLoader(db: Database, budget: ByteBudget, job: Job): LoadState {
  return async () => {
    const free = await budget.take(bytesOf(job));
    try {
      const memos = await carried(async () => inOrder(job, (await loadMemos(db, [job])).get(job.run_id)));
      return { events: await carried(() => eventsOf(db, job)), memos, free };
    } catch (error) {
      free();
      throw error;
    }
  };
}

/**
 * How each of some claimed jobs comes by what its request carries. The small ones are read together and kept; a large one is read
 * when the budget has room for it, and again should its request have to be repeated.
 */
export function loadersOf(db: Database, budget: ByteBudget, jobs: Job[]): Map<Job, LoadState> {
  const small = jobs.filter((job) => !isLarge(bytesOf(job)));
  const together = carried(() => loadMemos(db, small));
  const carrierOf = (job: Job) =>
    isLarge(bytesOf(job))
      ? largeStateLoader(db, budget, job)
      : smallStateLoader(
          db,
          together.then((all) => all.get(job.run_id)),
          job,
        );
  together.catch(() => undefined);
  return new Map(jobs.map((job) => [job, carrierOf(job)]));
}
