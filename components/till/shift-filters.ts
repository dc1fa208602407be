import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listShiftsInput } from '@/server/modules/sales/till/schema';

const FIELDS = { from: 'from', to: 'to', state: 'state', sort: 'sort' } as const;

/** The first page, as the address filters and sorts it. */
export const shiftPage = (params: AddressParams) => ({
  ...readFilters(listShiftsInput, FIELDS, params),
  limit: PAGE_ROWS,
});
