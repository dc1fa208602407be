import { db, sql, type Transaction } from './db';
import { tellAfter } from './news';

/**
 * Every event of the portal with the shape of its data. `inngest/events/<domain>.ts` adds its own here, so that a use case
 * is checked against the contract without importing anything above it.
 */
export interface PortalEvents {
  'portal/instance.checked': { instanceId: string };
}

export type EventName = keyof PortalEvents & string;

/**
 * Commits an event with the change it speaks of; the relay delivers it afterwards. `id` is the event's own: the same id is
 * delivered once.
 */
export async function publish<N extends EventName>(
  tx: Transaction,
  name: N,
  data: PortalEvents[N],
  id?: string,
): Promise<void> {
  await tx.outboxEvent.create({ data: { ...(id ? { id } : {}), name, data: data as object }, select: { id: true } });
  tellAfter(tx, 'outbox');
}

/** As `publish`, for many events of one name. */
export async function publishAll<N extends EventName>(
  tx: Transaction,
  name: N,
  all: readonly PortalEvents[N][],
): Promise<void> {
  await tx.outboxEvent.createMany({ data: all.map((data) => ({ name, data: data as object })) });
  tellAfter(tx, 'outbox');
}

/** Removes events that were delivered more than 30 days ago, at most `limit`, but none of `needed`. Answers how many. */
export async function pruneOutbox(needed: readonly string[], limit: number): Promise<number> {
  return db().$executeRaw(sql`
    DELETE FROM outbox_event WHERE id IN (
      SELECT o.id FROM outbox_event o
      WHERE o.id < uuidv7(interval '-30 days') AND o.published_at < now() - interval '30 days'
        AND o.id::text <> ALL (${needed as string[]}::text[]) LIMIT ${limit})`);
}
