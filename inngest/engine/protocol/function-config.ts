import { Cron } from 'croner';
import { parseDuration } from './durations';
import { syntaxProblem } from './expressions';
import { isObject } from './json';

export interface Trigger {
  event?: string;
  expression?: string;
  cron?: string;
  jitter?: string;
}

export interface ConcurrencyLimit {
  limit: number;
  key?: string;
  scope?: 'fn' | 'env' | 'account';
}

/** One function as the SDK registers it. Spans are texts such as `10s`; keys and `if` are expressions. */
export interface FunctionConfig {
  id: string;
  name: string;
  triggers: Trigger[];
  steps: Record<string, { runtime: { url: string }; retries?: { attempts?: number } }>;
  concurrency?: number | ConcurrencyLimit | ConcurrencyLimit[];
  priority?: { run?: string };
  throttle?: { limit: number; period: string; key?: string; burst?: number };
  rateLimit?: { limit: number; period: string; key?: string };
  debounce?: { period: string; key?: string; timeout?: string };
  batchEvents?: { maxSize: number; timeout: string; key?: string; if?: string };
  cancel?: { event: string; if?: string; timeout?: string }[];
  idempotency?: string;
  timeouts?: { start?: string; finish?: string };
  singleton?: { key?: string; mode?: 'skip' | 'cancel' };
}

const MAX_TRIGGERS = 10;
const MAX_CANCELS = 5;
const MAX_RETRIES = 20;
const MAX_LIMITS = 2;

export function concurrencyOf(config: FunctionConfig): ConcurrencyLimit[] {
  const { concurrency } = config;
  if (concurrency === undefined || concurrency === null) return [];
  if (typeof concurrency === 'number') return [{ limit: concurrency }];
  return Array.isArray(concurrency) ? concurrency : [concurrency];
}

/** What the names that a wildcard matches begin with; undefined for a plain name. */
export function wildcardPrefix(event: string): string | undefined {
  return /[./]\*$/.test(event) ? event.slice(0, -1) : undefined;
}

/** Whether a function wants to hear of every run that ends. */
export function hearsEnds(config: FunctionConfig): boolean {
  const finished = 'inngest/function.finished';
  return config.triggers.some(({ event }) => {
    const prefix = event === undefined ? undefined : wildcardPrefix(event);
    return prefix === undefined ? event === finished : finished.startsWith(prefix);
  });
}

/** A cron trigger as its pattern and its time zone. */
export function parseCron(expression: string): { pattern: string; timezone: string | undefined } {
  const zone = /^TZ=(\S+)\s+(.*)$/.exec(expression.trim());
  return zone ? { pattern: zone[2] ?? '', timezone: zone[1] } : { pattern: expression.trim(), timezone: undefined };
}

function cronProblem(expression: string): string | undefined {
  const { pattern, timezone } = parseCron(expression);
  if (!pattern.startsWith('@') && pattern.split(/\s+/).length !== 5) return `cron needs five fields: ${expression}`;
  try {
    new Cron(pattern, { timezone, paused: true }).nextRun();
    return undefined;
  } catch {
    return `invalid cron: ${expression}`;
  }
}

function* spanProblems(config: FunctionConfig): Generator<string> {
  const spans: [string, string | undefined][] = [
    ['throttle.period', config.throttle?.period],
    ['rateLimit.period', config.rateLimit?.period],
    ['debounce.period', config.debounce?.period],
    ['debounce.timeout', config.debounce?.timeout],
    ['batchEvents.timeout', config.batchEvents?.timeout],
    ['timeouts.start', config.timeouts?.start],
    ['timeouts.finish', config.timeouts?.finish],
    ...(config.cancel ?? []).map((rule): [string, string | undefined] => ['cancel.timeout', rule.timeout]),
  ];
  for (const [field, span] of spans) {
    if (span !== undefined && span !== null && parseDuration(span) === undefined)
      yield `${field} is no duration: ${span}`;
  }
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

function* triggerProblems(config: FunctionConfig): Generator<string> {
  if (config.triggers.length > MAX_TRIGGERS) yield `more than ${MAX_TRIGGERS} triggers`;
  const crons = config.triggers.map((trigger) => trigger.cron).filter((cron) => cron !== undefined);
  if (new Set(crons).size !== crons.length) yield 'the same cron appears twice';
  for (const cron of crons) {
    const problem = cronProblem(cron);
    if (problem) yield problem;
  }
}

function* flowProblems(config: FunctionConfig): Generator<string> {
  const limits = concurrencyOf(config);
  if (limits.length > MAX_LIMITS) yield `more than ${MAX_LIMITS} concurrency limits`;
  if (limits.some((limit) => (limit.scope ?? 'fn') !== 'fn' && !limit.key))
    yield 'a concurrency scope other than fn needs a key';
  if ((config.cancel?.length ?? 0) > MAX_CANCELS) yield `more than ${MAX_CANCELS} cancel rules`;
  if (config.batchEvents) {
    if (!(config.batchEvents.maxSize >= 2)) yield 'batchEvents.maxSize must be at least 2';
    if (config.cancel?.length || config.debounce || config.singleton || config.priority) {
      yield 'batchEvents cannot be used with cancelOn, debounce, singleton or priority';
    }
  }
  const attempts = Object.values(config.steps)[0]?.retries?.attempts;
  if (attempts !== undefined && !(attempts >= 0 && attempts <= MAX_RETRIES))
    yield `retries must be 0 to ${MAX_RETRIES}`;
}

/** A registered function, or the reasons why it is none. */
export function readFunction(value: unknown): { config: FunctionConfig } | { problems: string[] } {
  if (!isObject(value) || typeof value.id !== 'string' || !isObject(value.steps))
    return { problems: ['not a function'] };
  const config = {
    name: value.id,
    ...value,
    triggers: Array.isArray(value.triggers) ? value.triggers : [],
  } as FunctionConfig;
  if (!Object.values(config.steps)[0]?.runtime?.url) return { problems: [`${config.id} has no url`] };
  const problems = [
    ...triggerProblems(config),
    ...flowProblems(config),
    ...spanProblems(config),
    ...expressionProblems(config),
  ];
  return problems.length > 0 ? { problems: problems.map((problem) => `${config.id}: ${problem}`) } : { config };
}
