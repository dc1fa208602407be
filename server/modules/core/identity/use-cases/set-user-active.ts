import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { setActive } from '../repository';
import { findUser } from './find-user';

/** Lets somebody go, or back in. Going ends all their sessions at once, everywhere. Throws `unknown_user`. */
export async function setUserActive({
  actor,
  email,
  active,
}: {
  actor: Actor;
  email: string;
  active: boolean;
}): Promise<void> {
  const { id } = await findUser({ email });
  const action = active ? 'user.activated' : 'user.deactivated';
  await inTransaction(async (tx) => {
    await setActive(tx, id, active);
    await recordAudit(tx, { actor, action, entity: 'user', entityId: id });
  });
}
