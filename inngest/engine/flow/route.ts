import type { Catalog, KnownFunction } from '../catalog/catalog';
import { matches } from '../protocol/expressions';
import { newId } from '../protocol/ids';
import { indexable } from '../protocol/indexable';
import type { Queryable } from '../store/database';
import { addToBatch, isBatched } from './batches';
import { claimEventIds, debounce, forgetEventId, passesRateLimit, singletonKey } from './gates';
import { createRuns, type NewRun, newRun, type Parent } from './new-run';
import type { RoutedEvent } from './routed-event';
import { resumeWaiters } from './waits';

interface InvocationMarks {
  fn_id?: string;
  correlation_id?: string;
}

/** What the server wrote into an invocation; no client can write it. */
function marksOf(event: RoutedEvent): InvocationMarks {
  if (event.payload.name !== 'inngest/function.invoked') return {};
  return (event.payload.data._inngest as InvocationMarks | undefined) ?? {};
}

/** The step that waits for an invoked run, from the correlation id that its event carries. */
function parentOf(event: RoutedEvent): Parent | undefined {
  const [runId, stepId] = (marksOf(event).correlation_id ?? '').split('.');
  return runId && stepId ? { runId, stepId } : undefined;
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

interface Start {
  fn: KnownFunction;
  event: RoutedEvent;
}

/** Rate limits come first, but not for batches: adding to a batch starts no run. */
async function withinRates(tx: Queryable, starts: Start[]): Promise<Start[]> {
  const within: Start[] = [];
  for (const { fn, event } of starts) {
    if (isBatched(fn, event) || (await passesRateLimit(tx, fn, event))) within.push({ fn, event });
    else await refuseInvocation(tx, event, 'the invoked function is rate limited');
  }
  return within;
}

/** Batches and debounces take the event in; invocations pass them by, since somebody waits for each. */
async function throughGates(tx: Queryable, { fn, event }: Start): Promise<NewRun | undefined> {
  const parent = parentOf(event);
  if (!parent && isBatched(fn, event)) return addToBatch(tx, fn, event);
  if (!parent && fn.config.debounce) {
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
    const givenId = givenIdOf(event);
    if (givenId !== undefined) await forgetEventId(tx, fn.id, givenId);
    await refuseInvocation(tx, event, 'the invoked function is a singleton and already runs');
    return undefined;
  }
  return newRun(fn, { event: event.payload, eventId: event.id, runId, singletonKey: key, parent });
}

/** The id that the sender chose for an event, as it is remembered. */
function givenIdOf(event: RoutedEvent): string | undefined {
  return event.functionId === null && event.payload.id !== event.id ? indexable(event.payload.id) : undefined;
}

/** Drops what has started already for the same event id, and repetitions within this set. */
async function withoutRepeats(tx: Queryable, starts: Start[]): Promise<Start[]> {
  const keys = starts.flatMap(({ fn, event }) => {
    const key = givenIdOf(event);
    return key === undefined ? [] : [{ functionId: fn.id, key }];
  });
  const fresh = await claimEventIds(tx, keys);
  return starts.filter(({ fn, event }) => {
    const key = givenIdOf(event);
    return key === undefined || fresh.delete(`${fn.id} ${key}`);
  });
}

/** Runs of one group of events: waiting steps and cancel rules first, then the functions. */
async function routeGroup(tx: Queryable, catalog: Catalog, events: RoutedEvent[]): Promise<NewRun[]> {
  await resumeWaiters(tx, events);
  for (const event of events) {
    if (event.functionId && !catalog.get(event.functionId)) {
      await refuseInvocation(tx, event, `could not find function with ID: ${marksOf(event).fn_id}`);
    }
  }
  const starts = events.flatMap((event) => functionsFor(catalog, event).map((fn) => ({ fn, event })));
  const runs: NewRun[] = [];
  const together: NewRun[] = [];
  for (const start of await withoutRepeats(tx, await withinRates(tx, starts))) {
    const run = await throughGates(tx, start);
    if (!run) continue;
    runs.push(run);
    // The next event of a singleton may have to cancel this run, so it must exist by then.
    if (start.fn.config.singleton) await createRuns(tx, [run]);
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
