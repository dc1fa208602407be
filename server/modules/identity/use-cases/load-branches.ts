import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { saveBranches } from '../repository';
import type { BranchRow } from '../schema';

/** Brings branches up to date by code; all rows or none. Answers how many changed. */
export async function loadBranches({ actor, rows }: { actor: Actor; rows: BranchRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    const changed = await saveBranches(tx, rows);
    await recordAudit(tx, {
      actor,
      action: 'branches.loaded',
      entity: 'branch',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return changed;
  });
}
