import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { giveAccessions, makeLabels } from '../repository';

/**
 * Gives orders their accession number and one specimen label a category, packages exploded to their components. What an order
 * has already is left as it is.
 */
export async function prepareOrders({
  actor,
  orderIds,
}: {
  actor: Actor;
  orderIds: readonly string[];
}): Promise<{ accessions: number; labels: number }> {
  return inTransaction(async (tx) => {
    const accessions = await giveAccessions(tx, orderIds);
    const labels = await makeLabels(tx, orderIds);
    for (const entityId of accessions) {
      await recordAudit(tx, { actor, action: 'order.prepared', entity: 'order', entityId });
    }
    return { accessions: accessions.length, labels };
  });
}
