import { emptiedCells } from '@/server/domain/emptied-cells';
import { type CellProblem, caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { loadInTurn } from '@/server/platform/load-in-turn';
import { customerCodesLike, keptCustomers, saveCustomers } from '../repository';
import type { CustomerRow } from '../schema';

/**
 * Brings corporate customers up to date by code; all rows or none. Throws `bad_rows`. Answers how many changed, and which empty cells
 * took away what was there.
 */
export async function loadCustomers({
  actor,
  rows,
}: {
  actor: Actor;
  rows: Placed<CustomerRow>[];
}): Promise<{ changed: number; warnings: CellProblem[] }> {
  const values = rows.map(({ value }) => value);
  const codes = values.map(({ code }) => code);
  return inTransaction(async (tx) => {
    await loadInTurn(tx);
    const known = await customerCodesLike(tx, codes);
    const problems = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
    problems.push(...caseTwins(rows, ({ code }) => code, known, 'code'));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const warnings = emptiedCells(rows, await keptCustomers(tx, codes));
    const changed = await saveCustomers(tx, values);
    await recordAudit(tx, {
      actor,
      action: 'customers.loaded',
      entity: 'customer',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return { changed, warnings };
  });
}
