import { systemActor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lapseOlderThan } from '../repository';
import { HELD_HOURS } from '../schema';

/** Lets some of the sales lapse that nobody came back to for a day, each with its trace; answers how many. */
export async function lapseHeldSales(most: number): Promise<number> {
  return inTransaction(async (tx) => {
    const lapsed = await lapseOlderThan(tx, HELD_HOURS, most);
    const actor = systemActor('held-sales');
    await recordAudits(
      tx,
      lapsed.map(({ id, branchId }) => ({
        actor,
        action: 'held-sale.lapsed',
        entity: 'held-sale',
        entityId: id,
        branchId,
      })),
    );
    return lapsed.length;
  });
}
