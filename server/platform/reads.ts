import { type Actor, actorUserId } from './actor';
import { db, type Sql, sql, type Transaction } from './db';

/** What shows somebody's data when it is opened. Lists and searches lead to it and are no reading. */
export type Readable =
  | 'doctor'
  | 'document'
  | 'message-box'
  | 'order'
  | 'patient'
  | 'statement'
  | 'statement-month'
  | 'upload';

export type Reading = {
  actor: Actor;
  entity: Readable;
  entityId: string;
  branchId?: string | null;
  /** Ids and figures; never a name, a phone, a code or a token. */
  detail?: Record<string, string | number | boolean | null>;
};

const nameOf = (actor: Actor): string => actorUserId(actor) ?? actor.id;

const mark = (actor: Actor, entity: string, entityId: string): Sql => sql`
  INSERT INTO read_mark (actor_id, entity, entity_id, quarter)
  VALUES (${nameOf(actor)}, ${entity}, ${entityId}, date_bin('15 minutes', now(), TIMESTAMPTZ 'epoch'))
  ON CONFLICT DO NOTHING RETURNING 1`;

/**
 * Writes into the audit trail that somebody opened something, once a person, thing and quarter of an hour. Called by every
 * read use case before it answers: what can't be recorded is not shown. One round trip, and a single index look-up for the
 * repeats of screens that ask again and again.
 */
export async function recordRead({ actor, entity, entityId, branchId = null, detail = {} }: Reading): Promise<void> {
  await db().$executeRaw(sql`
    WITH first AS (${mark(actor, entity, entityId)})
    INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
    SELECT ${actor.kind}, ${nameOf(actor)}, ${`${entity}.read`}, ${entity}, ${entityId}, ${branchId}::uuid,
      ${actor.correlationId}, ${JSON.stringify(detail)}::jsonb
    FROM first`);
}

/** Whether this is the first reading of its quarter of an hour, for what leaves its trace elsewhere than in the audit trail. */
export async function isFirstRead(tx: Transaction, actor: Actor, thing: string, id: string): Promise<boolean> {
  return (await tx.$queryRaw<unknown[]>(mark(actor, thing, id))).length > 0;
}

/** Removes the marks of quarters that are over, some thousands at a time; answers how many. */
export async function pruneReadMarks(most: number): Promise<number> {
  return db().$executeRaw(sql`
    DELETE FROM read_mark WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM read_mark WHERE quarter < now() - interval '1 hour' LIMIT ${most}::int))`);
}
