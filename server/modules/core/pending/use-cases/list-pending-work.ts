import { branchScope } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { kindsFor } from '../policy';
import { pendingWork } from '../queries';
import type { PendingWork } from '../schema';

/** What waits for the caller, of what the role is permitted to do; another branch's work is not among it. */
export async function listPendingWork({ actor }: { actor: StaffActor }): Promise<PendingWork[]> {
  const kinds = kindsFor(actor.role);
  return kinds.length === 0 ? [] : pendingWork({ personId: actor.id, branchId: branchScope(actor), kinds });
}
