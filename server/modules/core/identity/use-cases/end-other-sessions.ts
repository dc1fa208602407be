import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { endSessions } from '../repository';

/** Ends all of one's own sessions but the one that asks. Answers how many there were. */
export async function endOtherSessions({
  actor,
  currentId,
}: {
  actor: StaffActor;
  currentId: string | null;
}): Promise<number> {
  return inTransaction(async (tx) => {
    const ended = await endSessions(tx, { userId: actor.id, except: currentId });
    const detail = { ended: ended.length };
    await recordAudit(tx, { actor, action: 'user.sessions-ended', entity: 'user', entityId: actor.id, detail });
    return ended.length;
  });
}
