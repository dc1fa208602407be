import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { endSessions } from '../repository';

/** Ends one of one's own sessions. Throws `not_found` for anybody else's, and for one that has ended. */
export async function endSession({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const ended = await endSessions(tx, { id, userId: actor.id });
    if (ended.length === 0) throw notFound('session');
    const detail = { session: id };
    await recordAudit(tx, { actor, action: 'user.session-ended', entity: 'user', entityId: actor.id, detail });
  });
}
