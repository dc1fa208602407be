import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { listStatementsInput } from '@/server/modules/referral/statements/schema';

const FIELDS = { q: 'search', state: 'state', sort: 'sort' } as const;
const filters = listStatementsInput.omit({ month: true });

/** The list's question, from the address: the same on the server, which asks first, and in the browser. */
export const statementPage = (month: string, params: AddressParams) => ({
  ...readFilters(filters, FIELDS, params),
  month,
  limit: PAGE_ROWS,
});

export const nextStatements = (page: { nextCursor: string | null }): string | null => page.nextCursor;
