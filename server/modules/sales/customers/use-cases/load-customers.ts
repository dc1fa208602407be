import { type Placed, repeatedRows } from '@/server/domain/problems';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { RowsRefused } from '@/server/platform/errors';
import { saveCustomers } from '../repository';
import type { CustomerRow } from '../schema';

/** Brings corporate customers up to date by code; all rows or none. Throws `bad_rows`. Answers how many changed. */
export async function loadCustomers({ actor, rows }: { actor: Actor; rows: Placed<CustomerRow>[] }): Promise<number> {
  const problems = repeatedRows(rows, ({ code }) => code, { column: 'code', code: 'duplicate_code' });
  if (problems.length > 0) throw new RowsRefused(problems);
  return inTransaction(async (tx) => {
    const changed = await saveCustomers(
      tx,
      rows.map(({ value }) => value),
    );
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
