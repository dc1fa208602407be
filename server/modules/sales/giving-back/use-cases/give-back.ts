import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { writeRefund } from '../repository';
import type { GiveBackRequest, GivenBack } from '../schema';

/**
 * Gives back of an order at the actor's branch and out of the actor's open shift: lines, payments, drawer, audit and event in one
 * statement. The same `clientKey` answers the same refund. Throws `no_open_shift`, `more_than_left`, `tender_over_left`,
 * `refund_misses_total`, `nothing_to_give_back`, `work_has_begun`, `void_after_refund`, `order_voided`, `approval_needed` and the other
 * refusals of an approval.
 */
export async function giveBack({ actor, asked }: { actor: StaffActor; asked: GiveBackRequest }): Promise<GivenBack> {
  if (!actor.branchId) throw new PortalError('forbidden', 'no_branch');
  return writeRefund(actor, actor.branchId, asked);
}
