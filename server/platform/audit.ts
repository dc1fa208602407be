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
export async function recordAudit(tx: Transaction, record: AuditRecord): Promise<void> {
  const { actor, action, entity, entityId, branchId = null, detail = {} } = record;
  const actorId = actor.kind === 'user' ? actorUserId(actor) : actor.id;
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
    VALUES (${actor.kind}, ${actorId}, ${action}, ${entity}, ${entityId}, ${branchId}::uuid, ${actor.correlationId}, ${JSON.stringify(detail)}::jsonb)
    RETURNING id`);
  for (const { id } of rows) onCommit(tx, () => witness(id));
}
