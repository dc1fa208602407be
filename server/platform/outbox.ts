import type { z } from 'zod';
import { db, sql, type Transaction } from './db';
import { notifyAfterCommit } from './notify';

/** An event of the portal: its name and the shape of its data, see `inngest/events`. */
type Contract<Schema extends z.ZodType> = { readonly name: string; readonly schema: Schema };

/**
 * Commits an event with the change it is about; the relay delivers it afterwards. What does not fit the contract is written
 * nowhere.
 */
export async function publish<Schema extends z.ZodType>(
  tx: Transaction,
  { name, schema }: Contract<Schema>,
  data: z.input<Schema>,
): Promise<void> {
  const fitting = schema.parse(data) as object;
  await tx.outboxEvent.create({ data: { name, data: fitting }, select: { id: true } });
  notifyAfterCommit(tx, 'outbox');
}

/** As `publish`, for many events of one name. */
export async function publishAll<Schema extends z.ZodType>(
  tx: Transaction,
  { name, schema }: Contract<Schema>,
  all: readonly z.input<Schema>[],
): Promise<void> {
  await tx.outboxEvent.createMany({ data: all.map((data) => ({ name, data: schema.parse(data) as object })) });
  notifyAfterCommit(tx, 'outbox');
}

/** Removes events that were delivered more than 30 days ago, at most `limit`, but none of `needed`. Answers how many. */
export async function pruneOutbox(needed: readonly string[], limit: number): Promise<number> {
  return db().$executeRaw(sql`
    DELETE FROM outbox_event WHERE id IN (
      SELECT o.id FROM outbox_event o
      WHERE o.id < uuidv7(interval '-30 days') AND o.published_at < now() - interval '30 days'
        AND o.id::text <> ALL (${needed as string[]}::text[]) LIMIT ${limit})`);
}
