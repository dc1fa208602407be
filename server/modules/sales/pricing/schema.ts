import { z } from 'zod';
import { currency, day, dayOrNull, line, number, searchText, typed } from '@/server/domain/fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { PRICE_RULE } from '@/server/domain/number';
import type { CellProblem } from '@/server/domain/problems';
import { PRICE_CHANGES, RATE_CARD_SCOPES } from '@/server/domain/states';
import type { Tier } from '@/server/domain/tier';
import { calendarDay } from '@/server/platform/clock';
import { pageInput, sortInput } from '@/server/platform/paging';

export { PRICE_CHANGES, RATE_CARD_SCOPES };

/** One row of `rate-cards.csv`. `scope` is `all`, `branch:CODE`, `tier:TIER` or `customer:CODE`; the price in minor units. */
export const rateCardRow = z.object({
  rate_card: typed('title'),
  scope: line('title').pipe(
    z.string().regex(/^(all|branch:[^\s:]+|tier:(standard|vip1|svip1|svip2)|customer:[^\s:]+)$/, 'bad_scope'),
  ),
  /** The organisation's where the cell is empty. */
  currency: currency.nullish().transform((code) => code ?? null),
  valid_from: day,
  valid_to: dayOrNull,
  service_code: line('code'),
  price: number(PRICE_RULE),
});
export type RateCardRow = z.infer<typeof rateCardRow>;

/** The rows of one version: same card, same first day. What else they say in common is what the first of them says. */
export type VersionGiven = Omit<RateCardRow, 'service_code' | 'price' | 'currency'> & {
  currency: string;
  items: { service_code: string; price: string }[];
};

export type RateCardScope = (typeof RATE_CARD_SCOPES)[number];

export const rateCardFilterInput = z.object({
  search: searchText.optional(),
  scope: z.enum(RATE_CARD_SCOPES).optional(),
  /** Only cards with prices in force on this day: validity is `[from, to)`. PostgreSQL knows no year 0. */
  on: calendarDay.optional(),
});
export type RateCardFilter = z.infer<typeof rateCardFilterInput>;
/** What a list of rate cards can be sorted by. */
export const RATE_CARD_SORTS = LIST_SORTS['rate-cards'];
export const listRateCardsInput = pageInput.extend({ ...rateCardFilterInput.shape, sort: sortInput(RATE_CARD_SORTS) });
export const rateCardId = z.object({ id: z.uuid() });

export type PriceChange = (typeof PRICE_CHANGES)[number];

export const rateCardVersionId = z.object({ versionId: z.uuid() });
export const listRateCardItemsInput = pageInput.extend({
  versionId: z.uuid(),
  change: z.enum(PRICE_CHANGES).optional(),
});

/** Where a version stands today; a draft has no force on any day. */
export type VersionState = 'in-force' | 'upcoming' | 'ended' | 'draft';

/** Whom a card is for; all but the scope's own fields are null. */
export type RateCardTarget = {
  scope: RateCardScope;
  tier: Tier | null;
  branchCode: string | null;
  branchNameVi: string | null;
  branchNameEn: string | null;
  customerCode: string | null;
  customerName: string | null;
  /** How many active customers are of the tier that the card is for; null for other cards. */
  customers: number | null;
};

/** Days are YYYY-MM-DD in the organisation's zone; `validTo` is the first day without force, null while open. */
export type RateCardListRow = RateCardTarget & {
  id: string;
  code: string;
  currency: string;
  versionCount: number;
  /** In force on the day that was asked for, today when none was; else the next to come, the last that ended, a draft. */
  version: { id: string; validFrom: string; validTo: string | null; state: VersionState; itemCount: number } | null;
};

export type RateCardVersion = {
  id: string;
  validFrom: string;
  validTo: string | null;
  state: VersionState;
  itemCount: number;
  publishedAt: Date | null;
  /** Null when it came from the organisation's data files. */
  publishedBy: string | null;
  /** First day of the published version before, null for the first one. */
  previousFrom: string | null;
};

/** Versions newest first. */
export type RateCardDetail = RateCardTarget & {
  id: string;
  code: string;
  currency: string;
  versions: RateCardVersion[];
};

/** Prices in minor units. `price` is null for what the version dropped, `before` for what it added; then no difference. */
export type RateCardItem = {
  code: string;
  nameVi: string;
  nameEn: string;
  price: bigint | null;
  before: bigint | null;
  difference: bigint | null;
};

/** How many services a version prices, and how many changed in which way. */
export type PriceChangeCounts = Record<'all' | PriceChange, number>;

/** One wrong cell of a sheet of rate cards. */
export type RateCardProblem = CellProblem;

/** What a version of a sheet changes against the prices that its scope has in force on its first day; minor units as text. */
export type VersionDifference = {
  rateCard: string;
  scope: string;
  validFrom: string;
  validTo: string | null;
  /** `unchanged`: it is published already, word for word. */
  outcome: 'new' | 'unchanged' | 'refused';
  added: number;
  changed: number;
  same: number;
  /** Services that have a price in force and none in the sheet. */
  missing: number;
  items: { service: string; from: string | null; to: string }[];
};
