import { Cron } from 'croner';
import type { z } from 'zod';
import { momentOf, parseDuration } from './durations';
import { syntaxProblem } from './expressions';
import { concurrencyOf, type FunctionConfig, functionShape, parseCron, type Trigger } from './function-config';
import { isObject } from './json';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_JITTER_MS = 5 * MINUTE_MS;

/** An SDK may write what is not set as null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, withoutNulls(part)]])),
  );
}

function cronProblem(expression: string): string | undefined {
  const { pattern, timezone } = parseCron(expression);
  if (pattern.split(/\s+/).length !== 5) return `cron needs five fields: ${expression}`;
  try {
    new Cron(pattern, { timezone, paused: true }).nextRun();
    return undefined;
  } catch {
    return `invalid cron: ${expression}`;
  }
}

function* spanProblem(field: string, text: string | undefined, from = 0, to = Number.POSITIVE_INFINITY) {
  if (text === undefined) return;
  const span = parseDuration(text);
  if (span === undefined) yield `${field} is no duration: ${text}`;
  else if (span < from || span > to) yield `${field} is out of bounds: ${text}`;
}

function* spanProblems(config: FunctionConfig): Generator<string> {
  const { throttle, rateLimit, debounce, batchEvents, timeouts, cancel } = config;
  yield* spanProblem('throttle.period', throttle?.period, SECOND_MS);
  yield* spanProblem('rateLimit.period', rateLimit?.period, SECOND_MS, DAY_MS);
  yield* spanProblem('debounce.period', debounce?.period, SECOND_MS, 7 * DAY_MS);
  yield* spanProblem('debounce.timeout', debounce?.timeout);
  yield* spanProblem('batchEvents.timeout', batchEvents?.timeout, SECOND_MS);
  yield* spanProblem('timeouts.start', timeouts?.start);
  yield* spanProblem('timeouts.finish', timeouts?.finish);
  for (const { timeout } of cancel ?? [])
    if (timeout !== undefined && !momentOf(timeout))
      yield `cancel.timeout is neither a duration nor a date: ${timeout}`;
}

function* expressionProblems(config: FunctionConfig): Generator<string> {
  const expressions = [
    ...config.triggers.map((trigger) => trigger.expression),
    ...concurrencyOf(config).map((limit) => limit.key),
    ...(config.cancel ?? []).map((rule) => rule.if),
    config.priority?.run,
    config.throttle?.key,
    config.rateLimit?.key,
    config.debounce?.key,
    config.batchEvents?.key,
    config.batchEvents?.if,
    config.idempotency,
    config.singleton?.key,
  ];
  for (const expression of expressions) {
    const problem = expression ? syntaxProblem(expression) : undefined;
    if (problem) yield `expression ${expression}: ${problem}`;
  }
}

function* triggerProblem({ event, cron, jitter }: Trigger): Generator<string> {
  if ((event === undefined) === (cron === undefined)) yield 'a trigger is either an event or a cron';
  const problem = cron === undefined ? undefined : cronProblem(cron);
  if (problem) yield problem;
  if (jitter) yield* spanProblem('jitter', jitter, SECOND_MS, LONGEST_JITTER_MS);
}

function* triggerProblems({ triggers }: FunctionConfig): Generator<string> {
  const names = triggers.map(({ event, expression, cron }) => cron ?? `${event} if ${expression}`);
  if (new Set(names).size !== names.length) yield 'the same trigger appears twice';
  for (const trigger of triggers) yield* triggerProblem(trigger);
}

function* combinationProblems(config: FunctionConfig): Generator<string> {
  if (concurrencyOf(config).some(({ scope, key }) => (scope ?? 'fn') !== 'fn' && !key))
    yield 'a concurrency scope other than fn needs a key';
  const { batchEvents, cancel, debounce, singleton, priority } = config;
  if (batchEvents && (cancel?.length || debounce || singleton || priority))
    yield 'batchEvents cannot be used with cancelOn, debounce, singleton or priority';
}

function shapeProblem({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

/** A registered function, or the reasons why it is none. */
export function readFunction(value: unknown): { config: FunctionConfig } | { problems: string[] } {
  const id = isObject(value) && typeof value.id === 'string' ? value.id : 'a function';
  const read = functionShape.safeParse(withoutNulls(value));
  if (!read.success) return { problems: read.error.issues.map((issue) => `${id}: ${shapeProblem(issue)}`) };
  const config = read.data;
  const problems = [
    ...triggerProblems(config),
    ...combinationProblems(config),
    ...spanProblems(config),
    ...expressionProblems(config),
  ];
  return problems.length > 0 ? { problems: problems.map((problem) => `${id}: ${problem}`) } : { config };
}
