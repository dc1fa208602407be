import type { KnownFunction } from '../catalog/catalog';
import { momentOf, parseDuration } from '../protocol/durations';
import type { EventPayload } from '../protocol/events';
import { evaluate, indexOf, keyOf } from '../protocol/expressions';
import { concurrencyOf } from '../protocol/function-config';
import { newId } from '../protocol/ids';
import { indexable } from '../protocol/indexable';
import type { Queryable } from '../store/database';

/** The wait of a parent's step that this run will end. */
export interface Parent {
  runId: string;
  stepId: string;
}

export interface CancelRule {
  subject: string;
  match: string;
  expression: string | null;
  expires_at: Date | null;
}

/** One run to create, as `create_runs` reads it. Spans are in milliseconds. */
export interface NewRun {
  id: string;
  function_id: string;
  event_id: string;
  batched: boolean;
  sort_at: Date;
  due_at: Date | null;
  slots: string[];
  throttle: { key: string; interval: number; capacity: number } | null;
  singleton_key: string | null;
  start_within: number | null;
  finish_within: number | null;
  parent_run: string | null;
  parent_step: string | null;
  cancels: CancelRule[] | null;
}

const MAX_PRIORITY_S = 12 * 3_600;

/** The slots a run needs for each of its requests, in the order of the function's limits. */
export function slotsOf(fn: KnownFunction, event: EventPayload): string[] {
  return concurrencyOf(fn.config).map((limit) => {
    const scope = limit.scope ?? 'fn';
    const owner = scope === 'fn' ? `fn:${fn.id}` : scope;
    return limit.key ? indexable(`${owner}:${limit.key}=${keyOf(limit.key, { event })}`) : owner;
  });
}

/** Head start in milliseconds: a run of priority 60 stands where it would if it had come a minute earlier. */
function headStart(fn: KnownFunction, event: EventPayload): number {
  const expression = fn.config.priority?.run;
  if (!expression) return 0;
  try {
    const value = evaluate(expression, { event });
    const seconds = typeof value === 'bigint' ? Number(value) : value;
    if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return 0;
    return Math.max(-MAX_PRIORITY_S, Math.min(MAX_PRIORITY_S, seconds)) * 1_000;
  } catch {
    return 0;
  }
}

function throttleOf(fn: KnownFunction, event: EventPayload): NewRun['throttle'] {
  const { throttle } = fn.config;
  if (!throttle) return null;
  const limit = Math.max(1, throttle.limit);
  const value = throttle.key ? keyOf(throttle.key, { event }) : '';
  return {
    key: `throttle:${fn.id}:${value}`,
    interval: Math.round((parseDuration(throttle.period) ?? 0) / limit),
    capacity: limit + (throttle.burst ?? 0),
  };
}

function cancelRules(fn: KnownFunction, event: EventPayload): CancelRule[] | null {
  if (!fn.config.cancel?.length) return null;
  return fn.config.cancel.map((rule) => ({
    subject: indexable(rule.event),
    match: indexOf(rule.if, event),
    expression: rule.if ?? null,
    expires_at: (rule.timeout && momentOf(rule.timeout)) || null,
  }));
}

function span(text: string | undefined): number | null {
  return text ? (parseDuration(text) ?? null) : null;
}

export interface RunOrigin {
  event: EventPayload;
  eventId: string;
  /** The id of an open batch becomes the id of its run. */
  runId?: string;
  batched?: boolean;
  singletonKey?: string | undefined;
  parent?: Parent | undefined;
}

/** A run of a function for an event. An event of the future starts its run then. */
export function newRun(fn: KnownFunction, origin: RunOrigin, now = Date.now()): NewRun {
  const { event } = origin;
  const startsAt = Math.max(now, event.ts);
  const { timeouts } = fn.config;
  return {
    id: origin.runId ?? newId(now),
    function_id: fn.id,
    event_id: origin.eventId,
    batched: origin.batched ?? false,
    sort_at: new Date(startsAt - headStart(fn, event)),
    due_at: startsAt > now ? new Date(startsAt) : null,
    slots: slotsOf(fn, event),
    throttle: throttleOf(fn, event),
    singleton_key: origin.singletonKey ?? null,
    start_within: span(timeouts?.start),
    finish_within: span(timeouts?.finish),
    parent_run: origin.parent?.runId ?? null,
    parent_step: origin.parent?.stepId ?? null,
    cancels: cancelRules(fn, event),
  };
}

export async function createRuns(tx: Queryable, runs: NewRun[]): Promise<void> {
  if (runs.length > 0) await tx.query('SELECT create_runs($1)', [JSON.stringify(runs)]);
}
