import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listUploadsInput } from '@/server/modules/intake/uploads/schema';

const FIELDS = { q: 'search', state: 'state', sort: 'sort' } as const;

/** The first page, as the address filters and sorts it. */
export const uploadPage = (params: AddressParams) => ({
  ...readFilters(listUploadsInput, FIELDS, params),
  limit: PAGE_ROWS,
});
