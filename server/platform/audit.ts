import { type Actor, actorUserId } from './actor';
import { witness } from './audit-witness';
import { onCommit, sql, type Transaction } from './db';

export type AuditRecord = {
  actor: Actor;
  /** noun.verb, the same verb as the use case: `order.created`. */
  action: string;
  entity: string;
  entityId: string;
  branchId?: string | null;
  /** Ids and figures; never a name, a phone, a code or a token. */
  detail?: Record<string, string | number | boolean | null>;
};

/**
 * Writes what was done into the transaction that does it, so that neither exists without the other. Id and moment are the
 * database's own. Once committed, the entry is remembered outside of the database until it is sealed.
 */
export const recordAudit = (tx: Transaction, record: AuditRecord): Promise<void> => recordAudits(tx, [record]);

/** As `recordAudit`, for much that was done at once. */
export async function recordAudits(tx: Transaction, records: readonly AuditRecord[]): Promise<void> {
  const entries = records.map(({ actor, action, entity, entityId, branchId = null, detail = {} }) => ({
    actor_kind: actor.kind,
    actor_id: actor.kind === 'user' ? actorUserId(actor) : actor.id,
    ...{ action, entity, entity_id: entityId, branch_id: branchId, correlation_id: actor.correlationId, detail },
  }));
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e (actor_kind text, actor_id text, action text,
      entity text, entity_id text, branch_id uuid, correlation_id text, detail jsonb)
    RETURNING id`);
  for (const { id } of rows) onCommit(tx, () => witness(id));
}
