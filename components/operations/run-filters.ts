import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { oneOf, textUpTo } from '@/server/domain/list-fields';
import { RUN_STATES } from '@/server/domain/states';
import { TIERS } from '@/server/domain/tier';

/** The address's word for every state that has not ended. */
export const OPEN = 'open';

/** What the address may say of the list of runs; `run` is the one that stands open beside it. */
export const RUN_PARAMS = {
  search: 'q',
  state: 'state',
  functionId: 'function',
  tier: 'tier',
  errorCode: 'error',
  run: 'run',
} as const;

const FILTERS = {
  search: textUpTo('search'),
  state: oneOf(RUN_STATES),
  tier: oneOf(TIERS),
  functionId: textUpTo('machineName'),
  errorCode: textUpTo('machineName'),
};

/** The filters of the address as the list takes them. What does not fit is left out, so that a mangled link still opens. */
export const runPage = (params: AddressParams) => ({
  ...readFilters(FILTERS, RUN_PARAMS, params),
  open: params[RUN_PARAMS.state] === OPEN,
  limit: PAGE_ROWS,
});

/** The address of the list with these filters. */
export function runsAddress(filters: { state?: string; functionId?: string; errorCode?: string }): string {
  const query = new URLSearchParams();
  if (filters.state) query.set(RUN_PARAMS.state, filters.state);
  if (filters.functionId) query.set(RUN_PARAMS.functionId, filters.functionId);
  if (filters.errorCode) query.set(RUN_PARAMS.errorCode, filters.errorCode);
  return query.size > 0 ? `/operations/runs?${query}` : '/operations/runs';
}

export const runAddress = (runId: string): string => `/operations/runs/${runId}`;

/** Where an address leads that asks the overview for runs, as addresses did that were kept; null where it asks for none. */
export function runsAsked(params: AddressParams): string | null {
  const asked = Object.values(RUN_PARAMS).flatMap((param) => {
    const value = params[param];
    return typeof value === 'string' && value !== '' ? [[param, value]] : [];
  });
  return asked.length > 0 ? `/operations/runs?${new URLSearchParams(asked)}` : null;
}
