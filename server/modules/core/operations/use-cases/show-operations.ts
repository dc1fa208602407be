import {
  type BackgroundFunction,
  backgroundFunctions,
  backgroundServer,
  type ServerQueue,
} from '@/server/integrations/background/port';
import { organisation } from '@/server/platform/organisation';
import { hasUnreadProxy } from '@/server/platform/unread-proxy';
import { countFunctions, type FunctionCount, findCauses, findFailures, readLanes, relaySeenAt } from '../queries';
import { drainSeconds } from '../rules';
import type { FailureGroup, FunctionRow, Overview, ServerView } from '../schema';

/**
 * Failures are few, but their impact may be wide: screens that ask every few seconds share one look, which is kept the longer
 * the longer it took, so that looking never takes more than a small part of the database's time.
 */
const FAILURES_KEPT_MS = 2_000;
const CACHED_TIMES_DURATION = 20;
let failures: { until: number; groups: Promise<FailureGroup[]> } | undefined;

function sharedFailures(): Promise<FailureGroup[]> {
  if (failures && failures.until > Date.now()) return failures.groups;
  const began = Date.now();
  const look = { until: Number.POSITIVE_INFINITY, groups: findFailures() };
  failures = look;
  const keep = () => {
    look.until = Date.now() + Math.max(FAILURES_KEPT_MS, (Date.now() - began) * CACHED_TIMES_DURATION);
  };
  const forget = () => {
    look.until = 0;
  };
  look.groups.then(keep, forget);
  return look.groups;
}

/** All that the console shows at once: trouble by cause, lanes, functions with their queues, and what the server says of itself. */
export async function showOperations(): Promise<Overview> {
  const [causes, groups, lanes, counts, relay, { currency }, functions, queue] = await Promise.all([
    findCauses(),
    sharedFailures(),
    readLanes(),
    countFunctions(),
    relaySeenAt(),
    organisation(),
    backgroundFunctions()(),
    backgroundServer()
      .readQueue()
      .catch(() => 'unreachable' as const),
  ]);
  return {
    causes,
    failures: groups,
    lanes,
    functions: functionRows(functions, counts, queue),
    server: serverView(queue),
    relaySeenAt: relay,
    unreadProxy: hasUnreadProxy(),
    currency,
  };
}

type Look = ServerQueue | 'unreported' | 'unreachable';
const isReported = (look: Look): look is ServerQueue => typeof look === 'object';

function serverView(look: Look): ServerView {
  if (isReported(look)) return { reachable: true, quarantined: look.quarantined, apps: look.apps };
  return { reachable: look === 'unreported', quarantined: null, apps: null };
}

function functionRows(
  functions: readonly BackgroundFunction[],
  counts: (FunctionCount & { paceSeconds: number })[],
  look: Look,
): FunctionRow[] {
  const counted = new Map(counts.map((count) => [count.functionId, count]));
  const queues = new Map(isReported(look) ? look.functions.map((one) => [one.functionId, one]) : []);
  return functions.map(({ id }) => {
    const count = counted.get(id);
    const queue = queues.get(id);
    const queued = isReported(look) ? (queue?.queued ?? 0) : null;
    return {
      functionId: id,
      paused: count?.pausedAt
        ? { since: count.pausedAt, by: count.pausedBy ?? '', reason: count.pauseReason ?? '' }
        : null,
      queued,
      oldestQueuedAt: queue?.oldestAt ?? null,
      running: count?.running ?? 0,
      retrying: count?.retrying ?? 0,
      pausedRuns: count?.pausedRuns ?? 0,
      failed: count?.failed ?? 0,
      completedLastHour: count?.completedLastHour ?? 0,
      drainSeconds: drainSeconds(queued ?? 0, count?.completedLately ?? 0, count?.paceSeconds ?? 0),
    };
  });
}
