import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { hashPassword } from '@/server/platform/passwords';
import { findBranchId, saveUser } from '../repository';
import type { UserRow } from '../schema';

/** Adds or updates accounts by e-mail. New ones start with `password`; known ones keep theirs. */
export async function loadUsers({
  actor,
  rows,
  password,
}: {
  actor: Actor;
  rows: UserRow[];
  password: string;
}): Promise<{ added: number; changed: number; unchanged: number }> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const passwordHash = await hashPassword(password);
  await inTransaction(async (tx) => {
    for (const row of rows) {
      const branchId = row.branch ? await findBranchId(tx, row.branch) : null;
      if (row.branch && !branchId)
        throw new PortalError('invalid', 'unknown_branch', { params: { branch: row.branch } });
      const saved = await saveUser(tx, { ...row, branchId, passwordHash, oneTimeHours: null });
      counts[saved.outcome] += 1;
      if (saved.outcome === 'unchanged') continue;
      await recordAudit(tx, {
        actor,
        action: 'user.loaded',
        entity: 'user',
        entityId: saved.id,
        detail: { role: row.role },
      });
    }
  });
  return counts;
}
