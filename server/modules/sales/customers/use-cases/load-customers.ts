import { caseTwins, type Placed, repeatedRows, sortProblems } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { customerCodesLike, saveCustomers } from '../repository';
import type { CustomerRow } from '../schema';

/** Brings corporate customers up to date by code; all rows or none. Throws `bad_rows`. Answers how many changed. */
export async function loadCustomers({ actor, rows }: { actor: Actor; rows: Placed<CustomerRow>[] }): Promise<number> {
  const values = rows.map(({ value }) => value);
  return inTransaction(async (tx) => {
    const known = await customerCodesLike(
      tx,
      values.map(({ code }) => code),
    );
    const problems = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
    problems.push(...caseTwins(rows, ({ code }) => code, known, 'code'));
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems));
    const changed = await saveCustomers(tx, values);
    await recordAudit(tx, {
      actor,
      action: 'customers.loaded',
      entity: 'customer',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return changed;
  });
}
