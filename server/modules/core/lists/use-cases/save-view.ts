import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { mustOpenList } from '../policy';
import { countOwnViews, putView } from '../repository';
import type { SaveView } from '../schema';

/** More than anybody finds their way in. */
const MOST_VIEWS = 50;

/**
 * Keeps how a list is looked at under a name; the same name again replaces it. Throws `not_permitted` for a list that the actor may not
 * open and `too_many_views` (conflict) beyond fifty.
 */
export async function saveView({ actor, view }: { actor: StaffActor; view: SaveView }): Promise<{ id: string }> {
  mustOpenList(actor, view.list);
  return inTransaction(async (tx) => {
    const before = await countOwnViews(tx, actor.id, view.list);
    const id = await putView(tx, actor.id, view);
    const after = await countOwnViews(tx, actor.id, view.list);
    if (after > before && after > MOST_VIEWS)
      throw new PortalError('conflict', 'too_many_views', { params: { most: MOST_VIEWS } });
    const detail = { list: view.list, shared: view.shared };
    await recordAudit(tx, { actor, action: 'saved-view.saved', entity: 'saved-view', entityId: id, detail });
    return { id };
  });
}
