import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { saveTills } from '../repository';
import type { TillFileRow } from '../schema';

/** Brings the tills of branches up to date; all rows or none. Throws `unknown_branch`. Answers how many changed. */
export async function loadTills({ actor, rows }: { actor: Actor; rows: TillFileRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    const changed = await saveTills(tx, rows);
    if (changed === null) throw new PortalError('invalid', 'unknown_branch', { params: { branch: 'tills.csv' } });
    await recordAudit(tx, {
      actor,
      action: 'tills.loaded',
      entity: 'till',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return changed;
  });
}
