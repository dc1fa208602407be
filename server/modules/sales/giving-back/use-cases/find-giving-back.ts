import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { givingBackOf } from '../queries';
import type { GivingBack, GivingBackInput } from '../schema';

/** What of an order can be given back, before it is tried; who looked is recorded. An order of any branch. Throws `not_found`. */
export async function findGivingBack({
  actor,
  asked,
}: {
  actor: StaffActor;
  asked: GivingBackInput;
}): Promise<GivingBack> {
  const found = await givingBackOf({ actor, asked });
  await recordRead({ actor, entity: 'order', entityId: found.orderId });
  return found;
}
