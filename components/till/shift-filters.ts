import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { dayOf, oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { SHIFT_STATES } from '@/server/domain/states';

const FILTERS = {
  search: textUpTo('search'),
  from: dayOf,
  to: dayOf,
  state: oneOf(SHIFT_STATES),
  sort: sortOf(LIST_SORTS.shifts),
};

/** The first page, as the address filters and sorts it. */
export const shiftPage = (params: AddressParams) => ({ ...readFilters(FILTERS, BY_Q, params), limit: PAGE_ROWS });
