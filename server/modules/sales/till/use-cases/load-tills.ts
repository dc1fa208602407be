import { type CellProblem, caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { findUnknownBranches, saveTills, tillsLike } from '../repository';
import type { TillFileRow } from '../schema';

/** Brings the tills of branches up to date; all rows or none. Throws `bad_rows`. Answers how many changed. */
export async function loadTills({ actor, rows }: { actor: Actor; rows: Placed<TillFileRow>[] }): Promise<number> {
  const values = rows.map(({ value }) => value);
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    const unknown = new Set(
      await findUnknownBranches(
        tx,
        values.map(({ branch }) => branch),
      ),
    );
    const problems: CellProblem[] = rows
      .filter(({ value }) => unknown.has(value.branch))
      .map(({ row, value }) => ({ row, column: 'branch', code: 'unknown_branch', params: { value: value.branch } }));
    const keyOf = ({ branch, code }: TillFileRow) => `${branch}|${code}`;
    const again = repeatedRows(rows, keyOf, { column: 'code', code: 'duplicate_code' });
    problems.push(...again, ...caseTwins(rows, keyOf, await tillsLike(tx, values.map(keyOf)), 'code'));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const changed = await saveTills(tx, values);
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
