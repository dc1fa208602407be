import type { EventPayload } from '../protocol/events';
import type { Database, Queryable } from '../store/database';

/** A leased job with everything its request needs. */
export interface Job {
  id: string;
  run_id: string;
  step_id: string;
  function_id: string;
  attempt: number;
  isolated: boolean;
  generation: number;
  version: number;
  stack: string[];
  /** Runs that this one has asked for, by id; null when there are none. */
  defers: Record<string, { abortable: boolean }> | null;
  /** Null for a batch, which may be large: read when its request is sent. */
  events: EventPayload[] | null;
  /** How much its results take, and the events of its batch. Numbers, as texts. */
  state_bytes: string;
  batch_bytes: string;
}

/** A finished step: its memo, as JSON text, is what the app gets back for it. */
export interface DoneStep {
  id: string;
  op: string;
  name: string;
  memo: string;
}

/** A step that ends later: by a request of its own, a timer, an event, a signal or another run. */
export interface PlannedStep {
  id: string;
  op: string;
  name: string;
  race: boolean;
  isolated: boolean;
  request: boolean;
  due_at: Date | null;
  /** What is memoized when due_at comes first. */
  memo: unknown;
  wait: {
    kind: 'event' | 'signal';
    subject: string;
    match?: string;
    expression?: string | null;
    expires_at?: Date | null;
    conflict?: string;
  } | null;
  /** Data and meta as JSON text. */
  invoke: { function_id: string; data: string; meta: string | null } | null;
}

/** Names one lease of one job; results under an older lease are refused. */
export interface Lease {
  jobId: string;
  owner: string;
  generation: number;
}

/** @param busy requests under way of each function, by its id */
export async function claimJobs(
  db: Queryable,
  owner: string,
  functionIds: string[],
  busy: Map<string, number>,
  wanted: number,
  leaseMs: number,
): Promise<Job[]> {
  return db.query<Job>(`SELECT * FROM claim($1, $2, $3, $4, $5 * interval '1 millisecond')`, [
    owner,
    functionIds,
    functionIds.map((id) => busy.get(id) ?? 0),
    wanted,
    leaseMs,
  ]);
}

export interface Advance {
  version: number;
  done: DoneStep[];
  planned: PlannedStep[];
  /** Milliseconds until the same request is repeated; undefined when it is done. */
  retryMs?: number | undefined;
}

function listOrNull(items: unknown[]): string | null {
  return items.length > 0 ? JSON.stringify(items) : null;
}

/**
 * What became of an answer. Lost: the lease was, and nothing counts. Otherwise, unless it advanced, the lease is still held and
 * the run cannot go on: too many steps, too much state, a signal that has its waiter, or nothing left to wait for.
 */
export type Outcome = 'advanced' | 'lost' | 'steps' | 'state' | 'conflict' | 'idle';

/** Stores results and follow-ups of a request and ends its lease. */
export async function advance(db: Database, lease: Lease, change: Advance): Promise<Outcome> {
  const rows = await db.query<{ outcome: Outcome }>('SELECT advance($1, $2, $3, $4, $5, $6, $7) AS outcome', [
    lease.jobId,
    lease.owner,
    lease.generation,
    change.version,
    listOrNull(change.done),
    listOrNull(change.planned),
    change.retryMs ?? null,
  ]);
  return rows[0]?.outcome ?? 'lost';
}

export interface Conclusion {
  done: DoneStep[];
  status: 'Completed' | 'Failed';
  output: unknown;
}

/** Ends the run of a request. False when the lease was lost. */
export async function conclude(db: Database, lease: Lease, end: Conclusion): Promise<boolean> {
  const rows = await db.query<{ held: boolean }>('SELECT conclude($1, $2, $3, $4, $5, $6) AS held', [
    lease.jobId,
    lease.owner,
    lease.generation,
    listOrNull(end.done),
    end.status,
    JSON.stringify(end.output ?? null),
  ]);
  return rows[0]?.held ?? false;
}

/** Attempts may have been reset by a checkpoint since the request was sent. */
export async function attemptOf(db: Queryable, lease: Lease): Promise<number> {
  const rows = await db.query<{ attempt: number }>('SELECT attempt FROM jobs WHERE id = $1', [lease.jobId]);
  return rows[0]?.attempt ?? 0;
}

/** Keeps the leases of claimed jobs. */
export async function extendLeases(db: Queryable, owner: string, jobIds: string[], leaseMs: number): Promise<void> {
  await db.query(
    `UPDATE jobs SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE id = ANY ($2) AND lease_owner = $1 AND state = 'leased'`,
    [owner, jobIds, leaseMs],
  );
}

/** Gives a job back that never came to its app. When this fails, its lease runs out. */
export async function giveBack(db: Queryable, lease: Lease): Promise<void> {
  await db.query(
    `UPDATE jobs SET state = 'ready', lease_owner = NULL
     WHERE id = $1 AND lease_owner = $2 AND generation = $3 AND state = 'leased'`,
    [lease.jobId, lease.owner, lease.generation],
  );
}

/** Hands on the jobs whose owner is gone. */
export async function takeOverExpired(db: Queryable): Promise<number> {
  const rows = await db.query<{ id: string }>(
    `UPDATE jobs SET state = 'ready', lease_owner = NULL WHERE id IN (
       SELECT id FROM jobs WHERE state = 'leased' AND lease_until < clock_timestamp() LIMIT 500 FOR UPDATE SKIP LOCKED
     ) RETURNING id`,
  );
  return rows.length;
}
