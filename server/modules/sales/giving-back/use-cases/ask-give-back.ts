import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { askForRefund } from '../repository';
import type { GiveBackRequest } from '../schema';

/**
 * Asks a manager of the branch for what `giveBack` would do with the same request. Answers the approval, or null where one person alone
 * may do it. Throws what `giveBack` would.
 */
export async function askGiveBack({
  actor,
  asked,
}: {
  actor: StaffActor;
  asked: GiveBackRequest;
}): Promise<{ approvalId: string | null }> {
  if (!actor.branchId) throw new PortalError('forbidden', 'no_branch');
  return { approvalId: await askForRefund(actor, actor.branchId, asked) };
}
