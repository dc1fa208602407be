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

/** Runs of one group of events: waiting steps and cancel rules first, then the functions. */
async function routeGroup(tx: Queryable, catalog: Catalog, events: RoutedEvent[]): Promise<NewRun[]> {
  await wakeWaiters(tx, events);
  for (const event of events) {
    if (event.functionId && !catalog.get(event.functionId)) {
      await refuseInvocation(tx, event, `could not find function with ID: ${event.functionId}`);
    }
  }
  const starts = events.flatMap((event) => functionsFor(catalog, event).map((fn) => ({ fn, event })));
  const runs: NewRun[] = [];
  const together: NewRun[] = [];
  for (const { fn, event } of await withoutRepeats(tx, starts)) {
    const run = await throughGates(tx, fn, event);
    if (!run) continue;
    runs.push(run);
    // The next event of a singleton may have to cancel this run, so it must exist by then.
    if (fn.config.singleton) await createRuns(tx, [run]);
    else together.push(run);
  }
  await createRuns(tx, together);
  return runs;
}

/** An event that may cancel begins a new group: it must find the runs of the events before it. */
function groupsOf(catalog: Catalog, events: RoutedEvent[]): RoutedEvent[][] {
  const groups: RoutedEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && !catalog.mayCancel(event.payload.name)) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** Carries events to everyone concerned, in their order and in the transaction of the caller. Returns the new runs. */
export async function routeEvents(tx: Queryable, catalog: Catalog, events: RoutedEvent[]): Promise<NewRun[]> {
  const runs: NewRun[] = [];
  for (const group of groupsOf(catalog, events)) runs.push(...(await routeGroup(tx, catalog, group)));
  return runs;
}
