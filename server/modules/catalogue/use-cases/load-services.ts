import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { findUnknownComponent, saveComponents, saveServices } from '../repository';
import type { ServiceRow } from '../schema';

/**
 * Brings services and the parts of packages up to date by code; all rows or none. Throws `unknown_service` where a package
 * names a part that is no service. Answers how many services changed.
 */
export async function loadServices({ actor, rows }: { actor: Actor; rows: ServiceRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    const changed = await saveServices(tx, rows);
    const unknown = await findUnknownComponent(
      tx,
      rows.flatMap(({ components }) => components),
    );
    if (unknown) throw new PortalError('invalid', 'unknown_service', { params: { code: unknown } });
    const rearranged = await saveComponents(tx, rows);
    await recordAudit(tx, {
      actor,
      action: 'services.loaded',
      entity: 'service',
      entityId: 'all',
      detail: { rows: rows.length, changed, rearranged },
    });
    return changed;
  });
}
