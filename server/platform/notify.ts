import { onCommit, pool, type Transaction } from './db';
import { logger } from './logger';

/** What processes say to each other in passing: that events wait to be delivered, that an upload has moved on. */
export type Channel = 'outbox' | 'progress';

/** A rush becomes one notice in so long, which is too short to be felt: who listens finds more to do at once, and works less. */
const GATHER_MS = 50;
// Nothing is lost with a notice: nobody waits for a disk because of it.
const SEND = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, payload) FROM unnest($2::text[]) AS payload`;

const here = new Map<Channel, Set<() => void>>();
const gathered = new Map<Channel, Set<string>>();

/** Calls `onNotification` when this process itself has news on a channel; answers how to stop. Others are then not woken for it. */
export function subscribeHere(channel: Channel, onNotification: () => void): () => void {
  const listeners = here.get(channel) ?? new Set();
  here.set(channel, listeners.add(onNotification));
  return () => listeners.delete(onNotification);
}

/**
 * Tells whoever listens, here or in another process. To be called when what it speaks of is committed: NOTIFY inside of a
 * transaction takes one lock for the whole database until commit. It may be lost; whoever listens looks by itself as well.
 */
export function notify(channel: Channel, payload = ''): void {
  const listeners = here.get(channel);
  if (listeners?.size) {
    for (const listener of listeners) listener();
    return;
  }
  const waiting = gathered.get(channel);
  if (waiting) waiting.add(payload);
  else send(channel, [payload]);
}

/** As `notify`, once a transaction is committed. */
export function notifyAfterCommit(tx: Transaction, channel: Channel, payload = ''): void {
  onCommit(tx, () => notify(channel, payload));
}

/** The first is told at once, what comes in shortly after it together. */
function send(channel: Channel, payloads: string[]): void {
  gathered.set(channel, new Set());
  setTimeout(() => {
    const waiting = [...(gathered.get(channel) ?? [])];
    gathered.delete(channel);
    if (waiting.length > 0) send(channel, waiting);
  }, GATHER_MS).unref();
  pool()
    .query({ name: 'notify', text: SEND, values: [channel, payloads] })
    .catch((err: unknown) => logger('news').warn({ err, channel }, 'nobody was told'));
}
