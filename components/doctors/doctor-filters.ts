import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listDoctorsInput } from '@/server/modules/referral/doctors/schema';

const FIELDS = { q: 'search', sort: 'sort' } as const;

/** The first page, as the address filters and sorts it. */
export const doctorPage = (params: AddressParams) => ({
  ...readFilters(listDoctorsInput, FIELDS, params),
  limit: PAGE_ROWS,
});
