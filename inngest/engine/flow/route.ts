import type { Catalog, KnownFunction } from '../catalog/catalog';
import { matches } from '../protocol/expressions';
import { newId } from '../protocol/ids';
import type { Queryable } from '../store/database';
import { addToBatch } from './batches';
import { claimEventIds, debounce, passesRateLimit, singletonKey } from './gates';
import { createRuns, type NewRun, newRun, type Parent } from './new-run';
import type { RoutedEvent } from './routed-event';
import { wakeWaiters } from './waits';

/** The step that waits for an invoked run, from the correlation id that its event carries. */
function parentOf(event: RoutedEvent): Parent | undefined {
  const marks = event.payload.data._inngest as { correlation_id?: string } | undefined;
  const [runId, stepId] = (marks?.correlation_id ?? '').split('.');
  return runId && stepId && event.payload.name === 'inngest/function.invoked' ? { runId, stepId } : undefined;
}

/** The functions an event starts, each once, though several of its triggers may match. */
function functionsFor(catalog: Catalog, event: RoutedEvent): KnownFunction[] {
  if (event.functionId) {
    const only = catalog.get(event.functionId);
    return only ? [only] : [];
  }
  const found = new Set<KnownFunction>();
  for (const { fn, trigger } of catalog.triggersFor(event.payload.name)) {
    if (matches(trigger.expression, { event: event.payload })) found.add(fn);
  }
  return [...found];
}

/** A parent must not wait for a run that will never be. */
async function refuseInvocation(tx: Queryable, event: RoutedEvent, reason: string): Promise<void> {
  const parent = parentOf(event);
  if (!parent) return;
  const memo = JSON.stringify({ error: { name: 'Error', message: reason } });
  await tx.query('SELECT complete_step($1, $2, $3)', [parent.runId, parent.stepId, memo]);
}

async function throughGates(tx: Queryable, fn: KnownFunction, event: RoutedEvent): Promise<NewRun | undefined> {
  const parent = parentOf(event);
  if (fn.config.batchEvents && !parent) return addToBatch(tx, fn, event);
  if (!(await passesRateLimit(tx, fn, event))) {
    await refuseInvocation(tx, event, 'the invoked function was rate limited');
    return undefined;
  }
  if (fn.config.debounce && !parent) {
    await debounce(tx, fn, event);
    return undefined;
  }
  return startOf(tx, fn, event, parent);
}

async function startOf(
  tx: Queryable,
  fn: KnownFunction,
  event: RoutedEvent,
  parent: Parent | undefined,
): Promise<NewRun | undefined> {
  const runId = newId();
  const key = await singletonKey(tx, fn, event, runId);
  if (key === false) {
    await refuseInvocation(tx, event, 'the invoked function is a singleton and already runs');
    return undefined;
  }
  return newRun(fn, { event: event.payload, eventId: event.id, runId, singletonKey: key, parent });
}

interface Start {
  fn: KnownFunction;
  event: RoutedEvent;
}

/** Drops what has started already for the same event id, and repetitions within this set. */
async function withoutRepeats(tx: Queryable, starts: Start[]): Promise<Start[]> {
  const keyOf = ({ fn, event }: Start) =>
    event.functionId === null && event.payload.id !== event.id ? `${fn.id} ${event.payload.id}` : undefined;
  const keyed = starts.filter((start) => keyOf(start) !== undefined);
  const fresh = await claimEventIds(
    tx,
    keyed.map(({ fn, event }) => ({ functionId: fn.id, key: event.payload.id })),
  );
  return starts.filter((start) => {
    const key = keyOf(start);
    return key === undefined || fresh.delete(key);
  });
}

/**
 * Carries events to everyone concerned, in the transaction of the caller: waiting steps and cancel rules first, so that
 * an event cannot cancel the run it starts; then the functions.
 */
export async function routeEvents(tx: Queryable, catalog: Catalog, events: RoutedEvent[]): Promise<NewRun[]> {
  await wakeWaiters(tx, events);
  const starts = events.flatMap((event) => functionsFor(catalog, event).map((fn) => ({ fn, event })));
  for (const event of events) {
    if (event.functionId && !catalog.get(event.functionId)) {
      await refuseInvocation(tx, event, `could not find function with ID: ${event.functionId}`);
    }
  }
  const runs: NewRun[] = [];
  for (const { fn, event } of await withoutRepeats(tx, starts)) {
    const run = await throughGates(tx, fn, event);
    if (run) runs.push(run);
  }
  await createRuns(tx, runs);
  return runs;
}
