import { caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { branchCodesLike, saveBranches } from '../repository';
import type { BranchRow } from '../schema';

/** Brings branches up to date by code; all rows or none. Throws `bad_rows`. Answers how many changed. */
export async function loadBranches({ actor, rows }: { actor: Actor; rows: Placed<BranchRow>[] }): Promise<number> {
  const values = rows.map(({ value }) => value);
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    const known = await branchCodesLike(
      tx,
      values.map(({ code }) => code),
    );
    const problems = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
    problems.push(...caseTwins(rows, ({ code }) => code, known, 'code'));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const changed = await saveBranches(tx, values);
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
