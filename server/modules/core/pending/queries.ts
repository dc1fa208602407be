import { db, sql } from '@/server/platform/db';
import type { PendingKind, PendingWork } from './schema';

/** What of these kinds waits for a person; `branchId` null is every branch. What waits longest comes first. */
export async function pendingWork(of: {
  personId: string;
  branchId: string | null;
  kinds: readonly PendingKind[];
}): Promise<PendingWork[]> {
  // Of a list with a null in it nobody is surely not there: hence IS NOT TRUE.
  return db().$queryRaw<PendingWork[]>(sql`
    SELECT kind, address, count(*)::int AS count, min(since) AS since FROM pending
    WHERE kind = ANY (${of.kinds as string[]})
      AND (branch_id IS NULL OR ${of.branchId}::uuid IS NULL OR branch_id = ${of.branchId}::uuid)
      AND (only_for IS NULL OR only_for = ${of.personId}::uuid) AND (${of.personId}::uuid = ANY (not_for)) IS NOT TRUE
    GROUP BY kind, address ORDER BY min(since), kind, address`);
}
