import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { sellCart } from '../repository';
import type { PaidOrder, PaidOrderCart } from '../schema';

/**
 * Sells a cart at the actor's branch and in the actor's open shift: prices, order, payments, drawer, audit and events in one
 * statement. The same `clientKey` answers the same order, however often it comes. Throws `no_branch`, `no_open_shift`,
 * `no_price`, `payments_miss_total`, `discount_over_limit` and the other refusals of `create_paid_order`.
 */
export async function createPaidOrder({ actor, cart }: { actor: StaffActor; cart: PaidOrderCart }): Promise<PaidOrder> {
  if (!actor.branchId) throw new PortalError('forbidden', 'no_branch');
  return sellCart(actor, actor.branchId, cart);
}
