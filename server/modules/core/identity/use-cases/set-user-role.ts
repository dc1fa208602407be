import type { Role } from '@/server/domain/role';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { findBranchId, setRole } from '../repository';
import { findUser } from './find-user';

/** Sets role and branch; none is named for roles that see all. What changes ends the sessions. Throws `unknown_user`, `unknown_branch`. */
export async function setUserRole({
  actor,
  email,
  role,
  branch,
}: {
  actor: Actor;
  email: string;
  role: Role;
  branch: string | null;
}): Promise<void> {
  const { id } = await findUser({ email });
  await inTransaction(async (tx) => {
    const branchId = branch ? await findBranchId(tx, branch) : null;
    if (branch && !branchId) throw new PortalError('invalid', 'unknown_branch', { params: { branch } });
    await setRole(tx, id, role, branchId);
    const detail = { role };
    await recordAudit(tx, { actor, action: 'user.role-set', entity: 'user', entityId: id, branchId, detail });
  });
}
