import { onCommit, pool, type Transaction } from './db';
import { logger } from './logger';

/** Notifications between processes: events wait to be delivered, an upload has progressed. */
export type Channel = 'outbox' | 'progress';

/** Notifications of one interval are sent as one, so that a listener finds more work at once; too short to be felt. */
const GATHER_MS = 50;
// A lost notification loses no data: it need not wait for the disk.
const SEND = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, payload) FROM unnest($2::text[]) AS payload`;

const here = new Map<Channel, Set<() => void>>();
const gathered = new Map<Channel, Set<string>>();

/** Calls `onNotification` when this process itself has a notification on a channel; returns how to unsubscribe. Others are then not notified. */
export function subscribeHere(channel: Channel, onNotification: () => void): () => void {
  const listeners = here.get(channel) ?? new Set();
  here.set(channel, listeners.add(onNotification));
  return () => listeners.delete(onNotification);
}

/**
 * Notifies listeners, here or in another process. To be called after the commit of what it is about: NOTIFY inside of a
 * transaction takes one lock for the whole database until commit. It may be lost; listeners poll as well.
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

/** The first is sent at once, those that follow shortly after it together. */
function send(channel: Channel, payloads: string[]): void {
  gathered.set(channel, new Set());
  setTimeout(() => {
    const waiting = [...(gathered.get(channel) ?? [])];
    gathered.delete(channel);
    if (waiting.length > 0) send(channel, waiting);
  }, GATHER_MS).unref();
  pool()
    .query({ name: 'notify', text: SEND, values: [channel, payloads] })
    .catch((err: unknown) => logger('notify').warn({ err, channel }, 'a notification was not sent'));
}
