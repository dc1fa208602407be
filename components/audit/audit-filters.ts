import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { dayOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';

const FILTERS = { search: textUpTo('search'), from: dayOf, to: dayOf, sort: sortOf(LIST_SORTS.audit) };

/** The first page, as the address filters and sorts it. */
export const auditPage = (params: AddressParams) => ({ ...readFilters(FILTERS, BY_Q, params), limit: PAGE_ROWS });
