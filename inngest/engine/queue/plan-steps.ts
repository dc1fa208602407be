import type { Catalog } from '../catalog/catalog';
import { type Op, toUserError, type UserError } from '../protocol/answer';
import { isTooFar, momentOf } from '../protocol/durations';
import { indexOf, syntaxProblem } from '../protocol/expressions';
import { indexable } from '../protocol/indexable';
import { isObject } from '../protocol/json';
import { MAX_OUTPUT_BYTES, outputTooLarge, TOO_LONG_AHEAD } from '../protocol/limits';
import { metaOf } from '../protocol/sessions';
import type { DoneStep, Job, PlannedStep } from './jobs';

/** The operations of one answer, sorted by what they ask for. */
export interface StepChanges {
  done: DoneStep[];
  planned: PlannedStep[];
  /** A step that failed and may be tried again. */
  failed: Op[];
  /** Set when the run returned. */
  completed?: { output: unknown };
  /** The app asks to be called again. */
  again?: boolean;
  /** An operation with which the run cannot go on. */
  impossible?: UserError;
}

const YEAR_MS = 365 * 86_400_000;
const INVOKE_TIMEOUT = {
  error: { name: 'InngestInvokeTimeoutError', message: 'Timed out waiting for invoked function to complete' },
};

/** NUL cannot be stored in a text column; names are only shown to people. */
function displayText(text: string): string {
  return text.replaceAll('\0', '');
}

function doneStep(op: Op, memo: unknown): DoneStep {
  return { id: op.id, op: op.op, name: displayText(op.displayName), memo: JSON.stringify(memo) };
}

function failedStep(op: Op, name: string, message: string): DoneStep {
  return doneStep(op, { error: { name, message } });
}

/** An operation in a form that the engine does not know. To guess at it could leave something out without a word. */
class Unreadable extends Error {
  constructor(op: Op, what: string) {
    super(`the operation ${op.op} of step ${displayText(op.displayName)} cannot be read: ${what}`);
  }
}

/** A text option; undefined when it is not given, or empty. */
function textOption(op: Op, key: string): string | undefined {
  const value = op.opts[key] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw new Unreadable(op, `${key} is no text`);
  return value || undefined;
}

function objectOption(op: Op, of: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = of[key] ?? {};
  if (!isObject(value)) throw new Unreadable(op, `${key} is no object`);
  return value;
}

/** The moment that a text of an operation means, `10s` or a date. */
function moment(op: Op, text: string): Date {
  const at = momentOf(text);
  if (!at) throw new Unreadable(op, `"${displayText(text)}" is neither a duration nor a date`);
  return at;
}

function deadline(op: Op): Date {
  const text = textOption(op, 'timeout');
  return text ? moment(op, text) : new Date(Date.now() + YEAR_MS);
}

class StepPlanner {
  readonly changes: StepChanges = { done: [], planned: [], failed: [] };

  constructor(
    private readonly job: Pick<Job, 'run_id' | 'events'>,
    private readonly catalog: Catalog,
    private readonly isolated: boolean,
  ) {}

  private plan(op: Op, part: Partial<PlannedStep>): void {
    this.changes.planned.push({
      id: op.id,
      op: op.op,
      name: displayText(op.displayName),
      race: op.opts.parallelMode === 'race',
      isolated: this.isolated,
      request: false,
      due_at: null,
      memo: null,
      wait: null,
      invoke: null,
      ...part,
    });
  }

  private done(step: DoneStep): void {
    this.changes.done.push(step);
    if (Buffer.byteLength(step.memo) > MAX_OUTPUT_BYTES)
      this.changes.impossible = outputTooLarge(`the result of step ${step.name}`);
  }

  private sleep(op: Op): void {
    // SDKs of other languages have the duration among the options.
    const text = textOption(op, 'duration') ?? op.name;
    if (isTooFar(text)) this.changes.impossible = TOO_LONG_AHEAD;
    // A span that is over already comes as an empty text.
    const until = text === '' ? undefined : moment(op, text);
    if (until && until.getTime() > Date.now()) this.plan(op, { due_at: until });
    else this.done(doneStep(op, null));
  }

  private waitForEvent(op: Op): void {
    const name = textOption(op, 'event') ?? op.name;
    if (name === '') throw new Unreadable(op, 'it names no event');
    const expression = textOption(op, 'if');
    const problem = expression && syntaxProblem(expression);
    if (problem)
      this.changes.impossible = { name: 'CompileError', message: `the expression of a wait is invalid: ${problem}` };
    if (isTooFar(String(op.opts.timeout))) this.changes.impossible = TOO_LONG_AHEAD;
    // The SDK turns a span that is over already into an empty text.
    const until = op.opts.timeout === '' ? new Date() : deadline(op);
    const trigger = this.job.events?.[0];
    this.plan(op, {
      due_at: until,
      wait: {
        kind: 'event',
        subject: indexable(name),
        match: indexOf(expression, trigger),
        expression: expression ?? null,
        expires_at: until,
      },
    });
  }

