import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listOrdersInput, orderFilterInput } from '@/server/modules/sales/orders/schema';

const FIELDS = { q: 'search', from: 'from', to: 'to', branch: 'branch', source: 'source', state: 'state' } as const;
const SORTED = { ...FIELDS, sort: 'sort' } as const;

/** The filters of the address as the procedures take them. What does not fit is left out, so that a mangled link still opens. */
export function orderFilters(params: AddressParams) {
  return readFilters(orderFilterInput, FIELDS, params);
}

/** The first page, as the address filters and sorts it. */
export const orderPage = (params: AddressParams) => ({
  ...readFilters(listOrdersInput, SORTED, params),
  limit: PAGE_ROWS,
});
