import { systemActor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { lapseOld } from '../repository';

/** Closes what was asked and nobody decided in time. Answers how many. */
export async function lapseApprovals(): Promise<number> {
  return inTransaction(async (tx) => {
    const lapsed = await lapseOld(tx);
    const actor = systemActor('approvals');
    const action = 'approval.lapsed';
    await recordAudits(
      tx,
      lapsed.map(({ id, branchId }) => ({ actor, action, entity: 'approval', entityId: id, branchId })),
    );
    return lapsed.length;
  });
}
