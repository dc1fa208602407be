import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { dayOf, oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { ORDER_SOURCES, ORDER_STATES } from '@/server/domain/states';

const FILTERS = {
  search: textUpTo('search'),
  from: dayOf,
  to: dayOf,
  branch: textUpTo('shortCode'),
  source: oneOf(ORDER_SOURCES),
  state: oneOf(ORDER_STATES),
};
const SORTED = { ...FILTERS, sort: sortOf(LIST_SORTS.orders) };

/** The filters of the address as the procedures take them. */
export const orderFilters = (params: AddressParams) => readFilters(FILTERS, BY_Q, params);

/** The first page, as the address filters and sorts it. */
export const orderPage = (params: AddressParams) => ({ ...readFilters(SORTED, BY_Q, params), limit: PAGE_ROWS });
