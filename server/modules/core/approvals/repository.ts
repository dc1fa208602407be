import { sql, type Transaction } from '@/server/platform/db';
import type { ApprovalKind, ApprovalState } from './schema';

export type LockedApproval = {
  id: string;
  kind: ApprovalKind;
  branchId: string;
  askedBy: string;
  state: ApprovalState;
  over: boolean;
};

/** An approval, locked until it is decided; null where there is none. `over`: nobody decided in time. */
export async function lockApproval(tx: Transaction, id: string): Promise<LockedApproval | null> {
  const rows = await tx.$queryRaw<LockedApproval[]>(sql`
    SELECT a.id, a.kind, a.branch_id AS "branchId", a.asked_by AS "askedBy", a.state, approval_ends(a) < now() AS over
    FROM approval a WHERE a.id = ${id}::uuid FOR NO KEY UPDATE`);
  return rows[0] ?? null;
}

export async function closeLocked(
  tx: Transaction,
  given: { id: string; state: ApprovalState; by: string | null; answer: string | null },
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE approval SET state = ${given.state}, decided_by = ${given.by}::uuid, decided_at = clock_timestamp(), answer = ${given.answer}
    WHERE id = ${given.id}::uuid`);
}

/** Closes what nobody decided in time, or decided and nobody used; answers which. */
export async function lapseOld(tx: Transaction): Promise<{ id: string; branchId: string }[]> {
  return tx.$queryRaw<{ id: string; branchId: string }[]>(sql`
    UPDATE approval a SET state = 'lapsed', decided_at = clock_timestamp()
    WHERE a.id IN (SELECT w.id FROM approval w WHERE w.state = 'waiting' AND approval_ends(w) < now() ORDER BY w.id LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING a.id, a.branch_id AS "branchId"`);
}
