import { type AddressParams, PAGE_ROWS, readFilters } from '@/components/kit/list/read-filters';
import {
  listRateCardItemsInput,
  listRateCardsInput,
  PRICE_CHANGES,
  type PriceChange,
  type RateCardVersion,
  rateCardFilterInput,
} from '@/server/modules/sales/pricing/schema';

/** The address's word for the scope "all": there, "all" would say that nothing is filtered. */
export const GENERAL = 'general';

const FIELDS = { q: 'search', scope: 'scope', on: 'on' } as const;

/** The filters of the address as the procedures take them. What does not fit is left out, so that a mangled link still opens. */
export function rateCardFilters(params: AddressParams) {
  const { scope, ...others } = params;
  const asked = scope === 'all' ? others : { ...others, scope: scope === GENERAL ? 'all' : scope };
  return readFilters(rateCardFilterInput, FIELDS, asked);
}

/** The first page, as the address filters and sorts it. */
export const rateCardPage = (params: AddressParams) => ({
  ...rateCardFilters(params),
  ...readFilters(listRateCardsInput, { sort: 'sort' }, params),
  limit: PAGE_ROWS,
});

/** What the address says of the prices shown: which version, which services, which kind of change. */
export const ITEM_PARAMS = { version: 'version', search: 'service', change: 'change' } as const;

const textOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

export const changeOf = (params: AddressParams): PriceChange | undefined =>
  PRICE_CHANGES.find((change) => change === params[ITEM_PARAMS.change]);

/** The page of prices of a version. Of a version without one before it, a kind of change says nothing. */
export const itemsPage = (params: AddressParams, version: RateCardVersion) =>
  listRateCardItemsInput.parse({
    versionId: version.id,
    search: textOf(params[ITEM_PARAMS.search]).trim().slice(0, 100) || undefined,
    change: version.previousFrom === null ? undefined : changeOf(params),
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
