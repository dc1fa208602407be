import type { KnownFunction } from '../catalog/catalog';
import type { EventPayload } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { AppRequest } from './app-client';
import { executionText, type MemoTexts } from './body';
import type { Job } from './jobs';

/** What a request carries beside the queue's word: events and results, read when it is its turn. */
export interface RequestState {
  events: EventPayload[];
  memos: MemoTexts;
  /** To be called when they are on their way. */
  free: () => void;
}

/** Every context key the SDK reads, but the results. `fn_id` and `qi_id` together turn checkpointing on. */
function executionBody(
  fn: KnownFunction,
  job: Job,
  events: EventPayload[],
  requestId: string,
): Record<string, unknown> {
  return {
    version: job.version,
    use_api: false,
    event: events[0] ?? null,
    events,
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
export function executionRequest(fn: KnownFunction, job: Job, carry: () => Promise<RequestState>): AppRequest {
  const requestId = newId();
  return {
    method: 'POST',
    url: executionUrl(fn, job),
    body: {
      open: async () => {
        const { events, memos, free } = await carry();
        return executionText(executionBody(fn, job, events, requestId), memos, free);
      },
    },
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
