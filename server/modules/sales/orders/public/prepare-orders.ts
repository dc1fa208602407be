import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { yieldToHigherLane } from '@/server/platform/yield-to-higher-lane';
import { giveAccessions, makeLabels } from '../repository';

/**
 * Gives orders their accession number and one specimen label a category, packages exploded to their components. What an order
 * has already is left as it is. `yields`: for a moment they let an upload of a higher tier go first.
 */
export async function prepareOrders({
  actor,
  orderIds,
  yields = false,
}: {
  actor: Actor;
  orderIds: readonly string[];
  yields?: boolean;
}): Promise<{ accessions: number; labels: number }> {
  if (yields) await yieldToHigherLane();
  return inTransaction(async (tx) => {
    const accessions = await giveAccessions(tx, orderIds);
    const labels = await makeLabels(tx, orderIds);
    const action = 'order.prepared';
    await recordAudits(
      tx,
      accessions.map((entityId) => ({ actor, action, entity: 'order', entityId })),
    );
    return { accessions: accessions.length, labels };
  });
}
