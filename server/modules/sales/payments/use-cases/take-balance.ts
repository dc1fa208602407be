import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { writeBalance } from '../repository';
import type { BalanceToTake, TakenBalance } from '../schema';

/**
 * Takes what is owed of an order, at whichever branch it was sold, into the actor's open shift at the actor's branch: all of it or, where
 * it is said so, a further part. With the last of it the order is settled. The same `clientKey` answers the same act, however often it
 * comes. Throws `no_branch`, `no_open_shift`, `balance_settled`, `balance_changed`, `payments_miss_total` and the other refusals of
 * `take_balance`.
 */
export async function takeBalance({
  actor,
  balance,
}: {
  actor: StaffActor;
  balance: BalanceToTake;
}): Promise<TakenBalance> {
  if (!actor.branchId) throw new PortalError('forbidden', 'no_branch');
  return writeBalance(actor, actor.branchId, balance);
}
