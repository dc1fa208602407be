import type { ListName } from '@/server/domain/lists';
import type { StaffActor } from '@/server/platform/actor';
import { mustOpenList } from '../policy';
import { viewsOf } from '../queries';
import type { SavedView } from '../schema';

/** A list's views: one's own and those that others share, by name. Throws `not_permitted` for a list that the actor may not open. */
export async function listViews({ actor, list }: { actor: StaffActor; list: ListName }): Promise<SavedView[]> {
  mustOpenList(actor, list);
  return viewsOf({ actor, list });
}
