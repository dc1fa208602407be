import { type AddressParams, BY_Q, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import { dayOf, oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { PRICE_CHANGES, RATE_CARD_SCOPES } from '@/server/domain/states';
import type { PriceChange, RateCardVersion } from '@/server/modules/sales/pricing/schema';

/** The address's word for the scope "all": there, "all" would say that nothing is filtered. */
export const GENERAL = 'general';

const FILTERS = { search: textUpTo('search'), scope: oneOf(RATE_CARD_SCOPES), on: dayOf };
const SORT = { sort: sortOf(LIST_SORTS['rate-cards']) };

/** The filters of the address as the procedures take them. What does not fit is left out, so that a mangled link still opens. */
export function rateCardFilters(params: AddressParams) {
  const { scope, ...others } = params;
  const asked = scope === 'all' ? others : { ...others, scope: scope === GENERAL ? 'all' : scope };
  return readFilters(FILTERS, BY_Q, asked);
}

/** The first page, as the address filters and sorts it. */
export const rateCardPage = (params: AddressParams) => ({
  ...rateCardFilters(params),
  ...readFilters(SORT, {}, params),
  limit: PAGE_ROWS,
});

/** What the address says of the prices shown: which version, which services, which kind of change. */
export const ITEM_PARAMS = { version: 'version', search: 'service', change: 'change' } as const;

export const changeOf = (params: AddressParams): PriceChange | undefined =>
  PRICE_CHANGES.find((change) => change === params[ITEM_PARAMS.change]);

/** The page of prices of a version. Of a version without one before it, a kind of change says nothing. */
export const itemsPage = (params: AddressParams, version: RateCardVersion) => ({
  ...readFilters({ search: textUpTo('search') }, ITEM_PARAMS, params),
  ...(version.previousFrom === null ? {} : readFilters({ change: oneOf(PRICE_CHANGES) }, ITEM_PARAMS, params)),
  versionId: version.id,
  limit: 100,
});

/** The version that the address names; else the one in force today, the next to come, the newest. */
export function versionShown(versions: readonly RateCardVersion[], params: AddressParams): RateCardVersion | undefined {
  return (
    versions.find((version) => version.id === params[ITEM_PARAMS.version]) ??
    versions.find((version) => version.state === 'in-force') ??
    versions.findLast((version) => version.state === 'upcoming') ??
    versions[0]
  );
}
