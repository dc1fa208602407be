import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { textUpTo } from '@/server/domain/list-fields';

const FILTERS = { search: textUpTo('search') };

/** The first page, as the address filters it. */
export const messagePage = (params: AddressParams) => ({ ...readFilters(FILTERS, BY_Q, params), limit: PAGE_ROWS });
