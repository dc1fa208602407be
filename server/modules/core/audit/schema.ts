import type { z } from 'zod';
import { LIST_SORTS } from '@/server/domain/lists';
import { calendarDay } from '@/server/platform/clock';
import { pageInput, sortInput } from '@/server/platform/paging';

/** `search`: the id of a thing, or an order's number. Business days, inclusive. */
export const listEntriesInput = pageInput.extend({
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  sort: sortInput(LIST_SORTS.audit),
});
export type ListEntries = z.output<typeof listEntriesInput>;

/** One thing that was done or looked at: by whom, about what. `actorName` is null for what is no person of the staff. */
export type EntryRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorName: string | null;
  action: string;
  entity: string;
  entityId: string;
  branchCode: string | null;
  /** The thing by the name that people know, and where it opens; null where it has none. */
  label: string | null;
  address: string | null;
};

/** How far the chain reaches: its last place, and when the entry there was written. */
export type ChainState = { position: bigint; sealedAt: Date | null };
