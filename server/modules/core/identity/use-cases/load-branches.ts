import { type Placed, repeatedRows } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { saveBranches } from '../repository';
import type { BranchRow } from '../schema';

/** Brings branches up to date by code; all rows or none. Throws `bad_rows`. Answers how many changed. */
export async function loadBranches({ actor, rows }: { actor: Actor; rows: Placed<BranchRow>[] }): Promise<number> {
  const problems = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
  if (problems.length > 0) throw new RowsRefused(problems);
  return inTransaction(async (tx) => {
    const changed = await saveBranches(
      tx,
      rows.map(({ value }) => value),
    );
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
