import { type Actor, actorUserId } from './actor';
import { recordAudit } from './audit';
import { db, inTransaction, sql, type Transaction } from './db';

/** Records that show a person's data when opened. Lists and searches lead to them and are not recorded. */
export type Readable =
  | 'doctor'
  | 'document'
  | 'message-box'
  | 'order'
  | 'patient'
  | 'statement'
  | 'statement-month'
  | 'upload'
  | 'worklist';

export type Reading = {
  actor: Actor;
  entity: Readable;
  entityId: string;
  branchId?: string | null;
  /** Ids and figures; never a name, a phone, a code or a token. */
  detail?: Record<string, string | number | boolean | null>;
};

const nameOf = (actor: Actor): string => actorUserId(actor) ?? actor.id;

const QUARTER = sql`date_bin('15 minutes', now(), TIMESTAMPTZ 'epoch')`;

async function wasReadBefore(actor: Actor, thing: string, id: string): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>(sql`
    SELECT 1 FROM read_mark
    WHERE actor_id = ${nameOf(actor)} AND entity = ${thing} AND entity_id = ${id} AND quarter = ${QUARTER}`);
  return rows.length > 0;
}

/**
 * Writes into the audit trail that somebody opened something, once a person, thing and quarter of an hour: of many at once the
 * unique key lets one through. Called by every read use case before it answers: what can't be recorded is not shown. Screens
 * that ask again and again cost one look at an index.
 */
export async function recordRead({ actor, entity, entityId, ...rest }: Reading): Promise<void> {
  if (await wasReadBefore(actor, entity, entityId)) return;
  await inTransaction(async (tx) => {
    if (!(await isFirstRead(tx, actor, entity, entityId))) return;
    await recordAudit(tx, { actor, action: `${entity}.read`, entity, entityId, ...rest });
  });
}

/** Whether this is the first reading of its quarter of an hour, for what leaves its trace elsewhere than in the audit trail. */
export async function isFirstRead(tx: Transaction, actor: Actor, thing: string, id: string): Promise<boolean> {
  const marked = await tx.$executeRaw(sql`
    INSERT INTO read_mark (actor_id, entity, entity_id, quarter) VALUES (${nameOf(actor)}, ${thing}, ${id}, ${QUARTER})
    ON CONFLICT DO NOTHING`);
  return marked === 1;
}

/** Removes the marks of quarters that are over, some thousands at a time; answers how many. */
export async function pruneReadMarks(most: number): Promise<number> {
  return db().$executeRaw(sql`
    DELETE FROM read_mark WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM read_mark WHERE quarter < now() - interval '1 hour' LIMIT ${most}::int))`);
}
