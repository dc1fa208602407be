import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { saveOrganisation } from '../repository';
import type { OrganisationRow } from '../schema';

/** Sets the letterhead, the money and the zone of the whole chain. */
export async function loadOrganisation({ actor, row }: { actor: Actor; row: OrganisationRow }): Promise<void> {
  await inTransaction(async (tx) => {
    await saveOrganisation(tx, row);
    await recordAudit(tx, { actor, action: 'organisation.loaded', entity: 'organisation', entityId: '1' });
  });
}
