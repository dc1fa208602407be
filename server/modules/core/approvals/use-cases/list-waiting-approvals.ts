import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { waitingApprovals } from '../queries';
import type { WaitingApproval } from '../schema';

/** What waits for the actor's decision; whose orders were looked at is recorded. */
export async function listWaitingApprovals({ actor }: { actor: StaffActor }): Promise<WaitingApproval[]> {
  const waiting = await waitingApprovals(actor);
  for (const { order } of waiting) if (order) await recordRead({ actor, entity: 'order', entityId: order.id });
  return waiting;
}
