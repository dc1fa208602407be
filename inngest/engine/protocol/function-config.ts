import { z } from 'zod';

/** Shapes of what the SDK registers. Spans are texts such as `10s`; keys, `if`, `run` and `expression` are expressions. */
const trigger = z.looseObject({
  event: z.string().min(1).max(255).optional(),
  expression: z.string().optional(),
  cron: z.string().min(1).max(255).optional(),
  jitter: z.string().optional(),
});

const concurrencyLimit = z.looseObject({
  limit: z.int(),
  key: z.string().optional(),
  scope: z.enum(['fn', 'env', 'account']).optional(),
});

const step = z.looseObject({
  runtime: z.looseObject({ url: z.url({ protocol: /^https?$/ }) }),
  retries: z.looseObject({ attempts: z.int().min(0).max(20).optional() }).optional(),
});

const pace = { period: z.string(), key: z.string().optional() };

export const functionShape = z.looseObject({
  id: z.string().min(1).max(300),
  name: z.string().optional(),
  triggers: z.array(trigger).max(10).default([]),
  steps: z.record(z.string(), step).refine((steps) => Object.keys(steps).length === 1, 'one step is needed'),
  concurrency: z.union([z.int(), concurrencyLimit, z.array(concurrencyLimit).max(2)]).optional(),
  priority: z.looseObject({ run: z.string().optional() }).optional(),
  throttle: z.looseObject({ ...pace, limit: z.int().min(0), burst: z.int().min(0).optional() }).optional(),
  rateLimit: z.looseObject({ ...pace, limit: z.int().min(1) }).optional(),
  debounce: z.looseObject({ ...pace, timeout: z.string().optional() }).optional(),
  batchEvents: z
    .looseObject({
      maxSize: z.int().min(2),
      timeout: z.string(),
      key: z.string().optional(),
      if: z.string().optional(),
    })
    .optional(),
  cancel: z
    .array(
      z.looseObject({ event: z.string().min(1).max(512), if: z.string().optional(), timeout: z.string().optional() }),
    )
    .max(5)
    .optional(),
  idempotency: z.string().optional(),
  timeouts: z.looseObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
  singleton: z.looseObject({ key: z.string().optional(), mode: z.enum(['skip', 'cancel']).default('skip') }).optional(),
});

export type FunctionConfig = z.infer<typeof functionShape>;
export type Trigger = z.infer<typeof trigger>;
export type ConcurrencyLimit = z.infer<typeof concurrencyLimit>;

const DEFAULT_RETRIES = 4;

/** Where requests of a function go, without the query that names the step. */
export function urlOf(config: FunctionConfig): string {
  return Object.values(config.steps)[0]?.runtime.url ?? '';
}

export function maxAttemptsOf(config: FunctionConfig): number {
  return (Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1;
}

/** The limits of a function. Of two with the same scope and key, only the lower one means anything. */
export function concurrencyOf({ concurrency }: FunctionConfig): ConcurrencyLimit[] {
  if (concurrency === undefined) return [];
  if (typeof concurrency === 'number') return [{ limit: concurrency }];
  const limits = Array.isArray(concurrency) ? concurrency : [concurrency];
  const [a, b] = limits;
  if (!a || !b || a.key !== b.key || (a.scope ?? 'fn') !== (b.scope ?? 'fn')) return limits;
  return [b.limit > 0 && (b.limit < a.limit || a.limit <= 0) ? b : a];
}

/** What the names that a wildcard matches begin with; undefined for a plain name. */
export function wildcardPrefix(event: string): string | undefined {
  return /[./]\*$/.test(event) ? event.slice(0, -1) : undefined;
}

/** Whether a function listens to the end of every run. */
export function hearsEnds(config: FunctionConfig): boolean {
  const finished = 'inngest/function.finished';
  return config.triggers.some(({ event }) => {
    const prefix = event === undefined ? undefined : wildcardPrefix(event);
    return prefix === undefined ? event === finished : finished.startsWith(prefix);
  });
}

/** A cron trigger as its pattern and its time zone. */
export function parseCron(expression: string): { pattern: string; timezone: string | undefined } {
  const zone = /^(?:CRON_)?TZ=(\S+)\s+(\S.*)$/.exec(expression.trim());
  return zone ? { pattern: zone[2] ?? '', timezone: zone[1] } : { pattern: expression.trim(), timezone: undefined };
}
