import type { StaffActor } from '@/server/platform/actor';
import { openLists } from '../policy';
import { viewsAmong } from '../queries';
import type { FoundView } from '../schema';

/** The views of every list that the actor may open: one's own and those that others share. */
export const findViews = ({ actor }: { actor: StaffActor }): Promise<FoundView[]> =>
  viewsAmong({ actor, lists: openLists(actor) });
