import type { KnownFunction } from '../catalog/catalog';
import { newId } from '../protocol/ids';
import type { AppRequest } from './app-client';
import type { Job } from './jobs';

/** Every context key the SDK reads. `fn_id` and `qi_id` together turn checkpointing on. */
function executionBody(
  fn: KnownFunction,
  job: Job,
  memos: Record<string, unknown>,
  requestId: string,
): Record<string, unknown> {
  // The SDK resolves memoized steps in the order of the stack, so both are given in that order.
  const steps: Record<string, unknown> = Object.create(null);
  for (const id of job.stack) if (id in memos) steps[id] = memos[id];
  return {
    version: job.version,
    use_api: false,
    event: job.events[0] ?? null,
    events: job.events,
    steps,
    defers: job.defers ?? {},
    ctx: {
      run_id: job.run_id,
      fn_id: fn.id,
      attempt: job.attempt,
      max_attempts: fn.maxAttempts,
      disable_immediate_execution: job.isolated,
      use_api: false,
      stack: { stack: job.stack, current: job.stack.length },
      step_id: 'step',
      env: '',
      qi_id: job.id,
      job_id: job.id,
      request_id: requestId,
      generation_id: job.generation,
    },
  };
}

/** Where to send a job: the function's own URL with the step to run, `step` for a discovery. */
function executionUrl(fn: KnownFunction, job: Job): string {
  const url = new URL(fn.url);
  url.searchParams.set('fnId', fn.slug);
  url.searchParams.set('stepId', job.step_id || 'step');
  return url.toString();
}

/** One request to the app: discover what comes next in a run, or run one planned step. */
export function executionRequest(fn: KnownFunction, job: Job, memos: Record<string, unknown>): AppRequest {
  const requestId = newId();
  return {
    method: 'POST',
    url: executionUrl(fn, job),
    body: executionBody(fn, job, memos, requestId),
    headers: {
      'x-run-id': job.run_id,
      'x-request-id': requestId,
      'x-inngest-job-id': job.id,
      'x-inngest-generation-id': String(job.generation),
      'x-inngest-step-id': job.step_id || 'step',
      'x-inngest-req-version': String(job.version),
    },
  };
}
