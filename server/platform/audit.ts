import { type Actor, actorUserId } from './actor';
import type { Transaction } from './db';

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

/** Writes what was done into the transaction that does it, so that neither exists without the other. */
export async function recordAudit(tx: Transaction, record: AuditRecord): Promise<void> {
  await tx.auditEntry.create({
    data: {
      actorKind: record.actor.kind,
      actorId: record.actor.kind === 'user' ? actorUserId(record.actor) : record.actor.id,
      action: record.action,
      entity: record.entity,
      entityId: record.entityId,
      branchId: record.branchId ?? null,
      correlationId: record.actor.correlationId,
      detail: record.detail ?? {},
    },
    select: { id: true },
  });
}
