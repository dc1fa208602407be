import { provePerson } from '@/server/modules/core/identity/public/prove-person';
import type { StaffActor } from '@/server/platform/actor';
import { notFound, PortalError } from '@/server/platform/errors';
import { isDeciderOf } from '../policy';
import { ownApproval } from '../queries';
import { decideApproval } from './decide-approval';

/**
 * A manager approves at the screen of who asked, by e-mail and password; that person's session goes on. Throws `wrong_credentials`,
 * `too_many_tries` as a sign-in does, `no_approver` for somebody who may not decide, and the refusals of `decideApproval`.
 */
export async function approveHere({
  actor,
  id,
  email,
  password,
  addressHash,
}: {
  actor: StaffActor;
  id: string;
  email: string;
  password: string;
  addressHash: string;
}): Promise<void> {
  const asked = await ownApproval({ actor, id });
  if (!asked || !actor.branchId) throw notFound('approval');
  const decider = await provePerson({ email, password, addressHash, correlationId: actor.correlationId });
  if (decider.id === actor.id) throw new PortalError('forbidden', 'approve_own');
  if (!isDeciderOf(decider, actor.branchId)) throw new PortalError('forbidden', 'no_approver');
  await decideApproval({ actor: decider, id, approve: true, answer: null, at: actor });
}
