import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';

/** The branch at whose tills the actor works. Throws `no_branch`. */
export function branchOf(actor: StaffActor): string {
  if (!actor.branchId) throw new PortalError('forbidden', 'no_branch');
  return actor.branchId;
}
