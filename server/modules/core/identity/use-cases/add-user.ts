import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { hashPassword } from '@/server/platform/passwords';
import { findBranchId, saveUser } from '../repository';
import { makeOneTimePassword } from '../rules';
import type { UserRow } from '../schema';

/** Makes an account with a one-time password, answered once and kept only as its hash. Throws `user_exists`, `unknown_branch`. */
export async function addUser({
  actor,
  row,
}: {
  actor: Actor;
  row: UserRow;
}): Promise<{ id: string; oneTimePassword: string }> {
  const oneTimePassword = makeOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  return inTransaction(async (tx) => {
    const branchId = row.branch ? await findBranchId(tx, row.branch) : null;
    if (row.branch && !branchId) throw new PortalError('invalid', 'unknown_branch', { params: { branch: row.branch } });
    const saved = await saveUser(
      tx,
      { ...row, branchId, passwordHash, oneTimeHours: env().ONE_TIME_PASSWORD_HOURS },
      new Set(),
    );
    if (saved.outcome !== 'added') throw new PortalError('conflict', 'user_exists');
    await recordAudit(tx, {
      actor,
      action: 'user.added',
      entity: 'user',
      entityId: saved.id,
      branchId,
      detail: { role: row.role },
    });
    return { id: saved.id, oneTimePassword };
  });
}
