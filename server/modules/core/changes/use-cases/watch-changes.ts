import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { logger } from '@/server/platform/logger';
import { mayKnowOf } from '../policy';
import { changesAfter, newestChange } from '../queries';
import { kindsSeenBy, Seen } from '../rules';
import { type Change, type Changing, isChanging } from '../schema';

const EVERY_MS = 1_000;

type Listener = (changes: readonly Change[]) => void;

/** One reading of the trail for all screens of this process; it rests while nobody listens. */
const listeners = new Set<Listener>();
let reading = false;

async function readOn(): Promise<void> {
  let seen: Seen | undefined;
  while (listeners.size > 0) {
    try {
      seen ??= new Seen(await newestChange());
      const changes = seen.take(await changesAfter(seen.from), Date.now());
      if (changes.length > 0) for (const listener of listeners) listener(changes);
    } catch (err) {
      // The database is away: screens learn of it by what they ask for themselves.
      logger('changes').warn({ err }, 'the changes could not be read');
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!reading) {
    reading = true;
    void readOn().finally(() => {
      reading = false;
    });
  }
  return () => listeners.delete(listener);
}

/**
 * Yields the kinds of things that have changed, of those that the actor's role may open, as they change, until no client listens. What changed before is not named: who begins
 * to listen has just read.
 */
export async function* watchChanges({
  actor,
  signal = new AbortController().signal,
}: {
  actor: StaffActor;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<Changing[]> {
  const branch = branchScope(actor);
  const waiting = new Set<Changing>();
  let wake = () => {};
  const end = listen((changes) => {
    for (const kind of kindsSeenBy(branch, changes))
      if (isChanging(kind) && mayKnowOf(actor.role, kind)) waiting.add(kind);
    if (waiting.size > 0) wake();
  });
  const wakeUp = () => wake();
  signal.addEventListener('abort', wakeUp);
  try {
    while (!signal.aborted) {
      if (waiting.size === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted) resolve();
        });
      const kinds = [...waiting];
      waiting.clear();
      if (kinds.length > 0) yield kinds;
    }
  } finally {
    signal.removeEventListener('abort', wakeUp);
    end();
  }
}