  private waitForSignal(op: Op): void {
    const name = textOption(op, 'signal') ?? op.name;
    if (name === '') throw new Unreadable(op, 'it names no signal');
    const conflict = textOption(op, 'conflict') ?? 'fail';
    if (conflict !== 'fail' && conflict !== 'replace') throw new Unreadable(op, `conflict is ${conflict}`);
    this.plan(op, { due_at: deadline(op), wait: { kind: 'signal', subject: indexable(name), conflict } });
  }

  private invoke(op: Op): void {
    const slug = textOption(op, 'function_id') ?? '';
    const target = this.catalog.find(slug);
    const payload = objectOption(op, op.opts, 'payload');
    const data = objectOption(op, payload, 'data');
    if (!target) {
      this.done(failedStep(op, 'Error', `could not find function with ID: ${slug}`));
      return;
    }
    const meta = metaOf(payload.meta);
    const marks = { fn_id: slug, correlation_id: `${this.job.run_id}.${op.id}` };
    this.plan(op, {
      due_at: deadline(op),
      memo: INVOKE_TIMEOUT,
      invoke: {
        function_id: target.id,
        data: JSON.stringify({ ...data, _inngest: marks }),
        meta: meta ? JSON.stringify(meta) : null,
      },
    });
  }

  /** A run to start when this one ends. One that cannot be is remembered as such, and does not delay the run. */
  private defer(op: Op): void {
    const { input } = op.opts;
    const text = isObject(input) ? JSON.stringify(input) : '{}';
    const slug = textOption(op, 'fn_slug') ?? '';
    const meta = metaOf(op.opts.meta);
    const refused =
      slug === '' ||
      !(input === undefined || input === null || isObject(input)) ||
      Buffer.byteLength(text) > MAX_OUTPUT_BYTES;
    this.changes.done.push(
      doneStep(op, { slug, input: refused ? '{}' : text, meta: meta ? JSON.stringify(meta) : null, refused }),
    );
  }

  /** What cannot be read ends the run, with the reason. */
  take(op: Op): void {
    try {
      this.read(op);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.changes.impossible = { name: 'UnreadableOperationError', message: error.message };
    }
  }

  private read(op: Op): void {
    const { changes } = this;
    switch (op.op) {
      case 'StepRun':
      case 'Step':
        this.done(doneStep(op, op.error ? { error: toUserError(op.error, '') } : { data: op.data ?? null }));
        break;
      case 'StepPlanned':
        this.plan(op, { request: true });
        break;
      case 'StepFailed':
        this.done(exhaustedStep(op));
        break;
      case 'StepError':
        changes.failed.push(op);
        break;
      case 'Sleep':
        this.sleep(op);
        break;
      case 'WaitForEvent':
        this.waitForEvent(op);
        break;
      case 'WaitForSignal':
        this.waitForSignal(op);
        break;
      case 'InvokeFunction':
        this.invoke(op);
        break;
      case 'RunComplete':
        changes.completed = { output: op.data ?? null };
        break;
      case 'DiscoveryRequest':
        changes.again = true;
        break;
      case 'DeferAdd':
        this.defer(op);
        break;
      case 'DeferAbort':
        changes.done.push(doneStep(op, { target: textOption(op, 'target_hashed_id') ?? '' }));
        break;
      default:
        this.done(failedStep(op, 'UnsupportedStepError', `the embedded engine does not support ${op.op}`));
    }
  }
}

/** Sorts the operations of an answer. Repetitions of one id within an answer count once. */
export function planSteps(job: Pick<Job, 'run_id' | 'events'>, catalog: Catalog, ops: Op[]): StepChanges {
  const distinct = [...new Map(ops.map((op) => [op.id, op])).values()];
  const steps = distinct.filter((op) => !op.op.startsWith('Defer'));
  const planner = new StepPlanner(job, catalog, steps.length > 1);
  // Whatever their order, all are recorded at once: a wait is there before any step of its group can send what it waits for.
  for (const op of distinct) planner.take(op);
  // Defers ride along with other operations; when they come alone, nothing else would call the run again.
  if (distinct.length > 0 && steps.length === 0) planner.changes.again = true;
  return planner.changes;
}

/** The memo of a step whose attempts are used up. */
export function exhaustedStep(op: Op): DoneStep {
  return doneStep(op, { error: toUserError(op.error ?? op.data, 'the step failed') });
}
