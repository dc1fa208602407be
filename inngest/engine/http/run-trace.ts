import { toUserError } from '../protocol/answer';
import { Refusal } from '../protocol/events';
import type { Database } from '../store/database';

/** A run as tools look at it. `output` is JSON text, unchanged. */
export interface TracedRun {
  id: string;
  app_id: string;
  app: string;
  function_id: string;
  slug: string;
  fn: string;
  status: 'Queued' | 'Running' | 'Completed' | 'Failed' | 'Cancelled';
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  output: string | null;
  event_ids: string[];
  event_name: string;
  cron: string | null;
  batched: boolean;
  parent_run: string | null;
}

interface TracedStep {
  step_id: string;
  op: string;
  name: string;
  created_at: Date;
  ended_at: Date | null;
  failed: boolean;
  active: boolean;
}

/** The run with its function; undefined when there is none of this id. */
export async function tracedRun(db: Database, id: string): Promise<TracedRun | undefined> {
  const rows = await db.query<TracedRun>(
    `SELECT r.id, f.app_id, a.name AS app, f.id AS function_id, f.slug, f.config->>'name' AS fn, r.status, r.created_at,
       r.started_at, r.ended_at, r.output::text AS output, r.batched, r.parent_run, e.name AS event_name,
       CASE WHEN e.name = 'inngest/scheduled.timer' THEN e.payload->'data'->>'cron' END AS cron,
       CASE WHEN r.batched THEN (SELECT array_agg(b.event_id ORDER BY b.position) FROM batch_items b WHERE b.run_id = r.id)
            ELSE ARRAY[r.event_id] END AS event_ids
     FROM runs r JOIN functions f ON f.id = r.function_id JOIN apps a ON a.id = f.app_id
     LEFT JOIN events e ON e.id = r.event_id WHERE r.id = $1`,
    [id],
  );
  return rows[0];
}

function tracedSteps(db: Database, runId: string): Promise<TracedStep[]> {
  return db.query<TracedStep>(
    `SELECT s.step_id, s.op, s.name, s.created_at, s.ended_at, coalesce(json_typeof(s.memo->'error') = 'object', false) AS failed,
       EXISTS (SELECT 1 FROM jobs j WHERE j.run_id = s.run_id AND j.step_id = s.step_id AND j.state = 'leased') AS active
     FROM steps s WHERE s.run_id = $1 ORDER BY s.created_at, s.ended_at NULLS LAST, s.step_id`,
    [runId],
  );
}

const STEP_OPS: Record<string, string> = {
  Sleep: 'SLEEP',
  WaitForEvent: 'WAIT_FOR_EVENT',
  WaitForSignal: 'WAIT_FOR_SIGNAL',
  InvokeFunction: 'INVOKE',
  AIGateway: 'AI_GATEWAY',
};

function statusOf(step: TracedStep): string {
  if (step.ended_at) return step.failed ? 'FAILED' : 'COMPLETED';
  if (step.active) return 'RUNNING';
  return step.op === 'StepPlanned' ? 'QUEUED' : 'WAITING';
}

const span = (from: Date, to: Date | null) => (to ? to.getTime() - from.getTime() : null);

/** An output is named by its run and step, so that it can be found without an index of its own. */
export const outputId = (runId: string, stepId: string) =>
  Buffer.from(JSON.stringify([runId, stepId])).toString('base64url');

function stepSpan(run: TracedRun, step: TracedStep) {
  return {
    ...commonSpan(run),
    spanID: step.step_id.slice(0, 16),
    name: step.name,
    status: statusOf(step),
    duration: span(step.created_at, step.ended_at),
    outputID: step.ended_at ? outputId(run.id, step.step_id) : null,
    queuedAt: step.created_at,
    startedAt: step.created_at,
    endedAt: step.ended_at,
    childrenSpans: [],
    stepOp: STEP_OPS[step.op] ?? 'RUN',
    stepID: step.step_id,
    isRoot: false,
    parentSpanID: run.id,
  };
}

const commonSpan = (run: TracedRun) => ({
  appID: run.app_id,
  functionID: run.function_id,
  runID: run.id,
  traceID: run.id,
  isUserland: false,
  metadata: [],
});

/** The run as the root of its trace. Steps are read when they are asked for. */
export function rootSpan(db: Database, run: TracedRun) {
  return {
    ...commonSpan(run),
    spanID: run.id,
    name: run.fn,
    status: run.status.toUpperCase(),
    duration: span(run.started_at ?? run.created_at, run.ended_at),
    outputID: run.ended_at && run.status !== 'Cancelled' ? outputId(run.id, '') : null,
    queuedAt: run.created_at,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    childrenSpans: async () => (await tracedSteps(db, run.id)).map((step) => stepSpan(run, step)),
    stepOp: null,
    stepID: null,
    isRoot: true,
    parentSpanID: null,
  };
}

/** An event as tools look at it; null when there is none of this id. */
export async function tracedEvent(db: Database, id: string) {
  const rows = await db.query<{ name: string; raw: string; given: string; ts: string; received_at: Date }>(
    `SELECT name, payload::text AS raw, payload->>'id' AS given, payload->>'ts' AS ts, received_at FROM events WHERE id = $1`,
    [id],
  );
  const event = rows[0];
  if (!event) return null;
  const { name, raw, given, ts, received_at } = event;
  return { id, idempotencyKey: given, name, raw, occurredAt: new Date(Number(ts)), receivedAt: received_at };
}

interface Output {
  data: string | null;
  error: string | null;
}

function readId(id: string): [string, string] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
    return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
      ? (value as [string, string])
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a run or one of its steps returned (JSON text) or threw. Throws a Refusal when the id names no output. */
export async function spanOutput(db: Database, id: string) {
  const [runId, stepId] = readId(id) ?? ['', ''];
  const rows = await db.query<Output>(
    stepId === ''
      ? `SELECT CASE WHEN status <> 'Failed' THEN output::text END AS data,
           CASE WHEN status = 'Failed' THEN output::text END AS error FROM runs WHERE id = $1 AND $2 = '' AND ended_at IS NOT NULL`
      : // An event that was waited for is memoized bare; a sleep or a wait that ran out as null.
        `SELECT CASE WHEN memo->'error' IS NOT NULL THEN NULL WHEN op = 'WaitForEvent' THEN memo::text
           ELSE coalesce(memo->'data', memo)::text END AS data, (memo->'error')::text AS error
         FROM steps WHERE run_id = $1 AND step_id = $2 AND memo IS NOT NULL`,
    [runId, stepId],
  );
  const found = rows[0];
  if (!found) throw new Refusal(404, 'span output not found');
  return { input: null, data: found.data, error: found.error ? toUserError(JSON.parse(found.error), '') : null };
}
