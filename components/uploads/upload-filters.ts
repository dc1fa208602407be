import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { UPLOAD_STATES } from '@/server/domain/states';

const FILTERS = { search: textUpTo('search'), state: oneOf(UPLOAD_STATES), sort: sortOf(LIST_SORTS.uploads) };

/** The first page, as the address filters and sorts it. */
export const uploadPage = (params: AddressParams) => ({ ...readFilters(FILTERS, BY_Q, params), limit: PAGE_ROWS });
