import { listOrdersInput, orderFilterInput } from '@/server/modules/sales/orders/schema';

type Param = string | string[] | undefined;

const FIELDS = { q: 'search', from: 'from', to: 'to', branch: 'branch', source: 'source', state: 'state' } as const;

/** The filters of the address as the procedures take them. What does not fit is left out, so that a mangled link still opens. */
export function orderFilters(params: Record<string, Param>) {
  const given: Record<string, string> = {};
  for (const [param, field] of Object.entries(FIELDS)) {
    const value = params[param];
    if (typeof value !== 'string' || value === '') continue;
    if (orderFilterInput.safeParse({ [field]: value }).success) given[field] = value;
  }
  return orderFilterInput.parse(given);
}

export const orderPage = (params: Record<string, Param>) =>
  listOrdersInput.parse({ ...orderFilters(params), limit: 50 });
