import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound } from '@/server/platform/errors';
import { deleteView } from '../repository';

/** Removes one of one's own views. Throws `not_found` for anybody else's, and for one that is gone. */
export async function removeView({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const list = await deleteView(tx, actor.id, id);
    if (list === null) throw notFound('view');
    await recordAudit(tx, {
      actor,
      action: 'saved-view.removed',
      entity: 'saved-view',
      entityId: id,
      detail: { list },
    });
  });
}
