import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { saveCustomers } from '../repository';
import type { CustomerRow } from '../schema';

/** Brings corporate customers up to date by code; all rows or none. Answers how many changed. */
export async function loadCustomers({ actor, rows }: { actor: Actor; rows: CustomerRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    const changed = await saveCustomers(tx, rows);
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
