import { statementState } from '@/server/modules/referral/statements/schema';

const PAGE = 100;

const one = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '');

/** The list's question, from the address: the same on the server, which asks first, and in the browser. */
export const statementPage = ({ month, q, state }: { month: string; q: unknown; state: unknown }) => ({
  month,
  search: one(q),
  state: statementState.safeParse(state).data ?? null,
  limit: PAGE,
});

export const nextStatements = (page: { nextCursor: string | null }): string | null => page.nextCursor;
