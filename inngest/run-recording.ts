import { Middleware, StepError } from 'inngest';
import { recordRun } from '@/server/modules/core/operations/public/record-run';
import type { RunNote, StepNote } from '@/server/modules/core/operations/rules';
import { errorCodeOf } from './client';
import { passGate } from './pause-gate';

/** What a run is about, read from the events that started it. */
export type RunFacts = Pick<RunNote, 'eventName' | 'eventIds' | 'subjectKind' | 'subjectIds' | 'tier' | 'replayOf'>;

type Event = { id?: string | undefined; name: string; data?: unknown };
type RunReport = Partial<Pick<RunNote, 'state' | 'errorCode' | 'attempts'>>;
type Context = { runId: string; attempt: number; event: Event; events: readonly Event[] };

/**
 * Keeps a record of each run of a function, whichever server runs it, and pauses new runs while the function is paused. One
 * instance lives for one request; a run is many requests, of which each begins at the top of the function again, so only what
 * really happens is report: a step that runs, an end, a failure.
 */
abstract class RunRecorder extends Middleware.BaseMiddleware {
  readonly id = 'run-recording';
  protected abstract readonly functionId: string;
  protected abstract factsOf(events: readonly Event[]): RunFacts;
  #run: RunNote | undefined;
  #steps = new Map<string, Date>();
  #remembered: ReadonlySet<string> = new Set();
  #isTargeted = false;

  override async wrapRequest({ requestInfo, next }: Middleware.WrapRequestArgs) {
    // A request for one step of several at once; the others have begun already, though the server may not remember any.
    this.#isTargeted = (requestInfo.url.searchParams.get('stepId') ?? 'step') !== 'step';
    return next();
  }

  override transformFunctionInput(given: Middleware.TransformFunctionInputArgs) {
    const { runId, attempt, event, events } = given.ctx as Context;
    this.#remembered = new Set(Object.keys(given.steps));
    // The handler of a failure is no run of its own.
    if (event.name === 'inngest/function.failed') return given;
    const now = new Date();
    const moments = { stateAt: now, startedAt: now, lastSeenAt: now };
    const attempts = attempt > 0 ? attempt + 1 : 0;
    const { functionId } = this;
    const facts = this.factsOf(events);
    this.#run = { runId, functionId, ...facts, state: 'running', ...moments, errorCode: null, attempts };
    void this.#report({});
    return given;
  }

  override async wrapFunctionHandler({ ctx, next }: Middleware.WrapFunctionHandlerArgs) {
    if (this.#run && !this.#isTargeted) {
      await passGate({
        functionId: this.functionId,
        remembered: this.#remembered,
        waitForEvent: (id, options) => ctx.step.waitForEvent(id, options),
        onPause: () => void this.#report({ state: 'paused' }),
      });
    }
    return next();
  }

  override onStepStart({ ctx, stepInfo }: Middleware.OnStepStartArgs) {
    this.#steps.set(stepInfo.hashedId, new Date());
    void this.#report({ attempts: ctx.attempt + 1 }, this.#step(ctx.attempt, stepInfo, 'running'));
  }

  override onStepComplete({ ctx, stepInfo }: Middleware.OnStepCompleteArgs) {
    void this.#report({ attempts: ctx.attempt + 1 }, this.#step(ctx.attempt, stepInfo, 'completed'));
  }

  override async onStepError({ ctx, stepInfo, error, isFinalAttempt }: Middleware.OnStepErrorArgs) {
    const errorCode = errorCodeOf(error);
    // After its last attempt the function is called once more, and says itself how the run ends.
    const report: RunReport = isFinalAttempt ? { errorCode } : { errorCode, state: 'retrying' };
    const step = this.#step(ctx.attempt, stepInfo, isFinalAttempt ? 'failed' : 'retrying', errorCode);
    await this.#report({ ...report, attempts: ctx.attempt + 1 }, step, true);
  }

  override async onRunComplete() {
    await this.#report({ state: 'completed' }, undefined, true);
  }

  override async onRunError({ ctx, error, isFinalAttempt }: Middleware.OnRunErrorArgs) {
    const attempts = error instanceof StepError ? {} : { attempts: ctx.attempt + 1 };
    const state = isFinalAttempt ? 'failed' : 'retrying';
    await this.#report({ state, errorCode: errorCodeOf(error), ...attempts }, undefined, true);
  }

  #step(
    attempt: number,
    { hashedId, options }: Middleware.OnStepStartArgs['stepInfo'],
    state: StepNote['state'],
    errorCode?: string,
  ) {
    const now = new Date();
    const step: Omit<StepNote, 'runId'> = {
      stepId: hashedId,
      name: (options.name ?? options.id).slice(0, 100),
      state,
      attempts: attempt + 1,
      startedAt: this.#steps.get(hashedId) ?? now,
      lastSeenAt: now,
      endedAt: state === 'completed' || state === 'failed' ? now : null,
      errorCode: errorCode ?? null,
    };
    return step;
  }

  async #report(report: RunReport, step?: Omit<StepNote, 'runId'>, waits = false): Promise<void> {
    if (!this.#run) return;
    const now = new Date();
    const stateAt = report.state ? now : this.#run.stateAt;
    this.#run = { ...this.#run, ...report, stateAt, lastSeenAt: now };
    const { runId } = this.#run;
    await recordRun({ run: this.#run, step: step && { ...step, runId }, waits });
  }
}

/** Notes that a run failed, as the server says: a run that never reached us could not report it. */
export async function noteFailure(
  failed: { runId: string; functionId: string; at: number | undefined; error: { name: string; message: string } },
  facts: RunFacts,
): Promise<void> {
  const { runId, functionId, error } = failed;
  const at = new Date(failed.at ?? Date.now());
  const moments = { stateAt: at, startedAt: at, lastSeenAt: at };
  const errorCode = errorCodeOf(error);
  const run: RunNote = { runId, functionId, ...facts, ...moments, state: 'failed', errorCode, attempts: 0 };
  await recordRun({ run, waits: true });
}

/** The keeping of one function's runs; `factsOf` reads what a run is about from its events. */
export const recordRuns = (functionId: string, factsOf: (events: readonly Event[]) => RunFacts): Middleware.Class =>
  class extends RunRecorder {
    protected readonly functionId = functionId;
    protected readonly factsOf = factsOf;
  };
