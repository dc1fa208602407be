import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { STATEMENT_STATES } from '@/server/domain/states';

const FILTERS = { search: textUpTo('search'), state: oneOf(STATEMENT_STATES), sort: sortOf(LIST_SORTS.statements) };

/** The list's question, from the address: the same on the server, which asks first, and in the browser. */
export const statementPage = (month: string, params: AddressParams) => ({
  ...readFilters(FILTERS, BY_Q, params),
  month,
  limit: PAGE_ROWS,
});

export const nextStatements = (page: { nextCursor: string | null }): string | null => page.nextCursor;
