import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { db, sql } from '@/server/platform/db';
import type { OwnApproval, WaitingApproval } from './schema';

/** So many are shown at once; what waits longest comes first. */
const SHOWN = 100;

/** What waits for the actor's decision in the actor's branch. */
export async function waitingApprovals(actor: StaffActor): Promise<WaitingApproval[]> {
  return db().$queryRaw<WaitingApproval[]>(sql`
    SELECT a.id, a.kind, a.asked_at AS "askedAt", u.name AS "askedByName", a.reason, a.amount, a.currency, a.details -> 'request' AS request,
      CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'number', o.number, 'branchCode', o.branch_code,
        'patientName', o.patient_name, 'patientCode', o.patient_code, 'lines', o.lines) END AS "order"
    FROM approval a JOIN app_user u ON u.id = a.asked_by LEFT JOIN order_in_question o ON o.id = a.subject_id
    WHERE a.state = 'waiting' AND approval_ends(a) > now() AND a.branch_id = ${branchScope(actor)}::uuid AND a.asked_by <> ${actor.id}::uuid
    ORDER BY a.asked_at, a.id LIMIT ${SHOWN}`);
}

/** What the actor has asked, or null. What nobody decided in time has lapsed. */
export async function ownApproval(of: { actor: StaffActor; id: string }): Promise<OwnApproval | null> {
  const rows = await db().$queryRaw<OwnApproval[]>(sql`
    SELECT a.id, CASE WHEN a.used_at IS NULL AND approval_ends(a) < now() THEN 'lapsed' ELSE a.state END AS state, u.name AS "decidedByName", a.answer
    FROM approval a LEFT JOIN app_user u ON u.id = a.decided_by
    WHERE a.id = ${of.id}::uuid AND a.asked_by = ${of.actor.id}::uuid`);
  return rows[0] ?? null;
}
