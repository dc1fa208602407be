import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listPatientsInput } from '@/server/modules/sales/patients/schema';

const FIELDS = { q: 'search', sort: 'sort' } as const;

/** The first page, as the address filters and sorts it. */
export const patientPage = (params: AddressParams) => ({
  ...readFilters(listPatientsInput, FIELDS, params),
  limit: PAGE_ROWS,
});
