import type { Catalog, KnownFunction } from '../catalog/catalog';
import type { Answer, UserError } from '../protocol/answer';
import { retryDelay } from '../protocol/backoff';
import { MAX_OUTPUT_BYTES, outputTooLarge, SIGNAL_CONFLICT, TOO_MANY_STEPS, TOO_MUCH_STATE } from '../protocol/limits';
import type { Database } from '../store/database';
import { type Advance, advance, attemptOf, conclude, type DoneStep, type Job, type Lease } from './jobs';
import { exhaustedStep, planSteps, type StepChanges } from './plan-steps';

export interface SettleContext {
  db: Database;
  catalog: Catalog;
  /** A flat pause between attempts instead of the growing one. */
  flatRetryMs: number | undefined;
  /** Something of this run is due at this moment. */
  expectAt: (at: number) => void;
}

export interface Settling {
  fn: KnownFunction;
  job: Job;
  lease: Lease;
}

type ErrorAnswer = Extract<Answer, { kind: 'error' }>;
type OpsAnswer = Extract<Answer, { kind: 'ops' }>;

/** What ends a run whose answer was recorded but cannot be gone on from. */
export const BROKEN: Record<'steps' | 'state' | 'conflict', UserError> = {
  steps: TOO_MANY_STEPS,
  state: TOO_MUCH_STATE,
  conflict: SIGNAL_CONFLICT,
};

const NOTHING_NEW = 'the app answered with nothing new, and without that the run cannot go on';

function failRun({ db }: SettleContext, { lease }: Settling, error: UserError): Promise<boolean> {
  return conclude(db, lease, { done: [], status: 'Failed', output: error });
}

function completeRun(
  context: SettleContext,
  settling: Settling,
  output: unknown,
  done: DoneStep[] = [],
): Promise<boolean> {
  if (Buffer.byteLength(JSON.stringify(output ?? null)) > MAX_OUTPUT_BYTES)
    return failRun(context, settling, outputTooLarge('what the run returned'));
  return conclude(context.db, settling.lease, { done, status: 'Completed', output });
}

/** A failed request is sent again as long as attempts are left; then the run fails. */
async function settleError(context: SettleContext, settling: Settling, answer: ErrorAnswer): Promise<boolean> {
  const { fn, job, lease } = settling;
  const attempt = await attemptOf(context.db, lease);
  if (!answer.retryable || attempt + 1 >= fn.maxAttempts) return failRun(context, settling, answer.error);
  const retryMs = retryDelay(attempt, answer.retryAfter, context.flatRetryMs);
  const outcome = await advance(context.db, lease, { version: job.version, done: [], planned: [], retryMs });
  context.expectAt(Date.now() + retryMs);
  return outcome === 'advanced';
}

/** Results and plans, and when the same request is repeated because a step failed or the app asked for it. */
async function changesOf(
  context: SettleContext,
  { fn, job, lease }: Settling,
  answer: OpsAnswer,
  changes: StepChanges,
): Promise<Advance> {
  const { planned } = changes;
  const known = new Set(job.stack);
  const done = changes.done.filter((step) => !known.has(step.id));
  const change: Advance = { version: answer.version, done, planned, retryMs: changes.again ? 0 : undefined };
  if (changes.failed.length === 0) return change;
  const attempt = await attemptOf(context.db, lease);
  if (answer.noRetry || attempt + 1 >= fn.maxAttempts) {
    return { ...change, done: [...done, ...changes.failed.map(exhaustedStep)] };
  }
  return { ...change, retryMs: retryDelay(attempt, answer.retryAfter, context.flatRetryMs) };
}

async function settleOps(context: SettleContext, settling: Settling, answer: OpsAnswer): Promise<boolean> {
  const changes = planSteps(settling.job, context.catalog, answer.ops);
  if (changes.impossible) return failRun(context, settling, changes.impossible);
  if (changes.completed) return completeRun(context, settling, changes.completed.output, changes.done);
  const change = await changesOf(context, settling, answer, changes);
  const outcome = await advance(context.db, settling.lease, change);
  if (outcome === 'idle') {
    const error = { name: 'Error', message: NOTHING_NEW };
    return settleError(context, settling, { kind: 'error', error, retryable: true });
  }
  if (outcome !== 'advanced' && outcome !== 'lost') return failRun(context, settling, BROKEN[outcome]);
  const dues = change.planned.flatMap((step) => (step.due_at ? [step.due_at.getTime()] : []));
  if (change.retryMs !== undefined) dues.push(Date.now() + change.retryMs);
  if (dues.length > 0) context.expectAt(Math.min(...dues));
  return outcome === 'advanced';
}

/** Records an answer. False when the lease was lost meanwhile: then nothing of it counts. */
export async function settle(context: SettleContext, settling: Settling, answer: Answer): Promise<boolean> {
  switch (answer.kind) {
    case 'ops':
      return settleOps(context, settling, answer);
    case 'error':
      return settleError(context, settling, answer);
    case 'completed':
      return completeRun(context, settling, answer.output);
  }
}
