import type { Catalog, KnownFunction } from '../catalog/catalog';
import type { Answer, UserError } from '../protocol/answer';
import { retryDelay } from '../protocol/backoff';
import type { Database } from '../store/database';
import { advance, attemptOf, conclude, type Job, type Lease } from './jobs';
import { exhaustedStep, planSteps } from './plan-steps';

const MAX_STEPS = 1_000;

export interface SettleContext {
  db: Database;
  catalog: Catalog;
  /** A flat pause between attempts instead of the growing one. */
  flatRetryMs: number | undefined;
  /** Something of this run is due at this moment. */
  expectAt: (at: number) => void;
}

interface Settling {
  fn: KnownFunction;
  job: Job;
  lease: Lease;
}

async function failRun(context: SettleContext, { lease }: Settling, error: UserError): Promise<boolean> {
  return conclude(context.db, lease, {
    done: [],
    status: 'Failed',
    output: error,
    wantsFinished: context.catalog.wantsFinished(),
  });
}

/** A failed request is sent again as long as attempts are left; then the run fails. */
async function settleError(
  context: SettleContext,
  settling: Settling,
  answer: Extract<Answer, { kind: 'error' }>,
): Promise<boolean> {
  const { fn, job, lease } = settling;
  const attempt = await attemptOf(context.db, lease);
  if (!answer.retryable || attempt + 1 >= fn.maxAttempts) return failRun(context, settling, answer.error);
  const retryMs = retryDelay(attempt, answer.retryAfter, context.flatRetryMs);
  const held = await advance(context.db, lease, { version: job.version, done: [], planned: [], retryMs });
  context.expectAt(Date.now() + retryMs);
  return held;
}

async function settleOps(
  context: SettleContext,
  settling: Settling,
  answer: Extract<Answer, { kind: 'ops' }>,
): Promise<boolean> {
  const { fn, job, lease } = settling;
  const changes = planSteps(job, context.catalog, answer.ops);
  if (changes.completed) {
    const { output } = changes.completed;
    const wantsFinished = context.catalog.wantsFinished();
    return conclude(context.db, lease, { done: changes.done, status: 'Completed', output, wantsFinished });
  }
  let retryMs: number | undefined;
  if (changes.failed.length > 0) {
    const attempt = await attemptOf(context.db, lease);
    if (answer.noRetry || attempt + 1 >= fn.maxAttempts) changes.done.push(...changes.failed.map(exhaustedStep));
    else retryMs = retryDelay(attempt, answer.retryAfter, context.flatRetryMs);
  }
  if (job.stack.length + changes.done.length + changes.planned.length > MAX_STEPS) {
    return failRun(context, settling, { name: 'Error', message: `the run has more than ${MAX_STEPS} steps` });
  }
  if (changes.again) retryMs ??= 0;
  const { done, planned } = changes;
  const held = await advance(context.db, lease, { version: answer.version, done, planned, retryMs });
  const dues = planned.flatMap((step) => (step.due_at ? [step.due_at.getTime()] : []));
  if (retryMs !== undefined) dues.push(Date.now() + retryMs);
  if (dues.length > 0) context.expectAt(Math.min(...dues));
  return held;
}

/** Records an answer. False when the lease was lost meanwhile: then nothing of it counts. */
export async function settle(context: SettleContext, settling: Settling, answer: Answer): Promise<boolean> {
  switch (answer.kind) {
    case 'ops':
      return settleOps(context, settling, answer);
    case 'error':
      return settleError(context, settling, answer);
    case 'completed':
      return conclude(context.db, settling.lease, {
        done: [],
        status: 'Completed',
        output: answer.output,
        wantsFinished: context.catalog.wantsFinished(),
      });
  }
}
