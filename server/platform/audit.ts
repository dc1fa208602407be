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
export const recordAudit = (tx: Transaction, record: AuditRecord): Promise<void> => recordAudits(tx, [record]);

/** As `recordAudit`, for much that was done at once. */
export async function recordAudits(tx: Transaction, records: readonly AuditRecord[]): Promise<void> {
  await tx.auditEntry.createMany({
    data: records.map(({ actor, action, entity, entityId, branchId, detail }) => ({
      actorKind: actor.kind,
      actorId: actor.kind === 'user' ? actorUserId(actor) : actor.id,
      action,
      entity,
      entityId,
      branchId: branchId ?? null,
      correlationId: actor.correlationId,
      detail: detail ?? {},
    })),
  });
}
