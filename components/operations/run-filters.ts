import { TIERS } from '@/server/domain/tier';
import { listRunsInput, RUN_STATES } from '@/server/modules/core/operations/schema';

type Params = Record<string, string | string[] | undefined>;

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

const textOf = (value: string | string[] | undefined, most: number) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most ? value.trim() : undefined;

/** The filters of the address as the list takes them. What does not fit is left out, so that a mangled link still opens. */
export function runPage(params: Params) {
  const state = RUN_STATES.find((one) => one === params[RUN_PARAMS.state]);
  const tier = TIERS.find((one) => one === params[RUN_PARAMS.tier]);
  const search = textOf(params[RUN_PARAMS.search], 100);
  const functionId = textOf(params[RUN_PARAMS.functionId], 100);
  const errorCode = textOf(params[RUN_PARAMS.errorCode], 100);
  return listRunsInput.parse({
    ...(search ? { search } : {}),
    ...(state ? { state } : {}),
    ...(tier ? { tier } : {}),
    ...(functionId ? { functionId } : {}),
    ...(errorCode ? { errorCode } : {}),
    open: params[RUN_PARAMS.state] === OPEN,
    limit: 50,
  });
}

export const isFiltered = (params: Params): boolean => {
  const { open, limit: _, ...given } = runPage(params);
  return open || Object.keys(given).length > 0;
};

/** The address of the list with these filters, at the list itself. */
export function runsAddress(filters: { state?: string; functionId?: string; errorCode?: string }): string {
  const query = new URLSearchParams();
  if (filters.state) query.set(RUN_PARAMS.state, filters.state);
  if (filters.functionId) query.set(RUN_PARAMS.functionId, filters.functionId);
  if (filters.errorCode) query.set(RUN_PARAMS.errorCode, filters.errorCode);
  return `/operations?${query}#runs`;
}

export const runAddress = (runId: string): string => `/operations/runs/${runId}`;
